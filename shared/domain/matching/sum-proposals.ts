import { type Message, say } from '../message.ts';
import { type Batch, lineAt, type Pairing, propose, report, saleAt } from './batch.ts';
import type { Band } from './types.ts';

/** An answer of the sum search, by position. */
export type FoundSum = {
  readonly lines: readonly number[];
  readonly sales: readonly number[];
  /** False when the search found another set as good. */
  readonly isUnique: boolean;
};

/** A sum of more items than this is met by chance too often to be bulk accepted. */
const MOST_LIKELY_ITEMS = 6;

/** Proposes the answers that are the only ones, of so few items that chance does not make them. */
export function proposeUniqueSums(batch: Batch, found: readonly FoundSum[]): void {
  proposeWhere(batch, found, (band) => band === 'likely');
}

/** Proposes every answer: several for one item, or several that want the same item, are listed as one ambiguity. */
export function proposeSums(batch: Batch, found: readonly FoundSum[]): void {
  proposeWhere(batch, found, () => true);
}

function proposeWhere(batch: Batch, found: readonly FoundSum[], isWanted: (band: Band) => boolean): void {
  const uses = new Map<string, number>();
  for (const sum of found) for (const key of keysOf(sum)) uses.set(key, (uses.get(key) ?? 0) + 1);
  const explained = new Set<number>();
  const rootOf = joinBySharedItem(found);
  for (const [index, sum] of found.entries()) {
    const { lines, sales } = sum;
    const isOnly = sum.isUnique && keysOf(sum).every((key) => uses.get(key) === 1);
    const rule = sales.length > 1 ? 'one-for-many' : 'many-for-one';
    const count = Math.max(lines.length, sales.length);
    const band: Band = isOnly && count <= MOST_LIKELY_ITEMS ? 'likely' : 'possible';
    if (!isWanted(band)) continue;
    const why = wordsOf(sales.length > 1, isOnly, count);
    const first = found[rootOf[index] ?? index];
    const group = isOnly ? null : `sum:${first?.lines.join('+') ?? ''}:${first?.sales.join('+') ?? ''}`;
    propose(batch, { kind: 'sale', lines, sales, rule, band, why, group });
    if (band === 'likely') for (const line of lines) explained.add(line);
  }
  forget(batch, explained);
}

/** A difference that a likely sum explains is none. */
function forget(batch: Batch, explained: ReadonlySet<number>): void {
  const left = batch.differing.filter(({ line }) => !explained.has(line));
  batch.differing.length = 0;
  for (const pair of left) batch.differing.push(pair);
}

function keysOf({ lines, sales }: FoundSum): string[] {
  return [...lines.map((line) => `l${line}`), ...sales.map((sale) => `s${sale}`)];
}

function wordsOf(isOnePayment: boolean, isOnly: boolean, count: number): Message {
  if (isOnePayment)
    return isOnly ? say('match.one-for-many', { count }) : say('match.one-for-many.ambiguous', { count });
  return isOnly ? say('match.many-for-one', { count }) : say('match.many-for-one.ambiguous', { count });
}

/** For each sum the first sum that it shares an item with, directly or through others. */
function joinBySharedItem(found: readonly FoundSum[]): number[] {
  const parent = found.map((_, index) => index);
  const rootOf = (index: number): number => {
    const up = parent[index] ?? index;
    return up === index ? index : rootOf(up);
  };
  const owner = new Map<string, number>();
  for (const [index, sum] of found.entries()) {
    for (const key of keysOf(sum)) {
      const known = owner.get(key);
      if (known === undefined) owner.set(key, index);
      else {
        const [a, b] = [rootOf(known), rootOf(index)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return found.map((_, index) => rootOf(index));
}

/** What no sum explained: the sale names the payment, and the amounts differ. */
export function reportDifference(batch: Batch, { line, sale }: Pairing): void {
  const paid = lineAt(batch, line);
  const sold = saleAt(batch, sale);
  const difference = Math.abs(paid.amountCents - sold.amountCents) as typeof paid.amountCents;
  report(batch, {
    kind: 'amount-differs',
    lines: [line],
    sales: [sale],
    amountCents: difference,
    why: say('exception.amount-differs', {
      receipt: paid.receipt,
      paid: { money: paid.amountCents },
      sold: { money: sold.amountCents },
      difference: { money: difference },
      which: paid.amountCents > sold.amountCents ? 'more' : 'less',
    }),
  });
}
