import { type Message, say } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import { parseReceipt, type Receipt } from '#shared/domain/receipt.ts';
import { accountName, inferAccount } from '#shared/domain/statement/account.ts';
import { parseDetails } from '#shared/domain/statement/details.ts';
import type { Direction, MovementStatus, StatementLine } from '#shared/domain/statement/types.ts';
import { MAX_DETAILS, MAX_TEXT, tidyText } from '#shared/domain/text-field.ts';
import { explainAmount, readAmount, readUnusedOrAmount } from '../cells/amount.ts';
import type { DateReading } from '../cells/date.ts';
import { explainText } from '../cells/text.ts';
import type { GridRow } from '../container/types.ts';
import { joinDetails } from './align.ts';
import type { RecognisedHeader } from './layouts/index.ts';
import type { StatementColumn } from './layouts/layout.ts';
import { createRowDates } from './row-dates.ts';

export type RowContext = {
  readonly header: RecognisedHeader;
  readonly shortCode: string | null;
  /** The account of all rows, or of those that do not tell their own where a file holds several. */
  readonly account: string;
  readonly reading: DateReading | null;
};

export type RowResult =
  | { readonly type: 'line'; readonly line: StatementLine; readonly warnings: readonly Message[] }
  /** A total, a note: nothing in it is a movement. */
  | { readonly type: 'skip' }
  | { readonly type: 'refused'; readonly reason: Message; readonly receipt?: Receipt }
  /** The order of day and month must be decided first. */
  | { readonly type: 'needs-dates' };

const STATUSES: ReadonlyMap<string, MovementStatus> = new Map([
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['declined', 'declined'],
  ['attempted', 'attempted'],
  ['reversed', 'reversed'],
]);
const MODERN = /^[A-Z][A-Z0-9]{9}$/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?E\+?\d+$/i;
const NO_WARNINGS: readonly Message[] = [];

/** Makes a function that reads the rows below one header. */
export function createRowReader({
  header,
  shortCode,
  account,
  reading,
}: RowContext): (row: GridRow) => RowResult {
  const { columns, width, layout } = header;
  const at = (column: StatementColumn) => columns.get(column) ?? -1;
  const [receiptAt, detailsAt, statusAt] = [at('receipt'), at('details'), at('status')];
  const [paidInAt, withdrawnAt, balanceAt] = [at('paidIn'), at('withdrawn'), at('balance')];
  const [reasonAt, partyAt, linkedAt] = [at('reasonType'), at('otherParty'), at('linkedReceipt')];
  const [referenceAt, currencyAt, shortCodeAt] = [at('accountReference'), at('currency'), at('shortCode')];
  const dates = createRowDates(layout.dateSeparator, at('completedAt'), at('initiatedAt'), reading);

  const accountAt = at('account');

  return function readRow({ row, cells: found, problem }: GridRow): RowResult {
    if (problem) return refuse(problem);
    const joined = layout.isUnquoted && found.length > width ? joinDetails(found, header) : null;
    const cells = joined ?? found;
    const receiptText = cells[receiptAt] ?? '';
    const receipt = MODERN.test(receiptText) ? (receiptText as Receipt) : parseReceipt(receiptText);
    if (receipt === null || /total/i.test(receiptText)) {
      const isMovement =
        dates.hasDate(cells) && (cells[paidInAt] || cells[withdrawnAt] || SCIENTIFIC.test(receiptText));
      if (!isMovement) return { type: 'skip' };
      if (receipt === null) return refuse(explainReceipt(receiptText));
    }
    for (let extra = width; extra < cells.length; extra++) {
      if ((cells[extra] as string).trim() !== '') return refuse(say('reading.row.too-many-cells'), receipt);
    }
    const when = dates.read(cells, receipt);
    if (when.type !== 'time') return when.type === 'needs-dates' ? when : refuse(when.reason, receipt);
    const amount = readDirection(cells[paidInAt] ?? '', cells[withdrawnAt] ?? '');
    if ('reason' in amount) return refuse(amount.reason, receipt);
    const texts = readTexts(cells);
    if ('reason' in texts) return refuse(texts.reason, receipt);
    const status = layout.statusOfAll ?? readStatus(cells[statusAt] ?? '');
    if (status === null) return refuse(say('reading.row.no-status'), receipt);
    const ownCode = readShortCode(cells[shortCodeAt] ?? '') ?? shortCode;
    if (ownCode === null) return refuse(say('reading.row.no-short-code'), receipt);
    const currency = (cells[currencyAt] ?? '').trim().toUpperCase();
    if (currency !== '' && currency !== 'KES' && currency !== 'KSH') {
      return refuse(say('reading.row.currency', { currency: currency.slice(0, 10) }), receipt);
    }
    let warnings = when.warning ? [when.warning] : NO_WARNINGS;
    const warn = (warning: Message) => {
      warnings = [...warnings, warning];
    };
    if (status === 'other')
      warn(say('reading.row.unknown-status', { text: (cells[statusAt] ?? '').slice(0, 40) }));
    const balance = readBalance(cells[balanceAt] ?? '');
    if (balance.warning) warn(balance.warning);
    if (texts.details.length > MAX_TEXT && parseDetails(texts.details).isCut)
      warn(say('reading.row.details-cut', { most: MAX_TEXT }));
    const linkedText = (cells[linkedAt] ?? '').trim();
    const linkedReceipt = linkedText === '' ? null : parseReceipt(linkedText);
    if (linkedText !== '' && linkedReceipt === null) warn(say('reading.row.linked-receipt'));
    const reference = readReference(texts.reference, texts.details);
    if (reference.warning) warn(reference.warning);
    const inferred = layout.hasManyAccounts
      ? inferAccount(texts.details, amount.direction, texts.reasonType)
      : null;
    return {
      type: 'line',
      warnings,
      line: {
        row,
        shortCode: ownCode,
        account: inferred ?? (accountAt === -1 ? account : readAccount(cells[accountAt] ?? '', account)),
        receipt,
        completedAt: when.completedAt,
        precision: when.precision,
        initiatedAt: when.initiatedAt,
        details: texts.details,
        status,
        direction: amount.direction,
        amountCents: amount.cents,
        balanceCents: balance.cents,
        reasonType: texts.reasonType,
        otherParty: isOurselves(texts.otherParty, ownCode) ? null : texts.otherParty,
        linkedReceipt,
        accountReference: reference.text,
        isMended: when.isMended || reference.isMended || joined !== null,
      },
    };
  };

  function readTexts(cells: readonly string[]) {
    const details = tidyText(cells[detailsAt] ?? '', MAX_DETAILS);
    if (!details.ok) return { reason: explainText(details.reason, 'Details') };
    const reasonType = tidyText(cells[reasonAt] ?? '', MAX_TEXT);
    if (!reasonType.ok) return { reason: explainText(reasonType.reason, 'Reason Type') };
    const party = tidyText(cells[partyAt] ?? '', MAX_TEXT);
    if (!party.ok) return { reason: explainText(party.reason, 'Other Party Info') };
    const reference = tidyText(cells[referenceAt] ?? '', MAX_TEXT);
    if (!reference.ok) return { reason: explainText(reference.reason, 'A/C No.') };
    return {
      details: details.text,
      reasonType: reasonType.text === '' ? null : reasonType.text,
      otherParty: party.text === '' ? null : party.text,
      reference: reference.text,
    };
  }
}

/** Printed statements name the merchant's own till as the other party of what customers paid. */
function isOurselves(party: string | null, shortCode: string): boolean {
  return party?.startsWith(shortCode) === true && !/^[\d*]/.test(party.slice(shortCode.length));
}

function refuse(reason: Message, receipt?: Receipt): RowResult {
  return receipt === undefined ? { type: 'refused', reason } : { type: 'refused', reason, receipt };
}

function explainReceipt(text: string): Message {
  const tidy = text.trim();
  if (tidy === '') return say('reading.row.no-receipt');
  const id = SCIENTIFIC.test(tidy) ? 'reading.row.receipt-damaged' : 'reading.row.receipt';
  return say(id, { text: tidy.slice(0, 40) });
}

type Amount = { readonly direction: Direction; readonly cents: Cents };

/** The direction is the column's; Withdrawn is negative in portal files and positive in some re-saved ones. */
function readDirection(paidInText: string, withdrawnText: string): Amount | { readonly reason: Message } {
  const paidIn = readUnusedOrAmount(paidInText);
  if (!paidIn.ok) return { reason: explainAmount(paidIn.problem, 'Paid In', paidInText) };
  const withdrawn = readUnusedOrAmount(withdrawnText);
  if (!withdrawn.ok) return { reason: explainAmount(withdrawn.problem, 'Withdrawn', withdrawnText) };
  if (paidIn.cents !== 0 && withdrawn.cents !== 0) return { reason: say('reading.row.both-amounts') };
  if (paidIn.cents < 0) return { reason: say('reading.row.negative-paid-in') };
  if (paidIn.cents > 0) return { direction: 'in', cents: paidIn.cents };
  if (withdrawn.cents === 0) return { reason: say('reading.row.no-amount') };
  return { direction: 'out', cents: Math.abs(withdrawn.cents) as Cents };
}

function readStatus(text: string): MovementStatus | null {
  if (text === 'Completed') return 'completed';
  const tidy = text.trim().toLowerCase();
  return tidy === '' ? null : (STATUSES.get(tidy) ?? 'other');
}

/** The name of a row's own account; one that is blank or no name is the file's. */
function readAccount(text: string, account: string): string {
  const tidy = tidyText(text, MAX_TEXT);
  return tidy.ok && tidy.text !== '' ? accountName(tidy.text) : account;
}

/** A short code as text; `123456.0` is a numeric cell, `123456 - SHOP` a store with its name. Null when blank or not a short code. */
export function readShortCode(text: string): string | null {
  return /^\s*(\d{4,9})(?:\.0+)?\s*(?:-.*)?$/s.exec(text)?.[1] ?? null;
}

function readBalance(text: string): { readonly cents: Cents | null; readonly warning?: Message } {
  if (text.trim() === '') return { cents: null };
  const read = readAmount(text);
  return read.ok
    ? { cents: read.cents }
    : { cents: null, warning: explainAmount(read.problem, 'Balance', text) };
}

/** What the customer typed. A spreadsheet that made a number of it has lost digits, unless `Details` has them. */
function readReference(
  text: string,
  details: string,
): { readonly text: string | null; readonly isMended: boolean; readonly warning?: Message } {
  if (text === '') return { text: null, isMended: false };
  if (/^\d{4,15}\.0$/.test(text)) return { text: text.slice(0, -2), isMended: true };
  if (!SCIENTIFIC.test(text) || !/[.,]|\+/.test(text)) return { text, isMended: false };
  const inDetails = / Acc\. (\S.*)$/.exec(details)?.[1];
  if (inDetails !== undefined && inDetails !== text) return { text: inDetails, isMended: true };
  return {
    text: null,
    isMended: false,
    warning: say('reading.row.reference-damaged', { text: text.slice(0, 40) }),
  };
}
