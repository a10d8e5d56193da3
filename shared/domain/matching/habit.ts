import { MINUTE } from '../time.ts';
import { type Batch, lineAt, paymentNamedBy, saleAt } from './batch.ts';
import { isInWindow } from './evidence.ts';

/** How long before the sale this shop's payments come, in ms (negative: after), its clock's error included. */
export type Habit = {
  readonly usualMs: number;
  /** Nearly all payments lie between these. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Twice the range of the middle half, of pairs that no other could be mistaken for where there are enough. */
  readonly spreadMs: number;
};

/** Fewer pairs than this say nothing about a shop's habit. */
const ENOUGH = 30;
/** Pairs that no other could be mistaken for are worth more. */
const ENOUGH_SINGLE = 12;
/** So many sales, evenly taken, say as much as all; among more, every amount comes again. */
const SAMPLE = 20_000;
/** The share at either end that is left out as unusual. */
const TAIL = 0.02;
const SLACK_MS = 2 * MINUTE;

/**
 * Reads the habit from the pairs that share receipt and amount, standing ones included: whether this shop rings up
 * before or after the payment, and how wrong the clock of its till is. Null when there are too few.
 */
export function readHabit(batch: Batch): Habit | null {
  const named: number[] = [];
  const step = Math.ceil(batch.sales.length / SAMPLE);
  for (let sale = 0; sale < batch.sales.length; sale += step)
    if (gapOfNamed(batch, sale) !== null) named.push(sale);
  if (named.length < ENOUGH) return null;
  const gaps = sortedGaps(batch, named);
  const single = sortedGaps(batch, step === 1 ? withoutRival(batch, named) : []);
  const measured = single.length < ENOUGH_SINGLE ? gaps : single;
  return {
    usualMs: quantile(gaps, 0.5),
    fromMs: quantile(gaps, TAIL) - SLACK_MS,
    toMs: quantile(gaps, 1 - TAIL) + SLACK_MS,
    spreadMs: 2 * (quantile(measured, 0.75) - quantile(measured, 0.25)),
  };
}

/** How long before the sale the payment came whose receipt it names; null when that is no pair in the window. */
function gapOfNamed(batch: Batch, sale: number): number | null {
  const line = paymentNamedBy(batch, sale);
  if (line === -1) return null;
  const { at, amountCents } = saleAt(batch, sale);
  if (at === null || amountCents !== lineAt(batch, line).amountCents) return null;
  return isInWindow(batch, line, sale) ? at - lineAt(batch, line).at : null;
}

function sortedGaps(batch: Batch, sales: readonly number[]): Float64Array {
  return Float64Array.from(sales, (sale) => gapOfNamed(batch, sale) ?? 0).sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/** The pairs whose amount no other sale and no other payment has: no code among them can be another's. */
function withoutRival(batch: Batch, sales: readonly number[]): number[] {
  const counts = new Map(sales.map((sale) => [saleAt(batch, sale).amountCents as number, 0]));
  const add = (amount: number) => {
    const count = counts.get(amount);
    if (count !== undefined) counts.set(amount, count + 1);
  };
  for (let sale = 0; sale < batch.sales.length; sale++)
    if (batch.isExpected[sale] === 1) add(saleAt(batch, sale).amountCents);
  for (let line = 0; line < batch.lines.length; line++)
    if (batch.isPayment[line] === 1) add(lineAt(batch, line).amountCents);
  return sales.filter((sale) => counts.get(saleAt(batch, sale).amountCents) === 2);
}
