import { type Message, say } from '#shared/domain/message.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { countSaleOccurrences } from '#shared/domain/sales/occurrence.ts';
import type { SaleColumn, SaleKind, SaleRow, Tender } from '#shared/domain/sales/types.ts';
import { MAX_DETAILS, MAX_TEXT, tidyText } from '#shared/domain/text-field.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import { explainAmount, readAmount } from '../cells/amount.ts';
import { type DateReading, readDateCell, resolveDate } from '../cells/date.ts';
import { explainText } from '../cells/text.ts';
import type { GridRow } from '../container/types.ts';
import type { SaleColumns } from './columns.ts';
import { readTenderParts } from './split-tenders.ts';
import { readKind, readSaleStatus, readTender } from './words.ts';

export type SaleResult =
  | { readonly type: 'sale'; readonly sale: SaleRow; readonly warnings: readonly Message[] }
  | { readonly type: 'skip' }
  | { readonly type: 'refused'; readonly reason: Message };

/** Makes a function that reads the rows below a header; it numbers equal rows as it goes. */
export function createSaleReader(columns: SaleColumns, reading: DateReading): (row: GridRow) => SaleResult {
  const { places, width } = columns;
  const occurrenceOf = countSaleOccurrences();
  const cell = (cells: readonly string[], column: SaleColumn) => cells[places.get(column)?.[0] ?? -1] ?? '';

  return function readSale({ row, cells, problem }) {
    if (problem) return refuse(problem);
    const timeText = joinTimeCells(cells, columns);
    if ((timeText === '' && cell(cells, 'amount').trim() === '') || isTotal(cells, timeText))
      return { type: 'skip' };
    for (let extra = width; extra < cells.length; extra++) {
      if ((cells[extra] as string).trim() !== '') return refuse(say('reading.row.too-many-cells'));
    }
    const when = readSaleTime(timeText, reading);
    if ('reason' in when) return refuse(when.reason);
    const kindText = cell(cells, 'kind');
    const kind = readKind(kindText);
    if (kind === null) return refuse(say('reading.sale.kind', { text: kindText.trim().slice(0, 40) }));
    const amountText = cell(cells, 'amount');
    const amount = readSaleAmount(amountText, kind, kindText.trim() !== '');
    if ('reason' in amount) return refuse(amount.reason);
    const paid = readPaid(cell(cells, 'tender'), amount.cents);
    if (paid === null) return refuse(say('reading.sale.several-tenders'));
    const texts = readTexts(cells);
    if ('reason' in texts) return refuse(texts.reason);
    const warnings: Message[] = paid.warning ? [paid.warning] : [];
    warnings.push(...texts.warnings);
    const status = readSaleStatus(cell(cells, 'status'));
    if (status === null)
      warnings.push(say('reading.sale.status', { text: cell(cells, 'status').trim().slice(0, 40) }));
    const receiptText = cell(cells, 'receipt').trim();
    const receipt = receiptText === '' ? null : parseReceipt(receiptText);
    if (receiptText !== '' && receipt === null) {
      warnings.push(say('reading.sale.receipt', { text: receiptText.slice(0, 40) }));
    }
    const sale = {
      row,
      ...when,
      ...texts.values,
      amountCents: paid.cents,
      kind: amount.kind,
      tender: paid.tender,
      status: status ?? 'closed',
      receipt,
    };
    return { type: 'sale', sale: { ...sale, occurrence: occurrenceOf(sale) }, warnings };
  };

  function readTexts(cells: readonly string[]) {
    const texts: { [column in SaleColumn]?: string | null } = {};
    for (const column of TEXT_COLUMNS) {
      const tidy = tidyText(cell(cells, column), column === 'description' ? MAX_DETAILS : MAX_TEXT);
      if (!tidy.ok) return { reason: explainText(tidy.reason, column) };
      texts[column] = tidy.text === '' ? null : tidy.text;
    }
    const warnings: Message[] = [];
    for (const column of ['reference', 'account'] as const) {
      const text = texts[column];
      if (!text || !SCIENTIFIC.test(text)) continue;
      warnings.push(say('reading.row.reference-damaged', { text: text.slice(0, 40) }));
      texts[column] = null;
    }
    const values = {
      reference: texts.reference ?? null,
      accountReference: texts.account ?? null,
      phone: phoneIn(texts.phone ?? null),
      customer: texts.customer ?? null,
      cashier: texts.cashier ?? null,
      till: texts.till?.replace(/\.0+$/, '') ?? null,
      description: texts.description ?? null,
    };
    return { values, warnings };
  }
}

/** A long number that a spreadsheet has shortened: its digits are gone. */
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+\d+$/i;
const TEXT_COLUMNS = ['reference', 'account', 'phone', 'customer', 'cashier', 'till', 'description'] as const;

type Paid = { readonly tender: Tender; readonly cents: Cents; readonly warning?: Message };

/** How a sale was paid. In several ways, with an amount for each: the part that came by M-PESA is what is kept. */
function readPaid(text: string, total: Cents): Paid | null {
  const tender = readTender(text);
  if (tender !== 'several') return { tender, cents: total };
  const parts = readTenderParts(text, total);
  if (parts === null) return null;
  if (parts.mpesa === 0) return { tender: 'other', cents: total };
  return {
    tender: 'mpesa',
    cents: parts.mpesa,
    warning: say('reading.sale.part', { rest: { money: parts.rest } }),
  };
}

function refuse(reason: Message): SaleResult {
  return { type: 'refused', reason };
}

/** The text of the time of a sale; a date and a time of day may stand in two columns. */
export function joinTimeCells(cells: readonly string[], { places }: SaleColumns): string {
  const texts = (places.get('time') ?? []).map((index) => (cells[index] ?? '').trim());
  const [date = '', clock = ''] = texts;
  // A spreadsheet gives a date column the time 00:00:00 of its own.
  return clock === '' ? date : `${date.replace(/ 00:00:00$/, '')} ${clock}`.trim();
}

const TOTAL = /^\s*(?:grand |sub)?totals?\b|^\s*jumla\b/i;

/** A total below the list: it has no date, and says so somewhere. */
function isTotal(cells: readonly string[], timeText: string): boolean {
  return timeText === '' ? cells.some((text) => TOTAL.test(text)) : TOTAL.test(timeText);
}

type SaleTime = Pick<SaleRow, 'soldAt' | 'day' | 'precision' | 'isMended'>;

function readSaleTime(text: string, reading: DateReading): SaleTime | { readonly reason: Message } {
  const cell = readDateCell(text);
  const at = cell && resolveDate(cell, reading);
  if (!cell || at === null) {
    const id = text === '' ? 'reading.row.no-date' : 'reading.row.date';
    return { reason: say(id, { text: text.slice(0, 40) }) };
  }
  const isMended = cell.form === 'iso' && reading.areIsoSwapped && cell.first !== cell.second;
  return {
    soldAt: cell.precision === 'day' ? null : at,
    day: businessDayOf(at),
    precision: cell.precision,
    isMended,
  };
}

/** The sign is the kind's: a refund is negative however it was written; a sale below zero is a refund. */
function readSaleAmount(
  text: string,
  kind: SaleKind,
  isKindStated: boolean,
): { readonly cents: Cents; readonly kind: SaleKind } | { readonly reason: Message } {
  const read = readAmount(text);
  if (!read.ok) return { reason: explainAmount(read.problem, 'amount', text) };
  if (read.cents === 0) return { reason: say('reading.sale.zero') };
  if (kind === 'refund') return { cents: cents(-Math.abs(read.cents)), kind };
  if (read.cents > 0) return { cents: read.cents, kind };
  if (isKindStated) return { reason: say('reading.sale.negative') };
  return { cents: read.cents, kind: 'refund' };
}

/** The phone in a cell that may also hold an e-mail address; a cell that holds none is left out. */
function phoneIn(text: string | null): string | null {
  if (text === null) return null;
  return /\+?[\d*xX\u2022][\d*xX\u2022 ()-]{7,16}[\d*xX\u2022]/.exec(text)?.[0] ?? null;
}
