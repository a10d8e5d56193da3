import { MINUTE } from '../time.ts';
import { type Batch, lineAt, paymentNamedBy, saleAt } from './batch.ts';
import { isInWindow } from './evidence.ts';

/** How long before the sale this shop's payments come, in ms (negative: after), its clock's error included. */
export type Habit = {
  readonly usualMs: number;
  /** Nearly all payments lie between these. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Twice the range of the middle half: what a few slow or wrong records cannot stretch. */
  readonly spreadMs: number;
};

/** Fewer pairs than this say nothing about a shop's habit. */
const ENOUGH = 30;
/** The share at either end that is left out as unusual. */
const TAIL = 0.02;
const SLACK_MS = 2 * MINUTE;

/**
 * Reads the habit from the pairs that share receipt and amount, standing ones included: whether this shop rings up
 * before or after the payment, and how wrong the clock of its till is. Null when there are too few.
 */
export function readHabit(batch: Batch): Habit | null {
  const gaps: number[] = [];
  for (let sale = 0; sale < batch.sales.length; sale++) {
    const line = paymentNamedBy(batch, sale);
    if (line === -1) continue;
    const { at, amountCents } = saleAt(batch, sale);
    const isPair =
      at !== null && amountCents === lineAt(batch, line).amountCents && isInWindow(batch, line, sale);
    if (isPair) gaps.push(at - lineAt(batch, line).at);
  }
  if (gaps.length < ENOUGH) return null;
  gaps.sort((a, b) => a - b);
  const at = (share: number) => gaps[Math.round(share * (gaps.length - 1))] ?? 0;
  return {
    usualMs: at(0.5),
    fromMs: at(TAIL) - SLACK_MS,
    toMs: at(1 - TAIL) + SLACK_MS,
    spreadMs: 2 * (at(0.75) - at(0.25)),
  };
}
