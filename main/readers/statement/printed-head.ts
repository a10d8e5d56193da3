import { add, cents, toDecimal, ZERO } from '#shared/domain/money.ts';
import { readAmount } from '../cells/amount.ts';
import { normaliseHeader } from '../cells/header.ts';
import type { HeadText } from './layouts/layout.ts';

type Label =
  | 'holder'
  | 'shortCode'
  | 'mobileNumber'
  | 'period'
  | 'requestDate'
  | 'account'
  | 'total'
  | 'verificationCode'
  | 'title';

const LABELS: ReadonlyMap<string, Label> = new Map([
  ['organisation name', 'holder'],
  ['organization name', 'holder'],
  ['customer name', 'holder'],
  ['shortcode', 'shortCode'],
  ['short code', 'shortCode'],
  ['mobile number', 'mobileNumber'],
  ['statement period', 'period'],
  ['request date', 'requestDate'],
  ['account type', 'account'],
  ['summary total', 'total'],
  ['statement verification code', 'verificationCode'],
  ['m-pesa statement', 'title'],
  ['m-pesa full statement', 'title'],
]);

/** The fourth cell of a summary that speaks of one account alone. */
export const ONLY_ACCOUNT = 'only account';

/** Whether a row stands in the head of a printed statement: a label, and its value in the same or the next cell. */
export function isPrintedLabel(cells: readonly string[]): boolean {
  return readLabel(cells) !== null;
}

/** What the head of a printed statement, or of its twin in a workbook, states. */
export function readPrintedHead(preamble: readonly (readonly string[])[]): HeadText {
  const found: { [label in Label]?: string } = {};
  let totals: PrintedTotals | null = null;
  for (const cells of preamble) {
    const read = readLabel(cells);
    if (read?.label === 'total') {
      totals = addTotals(totals, cells);
    } else if (read && read.value !== '') found[read.label] = read.value;
  }
  const shortCode = found.shortCode ?? ownNumber(found.mobileNumber);
  const account = found.account ?? (found.mobileNumber === undefined ? undefined : 'Personal Account');
  return withoutBlanks({
    holder: found.holder,
    shortCode,
    account,
    ...totals,
    verificationCode: /^[A-Z0-9]{8}$/.exec(found.verificationCode ?? '')?.[0],
    ...readTimes(found.period, found.requestDate),
  });
}

function readLabel(cells: readonly string[]): { label: Label; value: string } | null {
  const first = cells[0] ?? '';
  const whole = LABELS.get(normaliseHeader(first));
  if (whole) return { label: whole, value: (cells[1] ?? '').trim() };
  const cut = /^([^:-]{3,40}?)\s*[:-]\s*(.+)$/s.exec(first);
  const label = LABELS.get(normaliseHeader(cut?.[1] ?? ''));
  return label ? { label, value: (cut?.[2] ?? '').trim() } : null;
}

type PrintedTotals = Pick<HeadText, 'documentIn' | 'documentOut' | 'totalIn' | 'totalOut'>;

/** One summary an account adds up to the file's; a summary of the only account is that account's too. */
function addTotals(before: PrintedTotals | null, cells: readonly string[]): PrintedTotals | null {
  const [paidIn, paidOut] = [readAmount(cells[1] ?? ''), readAmount(cells[2] ?? '')];
  if (!paidIn.ok || !paidOut.ok) return before;
  const known = (text: string | undefined) => {
    const read = readAmount(text ?? '0');
    return read.ok ? read.cents : ZERO;
  };
  const documentIn = toDecimal(add(known(before?.documentIn), paidIn.cents));
  const documentOut = toDecimal(add(known(before?.documentOut), cents(Math.abs(paidOut.cents))));
  const isOfOnlyAccount = cells[3] === ONLY_ACCOUNT;
  return {
    documentIn,
    documentOut,
    ...(isOfOnlyAccount ? { totalIn: documentIn, totalOut: documentOut } : {}),
  };
}

/** A person's own line stands for the till: nine digits, without the zero or the 254 in front. */
function ownNumber(text: string | undefined): string | undefined {
  return /^\+?(?:254|0)?([17]\d{8})$/.exec((text ?? '').replace(/[\s()-]/g, ''))?.[1];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `14 Mar 2026`, or the year first, as `2026-03-14`. */
function readDay(text: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})/.exec(text.trim())?.[1];
  if (iso) return iso;
  const [, day = '', name = '', year = ''] =
    /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4})/i.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return month === 0 ? null : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * The request has a date and no time. One made on the last day of the period or before it says nothing about how
 * far that day is covered: then neither the end nor the request is stated, and the last row decides.
 */
function readTimes(
  period: string | undefined,
  request: string | undefined,
): Pick<HeadText, 'from' | 'to' | 'reportAt'> {
  const [first = '', last = ''] = (period ?? '').split(/\s+(?:-|\u2013|to)\s+/i);
  const [from, to] = [readDay(first), readDay(last)];
  if (from === null || to === null) return {};
  const requested = readDay(request ?? '');
  const times = { from: `${from} 00:00:00` };
  if (requested !== null && requested <= to) return times;
  const end = { ...times, to: `${to} 23:59:59` };
  return requested === null ? end : { ...end, reportAt: `${requested} 00:00:00` };
}

type Optional<T> = { [key in keyof T]: T[key] | undefined };

function withoutBlanks(head: Optional<HeadText>): HeadText {
  return Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined && value !== ''));
}
