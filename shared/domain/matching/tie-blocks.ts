import { MINUTE } from '../time.ts';
import { assign } from './assignment.ts';
import { type Batch, canPay, lineAt, lineTimeOf, saleAt, saleTimeOf } from './batch.ts';
import { namesAnotherSale, personEvidence } from './evidence.ts';

/** How far a payment of the amount may lie from the sale. */
export type Window = {
  readonly beforeMs: number;
  readonly afterMs: number;
  /** How long before the sale a payment usually comes: what other times are measured from. */
  readonly usualMs: number;
};

export type DecidedPair = {
  readonly line: number;
  readonly sale: number;
  /** True when neither had any other partner in the window. */
  readonly isAlone: boolean;
  /** True when the phone or the name speaks for the pair. */
  readonly isSamePerson: boolean;
};

/** A block: payments and timed sales of one amount, each in order of time. */
export type Block = { readonly payments: readonly number[]; readonly sales: readonly number[] };

/** Any other answer must be worse by this much time, or the block is not decided by time. */
const DECISIVE_MS = 5 * MINUTE;
/** Above this a side, the block is first looked at through a narrower window. */
const MAX_SIDE = 24;
const NARROWEST_MS = 3 * MINUTE;
/** Evidence about the person outweighs any difference in time. */
const SAME_PERSON_WORTH = 100;

/** True when nothing speaks against the payment having paid the sale. */
export function isPlausible(batch: Batch, line: number, sale: number): boolean {
  return (
    canPay(batch, line, sale) &&
    personEvidence(batch, line, sale) >= 0 &&
    !namesAnotherSale(batch, line, sale)
  );
}

/**
 * Splits payments and sales of one amount into blocks that cannot reach each other in time. `sales` all have a
 * time; both lists are in order of time.
 */
export function splitBlocks(batch: Batch, { payments, sales }: Block, window: Window): Block[] {
  const blocks: Block[] = [];
  let low = 0;
  let high = 0;
  let first = 0;
  let start = 0;
  let reach = 0;
  const close = (end: number) => {
    if (end > start && reach > first) {
      blocks.push({ payments: payments.slice(first, reach), sales: sales.slice(start, end) });
    }
  };
  for (let index = 0; index < sales.length; index++) {
    const soldAt = saleTimeOf(batch, sales[index] ?? -1);
    while (low < payments.length && lineTimeOf(batch, payments[low] ?? -1) < soldAt - window.beforeMs) low++;
    high = Math.max(high, low);
    while (high < payments.length && lineTimeOf(batch, payments[high] ?? -1) <= soldAt + window.afterMs)
      high++;
    if (low >= reach) {
      close(index);
      start = index;
      first = low;
    }
    reach = high;
  }
  close(sales.length);
  return blocks;
}

/** The pairs that the evidence decides: alone in the window, or in every good answer of the block. */
export function decidePairs(batch: Batch, block: Block, window: Window): DecidedPair[] {
  return splitBlocks(batch, block, window).flatMap((part) => {
    const [line, sale] = [part.payments[0], part.sales[0]];
    if (line !== undefined && sale !== undefined && part.payments.length + part.sales.length === 2)
      return decideSingle(batch, line, sale, window);
    if (part.payments.length <= MAX_SIDE && part.sales.length <= MAX_SIDE)
      return decideSmall(batch, part, window);
    const byPhone = decideByPhone(batch, part, window);
    if (window.beforeMs + window.afterMs <= NARROWEST_MS) return byPhone;
    const lines = new Set(byPhone.map(({ line }) => line));
    const sales = new Set(byPhone.map(({ sale }) => sale));
    const rest = {
      payments: part.payments.filter((line) => !lines.has(line)),
      sales: part.sales.filter((sale) => !sales.has(sale)),
    };
    return [...byPhone, ...decidePairs(batch, rest, halve(window))];
  });
}

function halve({ beforeMs, afterMs, usualMs }: Window): Window {
  return { beforeMs: (beforeMs + usualMs) / 2, afterMs: (afterMs - usualMs) / 2, usualMs };
}

/** How unusual the time between a plausible pair is, or null when the two cannot be a pair in this window. */
export function gapOfPair(batch: Batch, line: number, sale: number, window: Window): number | null {
  const gap = gapInWindow(batch, line, sale, window);
  return gap !== null && isPlausible(batch, line, sale) ? gap : null;
}

function gapInWindow(batch: Batch, line: number, sale: number, window: Window): number | null {
  const gap = saleTimeOf(batch, sale) - lineTimeOf(batch, line);
  return gap > window.beforeMs || gap < -window.afterMs ? null : Math.abs(gap - window.usualMs);
}

/** What an item costs that has no partner: two that lie farther apart than both are better left alone. */
function leaveOutCost(window: Window): number {
  return (window.beforeMs + window.afterMs) / 3;
}

/** The answer of `decideSmall` for one payment and one sale, as most blocks are: nothing to solve. */
function decideSingle(batch: Batch, line: number, sale: number, window: Window): DecidedPair[] {
  const gap = gapOfPair(batch, line, sale, window);
  if (gap === null) return [];
  const isSamePerson = personEvidence(batch, line, sale) === 1;
  const isTooFar = gap > 0 && gap >= 2 * leaveOutCost(window);
  return isTooFar && !isSamePerson ? [] : [{ line, sale, isAlone: true, isSamePerson }];
}

function decideSmall(batch: Batch, { payments, sales }: Block, window: Window): DecidedPair[] {
  const costs = new Float64Array(payments.length * sales.length).fill(Number.POSITIVE_INFINITY);
  const perPayment = new Uint16Array(payments.length);
  const perSale = new Uint16Array(sales.length);
  const leaveOut = leaveOutCost(window);
  const worth = SAME_PERSON_WORTH * (window.beforeMs + window.afterMs);
  for (const [row, line] of payments.entries()) {
    for (const [column, sale] of sales.entries()) {
      const gap = gapInWindow(batch, line, sale, window);
      if (gap === null || !canPay(batch, line, sale)) continue;
      const person = personEvidence(batch, line, sale);
      if (person === -1 || namesAnotherSale(batch, line, sale)) continue;
      costs[row * sales.length + column] = person === 1 ? gap - worth : gap;
      perPayment[row] = (perPayment[row] ?? 0) + 1;
      perSale[column] = (perSale[column] ?? 0) + 1;
    }
  }
  const { columnOf, margin } = assign(costs, payments.length, sales.length, leaveOut);
  const decided: DecidedPair[] = [];
  for (const [row, line] of payments.entries()) {
    const column = columnOf[row] ?? -1;
    const sale = sales[column];
    if (sale === undefined) continue;
    const isAlone = perPayment[row] === 1 && perSale[column] === 1;
    if (!isAlone && (margin[row] ?? 0) < DECISIVE_MS) continue;
    decided.push({ line, sale, isAlone, isSamePerson: (costs[row * sales.length + column] ?? 0) < 0 });
  }
  return decided;
}

/** Phones that end alike in one block are compared up to this many. */
const MAX_ALIKE = 32;

/** In a block too large to solve: sales and payments whose phones agree and that have no other such partner. */
function decideByPhone(batch: Batch, { payments, sales }: Block, window: Window): DecidedPair[] {
  if (sales.every((sale) => saleAt(batch, sale).phone === null)) return [];
  const ending = new Map<string, number[]>();
  for (const line of payments) {
    const end = lineAt(batch, line).party.phone?.slice(-3);
    if (end !== undefined) ending.set(end, [...(ending.get(end) ?? []).slice(0, MAX_ALIKE), line]);
  }
  const pairs: DecidedPair[] = [];
  for (const sale of sales) {
    const alike = ending.get(saleAt(batch, sale).phone?.slice(-3) ?? '') ?? [];
    if (alike.length > MAX_ALIKE) continue;
    for (const line of alike) {
      const isPair = personEvidence(batch, line, sale) === 1 && gapOfPair(batch, line, sale, window) !== null;
      if (isPair) pairs.push({ line, sale, isAlone: false, isSamePerson: true });
    }
  }
  const countBy = (key: 'line' | 'sale') => {
    const counts = new Map<number, number>();
    for (const pair of pairs) counts.set(pair[key], (counts.get(pair[key]) ?? 0) + 1);
    return counts;
  };
  const perLine = countBy('line');
  const perSale = countBy('sale');
  return pairs.filter(({ line, sale }) => perLine.get(line) === 1 && perSale.get(sale) === 1);
}
