import {
  type Batch,
  canPay,
  isTimed,
  lineAmountOf,
  lineAt,
  lineTimeOf,
  type Pairing,
  saleAmountOf,
  saleAt,
  saleTimeOf,
} from './batch.ts';
import { personEvidence } from './evidence.ts';
import { firstFrom } from './first-from.ts';
import { keyOfReference } from './reference.ts';
import { type FoundSum, proposeSums, proposeUniqueSums, reportDifference } from './sum-proposals.ts';
import { findSums } from './sum-search.ts';

/** More open items than this around one item are not searched: chance alone would make the sum. */
const MAX_CANDIDATES = 256;
/** Steps of all searches of a run together, in the steps of one. */
const SEARCHES_IN_FULL = 400;

/** What is still open, in order of time, and the steps left for the whole run (spent in canonical order). */
type Field = {
  readonly batch: Batch;
  readonly lines: readonly number[];
  readonly lineTimes: Float64Array;
  readonly sales: readonly number[];
  readonly saleTimes: Float64Array;
  stepsLeft: number;
  /** True when the last search ended without an answer, or was not made because too much lies around the item. */
  hasGivenUp: boolean;
};

/** Payments and sales for which a first search found something, or gave up: a later one need not try the others. */
export type WorthAnother = { readonly lines: ReadonlySet<number>; readonly sales: ReadonlySet<number> };

/**
 * One payment for several sales, and several payments for one sale, among what is still open around it: the answers
 * that are the only ones. A pair that shares a receipt but not the amount is tried first: others may share the
 * payment, or have paid the rest.
 */
export function matchUniqueSums(batch: Batch): WorthAnother {
  const { found, worth } = searchAll(batch, null);
  proposeUniqueSums(batch, found);
  return worth;
}

/**
 * The same for what weaker answers have left open; then names the differences that no sum explains. What had no sum
 * before has none now, for nothing has opened since.
 */
export function matchOtherSums(batch: Batch, worth: WorthAnother): void {
  proposeSums(batch, searchAll(batch, worth).found);
  for (const pair of batch.differing) reportDifference(batch, pair);
}

function searchAll(batch: Batch, among: WorthAnother | null): { found: FoundSum[]; worth: WorthAnother } {
  const field = openField(batch);
  const found: FoundSum[] = [];
  const worth = { lines: new Set<number>(), sales: new Set<number>() };
  for (const pair of batch.differing) found.push(...explainDifference(field, pair));
  for (const line of field.lines) {
    if (among !== null && !among.lines.has(line)) continue;
    const sums = sumOfSales(field, line, []);
    if (sums.length > 0 || field.hasGivenUp) worth.lines.add(line);
    found.push(...sums);
  }
  for (const sale of field.sales) {
    if (among !== null && !among.sales.has(sale)) continue;
    const sums = sumOfLines(field, sale, []);
    if (sums.length > 0 || field.hasGivenUp) worth.sales.add(sale);
    found.push(...sums);
  }
  return { found, worth };
}

function openField(batch: Batch): Field {
  const lines: number[] = [];
  for (let line = 0; line < batch.lines.length; line++) if (batch.lineIsOpen[line] === 1) lines.push(line);
  const sales: number[] = [];
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.saleIsOpen[sale] !== 1 || !isTimed(batch, sale)) continue;
    if (saleAt(batch, sale).receipt === null) sales.push(sale);
  }
  return {
    batch,
    lines,
    lineTimes: Float64Array.from(lines, (line) => lineTimeOf(batch, line)),
    sales,
    saleTimes: Float64Array.from(sales, (sale) => saleTimeOf(batch, sale)),
    stepsLeft: batch.settings.sumSearchSteps * SEARCHES_IN_FULL,
    hasGivenUp: false,
  };
}

/** The items whose time lies in [from, to]; none when there are too many for a sum to mean anything. */
function within(items: readonly number[], times: Float64Array, from: number, to: number): readonly number[] {
  const first = firstFrom(times, from);
  const end = firstFrom(times, to + 1);
  return end - first > MAX_CANDIDATES ? [] : items.slice(first, end);
}

function reachOf({ settings }: Batch): { before: number; after: number } {
  return {
    before: Math.min(settings.amountWindowMs, settings.beforeMs),
    after: Math.min(settings.amountWindowMs, settings.afterMs),
  };
}

function explainDifference(field: Field, { line, sale }: Pairing): FoundSum[] {
  const isMore = lineAmountOf(field.batch, line) > saleAmountOf(field.batch, sale);
  return isMore ? sumOfSales(field, line, [sale]) : sumOfLines(field, sale, [line]);
}

/** Sales that the payment may cover together, `pinned` among them. */
function sumOfSales(field: Field, line: number, pinned: readonly number[]): FoundSum[] {
  const { batch } = field;
  const { at, amountCents, accountReference } = lineAt(batch, line);
  const { before, after } = reachOf(batch);
  const near = within(field.sales, field.saleTimes, at - after, at + before);
  const fits = near.filter((sale) => canPay(batch, line, sale) && personEvidence(batch, line, sale) >= 0);
  const key = keyOfReference(accountReference)?.loose ?? null;
  const named = fits.filter((sale) => key !== null && isReferenceOf(batch, sale, key));
  const pool = named.length + pinned.length > 1 ? named : fits;
  const rest = pinned.reduce<number>((left, sale) => left - saleAmountOf(batch, sale), amountCents);
  const amounts = pool.map((sale) => saleAmountOf(batch, sale));
  return search(field, amounts, rest, pinned.length).map(({ positions, isUnique }) => ({
    lines: [line],
    sales: [...pinned, ...positions.map((position) => pool[position] ?? -1)],
    isUnique,
  }));
}

/** Payments that may have paid the sale together, `pinned` among them. */
function sumOfLines(field: Field, sale: number, pinned: readonly number[]): FoundSum[] {
  const { batch } = field;
  const { at, amountCents } = saleAt(batch, sale);
  const { before, after } = reachOf(batch);
  const soldAt = at ?? lineAt(batch, pinned[0] ?? -1).at;
  const near = within(field.lines, field.lineTimes, soldAt - before, soldAt + after);
  const fits = near.filter((line) => canPay(batch, line, sale) && personEvidence(batch, line, sale) >= 0);
  const named = fits.filter((line) => {
    const key = keyOfReference(lineAt(batch, line).accountReference)?.loose ?? null;
    return key !== null && isReferenceOf(batch, sale, key);
  });
  const pool = named.length + pinned.length > 1 ? named : fits;
  const rest = pinned.reduce<number>((left, line) => left - lineAmountOf(batch, line), amountCents);
  const amounts = pool.map((line) => lineAmountOf(batch, line));
  return search(field, amounts, rest, pinned.length).map(({ positions, isUnique }) => ({
    lines: [...pinned, ...positions.map((position) => pool[position] ?? -1)],
    sales: [sale],
    isUnique,
  }));
}

function isReferenceOf(batch: Batch, sale: number, key: string): boolean {
  const { reference, accountReference } = saleAt(batch, sale);
  return keyOfReference(reference)?.loose === key || keyOfReference(accountReference)?.loose === key;
}

type SumSet = { readonly positions: readonly number[]; readonly isUnique: boolean };

function search(field: Field, amounts: readonly number[], target: number, pinned: number): SumSet[] {
  field.hasGivenUp = amounts.length === 0;
  if (amounts.length === 0) return [];
  const { sumSearchItems, sumSearchSteps } = field.batch.settings;
  const steps = Math.max(0, Math.min(sumSearchSteps, field.stepsLeft));
  const least = pinned > 0 ? 1 : 2;
  const answer = findSums(amounts, target, { steps, least, most: sumSearchItems - pinned });
  field.stepsLeft -= answer.steps;
  field.hasGivenUp = answer.outcome === 'gave-up';
  return answer.sets.map((positions) => ({ positions, isUnique: answer.outcome === 'unique' }));
}
