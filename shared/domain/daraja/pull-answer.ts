import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import { asCents, asList, asObject, asText, type Loose } from './loose.ts';

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
  /** `none` has three shapes; any other code says nothing about payments. */
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
  const code = asText(fields?.ResponseCode);
  if (fields === null || code === null || !looksLikePull(fields)) return null;
  const items = [...flatten(fields.Response), ...flatten(fields.Transaction)];
  const rows = items.flatMap((item) => {
    const row = asObject(item);
    return row === null ? [] : [readRow(row)];
  });
  return {
    code,
    text: asText(fields.ResponseMessage) ?? asText(fields.ResponseDescription),
    outcome: outcomeOf(code, rows.length),
    rows,
    received: items.length,
    unread:
      items.length - rows.length + rows.filter((row) => row.receipt === null || row.amount === null).length,
  };
}

function outcomeOf(code: string, rows: number): PullAnswer['outcome'] {
  if (code === '1000') return rows > 0 ? 'rows' : 'none';
  return code === '1001' && rows === 0 ? 'none' : 'unknown';
}

function looksLikePull(fields: Loose): boolean {
  return 'Response' in fields || 'Transaction' in fields || asText(fields.ResponseMessage) !== null;
}

/** `[[{…}]]`, `[{…}]`, `[[]]`, and `"[[]]"` as a text. */
function flatten(value: unknown): unknown[] {
  const list = typeof value === 'string' ? parseListText(value) : asList(value);
  return list.flatMap((item) => (Array.isArray(item) ? flatten(item) : [item]));
}

function parseListText(text: string): readonly unknown[] {
  if (!text.trim().startsWith('[')) return [];
  try {
    return asList(JSON.parse(text));
  } catch {
    // A text that only begins like a list holds no rows that could be read.
    return [text];
  }
}

function readRow(row: Loose): PulledRow {
  const receipt = asText(row.transactionId);
  return {
    receipt: receipt === null ? null : parseReceipt(receipt),
    time: asText(row.trxDate),
    payerNumber: asText(row.msisdn),
    payerName: asText(row.sender),
    type: asText(row.transactiontype),
    reference: asText(row.billreference),
    amount: asCents(row.amount),
    organisation: asText(row.organizationname),
  };
}
