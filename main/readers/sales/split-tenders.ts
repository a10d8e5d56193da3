import { say } from '#shared/domain/message.ts';
import { add, type Cents, toDecimal, ZERO } from '#shared/domain/money.ts';
import { readAmount } from '../cells/amount.ts';
import { normaliseHeader } from '../cells/header.ts';
import type { GridRow } from '../container/types.ts';
import type { SaleColumns } from './columns.ts';
import { readTender } from './words.ts';

/** Takes rows one by one and gives back those that are complete; `end` gives the last. */
export type RowSplitter = { take(row: GridRow): readonly GridRow[]; end(): readonly GridRow[] };

const PAYMENT_AMOUNT = /^payments?\s*\/\s*(?:payment )?amount$/;

/** For files whose rows are sales already. */
export const AS_THEY_ARE: RowSplitter = { take: (row) => [row], end: () => [] };

/**
 * Odoo writes an order's further payments on rows of their own, with every other cell empty. Each way of paying
 * becomes a row of its own amount: what was given and given back in one way is added up. Without the amounts, an
 * order that was paid in several ways is refused: nobody knows how much of it came by M-PESA.
 */
export function splitOrders(headers: readonly string[], { places }: SaleColumns): RowSplitter {
  const tenderAt = places.get('tender')?.[0] ?? -1;
  const totalAt = places.get('amount')?.[0] ?? -1;
  const partAt = headers.findIndex((header) => PAYMENT_AMOUNT.test(normaliseHeader(header)));
  const timeAt = places.get('time')?.[0] ?? -1;
  const referenceAt = places.get('reference')?.[0] ?? -1;
  let order: GridRow[] = [];

  const cell = (row: GridRow, at: number) => (row.cells[at] ?? '').trim();
  const isFurther = (row: GridRow) =>
    row.problem === null &&
    [timeAt, referenceAt, totalAt].every((at) => cell(row, at) === '') &&
    cell(row, tenderAt) !== '';

  function take(row: GridRow): readonly GridRow[] {
    if (order.length > 0 && isFurther(row)) {
      order.push(row);
      return [];
    }
    const done = end();
    order = [row];
    return done;
  }

  function end(): readonly GridRow[] {
    const [first, ...further] = order;
    order = [];
    if (!first) return [];
    const isSplit = further.length > 0 && first.problem === null;
    if (!isSplit) return [first, ...further];
    const parts = partAt === -1 ? null : addUp([first, ...further]);
    if (parts === null) return [{ ...first, problem: say('reading.sale.several-tenders') }];
    const total = readAmount(cell(first, totalAt));
    if (!total.ok || parts.reduce((sum, part) => add(sum, part.amount), ZERO) !== total.cents)
      return [{ ...first, problem: say('reading.sale.parts-differ') }];
    return parts
      .filter(({ amount }) => amount !== 0)
      .map(({ row, amount }) => {
        const cells = [...first.cells];
        cells[tenderAt] = cell(row, tenderAt);
        cells[totalAt] = toDecimal(amount);
        return { row: row.row, cells, problem: null };
      });
  }

  /** One sum for each way of paying, at the row where it is met first; null when an amount cannot be read. */
  function addUp(rows: readonly GridRow[]): { row: GridRow; amount: Cents }[] | null {
    const parts = new Map<string, { row: GridRow; amount: Cents }>();
    for (const row of rows) {
      const read = readAmount(cell(row, partAt));
      const tender = readTender(cell(row, tenderAt));
      if (!read.ok || cell(row, tenderAt) === '' || tender === 'several') return null;
      const known = parts.get(tender);
      if (known) known.amount = add(known.amount, read.cents);
      else parts.set(tender, { row, amount: read.cents });
    }
    return [...parts.values()];
  }

  return { take, end };
}

const PART =
  /^(?:(.*?\p{L}.*?)\s*[:=-]?\s*(?:kes|kshs?\.?)?\s*([\d][\d,]*(?:\.\d{1,2})?)|(?:kes|kshs?\.?)?\s*([\d][\d,]*(?:\.\d{1,2})?)\s*(?:by|in)?\s*(.*?\p{L}.*?))$/iu;

export type TenderParts = { readonly mpesa: Cents; readonly rest: Cents };

/**
 * `Cash: 500, M-PESA: 1,000` in one cell: how much came by M-PESA and how much in other ways. Null when the cell does
 * not give an amount for each, or they do not add up to the sale.
 */
export function readTenderParts(text: string, total: Cents): TenderParts | null {
  let [mpesa, rest] = [ZERO, ZERO];
  const parts = text.split(/[;|+&]|\band\b|,(?!\d{3}(?!\d))/i).map((part) => part.trim());
  for (const part of parts) {
    if (part === '') continue;
    const [, nameBefore, amountAfter, amountBefore, nameAfter] = PART.exec(part) ?? [];
    const amount = readAmount(amountAfter ?? amountBefore ?? '');
    const tender = readTender(nameBefore ?? nameAfter ?? '');
    if (!amount.ok || tender === 'several' || (nameBefore ?? nameAfter) === undefined) return null;
    if (tender === 'mpesa') mpesa = add(mpesa, amount.cents);
    else rest = add(rest, amount.cents);
  }
  return add(mpesa, rest) === total && total > 0 ? { mpesa, rest } : null;
}
