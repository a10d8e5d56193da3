import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import { asCents, asObject, asText, fieldOf, type Loose } from './loose.ts';
import { ASSUMED_ZONE, readPulledTime } from './pull-time.ts';

/** One payment of a Pull answer. */
export type PulledRow = {
  readonly receipt: Receipt | null;
  /** As it came. Whether its `Z` is truly UTC is unproven: an instant is made of it only when a receipt has shown its zone. */
  readonly time: string | null;
  readonly payerNumber: string | null;
  readonly payerName: string | null;
  readonly type: string | null;
  readonly reference: string | null;
  readonly amount: Cents | null;
  readonly organisation: string | null;
};

export type PullAnswer = {
  readonly code: string;
  readonly text: string | null;
  /** `none` has three shapes; whatever else has no row that can be read says nothing about payments. */
  readonly outcome: 'rows' | 'none' | 'unknown';
  readonly rows: readonly PulledRow[];
  /** All that was listed, readable or not: where the next page begins. */
  readonly received: number;
  /** Rows that were there and could not be read: then the answer is not whole. */
  readonly unread: number;
};

/** Null when the body is no answer to a Pull. */
export function readPullAnswer(body: unknown): PullAnswer | null {
  const fields = asObject(body);
  const code = asText(fieldOf(fields, 'ResponseCode'));
  if (fields === null || code === null || !looksLikePull(fields)) return null;
  const lists = LISTS.map((name) => readList(fieldOf(fields, name)));
  const items = lists.flatMap((list) => (typeof list === 'string' ? [] : list));
  const rows = items.flatMap((item) => {
    const row = asObject(item);
    return row === null ? [] : [readRow(row)];
  });
  return {
    code,
    text: asText(fieldOf(fields, 'ResponseMessage')) ?? asText(fieldOf(fields, 'ResponseDescription')),
    outcome: outcomeOf(code, lists, rows.length),
    rows,
    received: items.length,
    unread: items.length - rows.length + rows.filter((row) => !isWhole(row)).length,
  };
}

/** Where the payments are listed: one name in the answers that came, another in the portal's own sample of none. */
const LISTS = ['Response', 'Transaction'] as const;

/** What stands where a list should: its items, that it is not there, or that it cannot be read. */
type ReadList = readonly unknown[] | 'absent' | 'unreadable';

/** None is what a list that is empty says; 1001 says it without a list, too. */
function outcomeOf(code: string, lists: readonly ReadList[], rows: number): PullAnswer['outcome'] {
  if (rows > 0) return code === '1000' ? 'rows' : 'unknown';
  const isNone =
    lists.every((list) => list === 'absent' || (list !== 'unreadable' && list.length === 0)) &&
    (code === '1001' || (code === '1000' && lists.some((list) => list !== 'absent')));
  return isNone ? 'none' : 'unknown';
}

function looksLikePull(fields: Loose): boolean {
  return (
    LISTS.some((name) => fieldOf(fields, name) !== undefined) ||
    asText(fieldOf(fields, 'ResponseMessage')) !== null
  );
}

/** Lists in lists, no deeper than anything that Safaricom sends. */
const DEEPEST_LIST = 3;

/** `[[{…}]]`, `[{…}]`, `{…}`, `[[]]`, and `"[[]]"` as a text. */
function readList(value: unknown): ReadList {
  if (Array.isArray(value)) return value.flat(DEEPEST_LIST);
  if (asObject(value) !== null) return [value];
  if (value === undefined || value === null) return 'absent';
  if (typeof value !== 'string') return 'unreadable';
  return value.trim() === '' ? 'absent' : parseListText(value);
}

function parseListText(text: string): ReadList {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flat(DEEPEST_LIST) : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Only such a row can stand in the books. */
function isWhole({ receipt, amount, time }: PulledRow): boolean {
  return receipt !== null && amount !== null && time !== null && readPulledTime(time, ASSUMED_ZONE) !== null;
}

function readRow(row: Loose): PulledRow {
  const receipt = asText(fieldOf(row, 'transactionId'));
  return {
    receipt: receipt === null ? null : parseReceipt(receipt),
    time: asText(fieldOf(row, 'trxDate')),
    payerNumber: asText(fieldOf(row, 'msisdn')),
    payerName: asText(fieldOf(row, 'sender')),
    type: asText(fieldOf(row, 'transactiontype')),
    reference: asText(fieldOf(row, 'billreference')),
    amount: asCents(fieldOf(row, 'amount')),
    organisation: asText(fieldOf(row, 'organizationname')),
  };
}
