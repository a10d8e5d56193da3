import { sortByNumber } from './sort-by-number.ts';
import type { Band, LinkKind, MatchException, Proposal } from './types.ts';

const KINDS: Readonly<Record<LinkKind, number>> = {
  sale: 0,
  'day-total': 1,
  'charge-of': 2,
  'reversal-of': 3,
  sweep: 4,
};
const BANDS: Readonly<Record<Band, number>> = { certain: 0, likely: 1, possible: 2 };
const BAND_COUNT = 3;

/** Proposals by kind, strongest first, then by ids: an order that says nothing about how they were found. */
export function sortProposals(proposals: readonly Proposal[]): Proposal[] {
  let room = 1;
  for (const { lines } of proposals) room = Math.max(room, (lines[0] ?? 0) + 1);
  const placeOf = ({ kind, band, lines }: Proposal) =>
    (KINDS[kind] * BAND_COUNT + BANDS[band]) * room + (lines[0] ?? 0);
  return sortByNumber(
    proposals,
    placeOf,
    (a, b) =>
      compareIds(a.lines, b.lines) ||
      compareIds(a.sales, b.sales) ||
      compareText(a.rule, b.rule) ||
      compareText(a.ambiguityGroup ?? '', b.ambiguityGroup ?? ''),
  );
}

export function sortExceptions(exceptions: readonly MatchException[]): MatchException[] {
  return [...exceptions].sort(
    (a, b) => compareText(a.kind, b.kind) || compareIds(a.lines, b.lines) || compareIds(a.sales, b.sales),
  );
}

function compareIds(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
