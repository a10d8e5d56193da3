import { SECOND, type UtcMs } from '../time.ts';

/** A stretch of time that a statement vouches for, both ends inclusive. */
export type Interval = { readonly from: UtcMs; readonly to: UtcMs };

/** `coveredTo`: the last second of the day that is vouched for; null when none is. */
export type DayCoverage = { readonly state: 'full' | 'partial' | 'none'; readonly coveredTo: UtcMs | null };

/**
 * Joins intervals that overlap or touch, in order of time. Statements end on a whole second (23:59:59) and the next
 * begins on the following one: less than a second between them is no gap. Intervals that end before they begin are
 * left out.
 */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.from > last.to + SECOND) merged.push(next);
    else if (next.to > last.to) merged[merged.length - 1] = { from: last.from, to: next.to };
  }
  return merged;
}

/** How much of a day (`dayEnd` is the first instant of the next) the statements of one account cover. */
export function coverDay(intervals: readonly Interval[], dayStart: UtcMs, dayEnd: UtcMs): DayCoverage {
  const within = mergeIntervals(intervals).filter(({ from, to }) => from < dayEnd && to >= dayStart);
  const last = within.at(-1);
  if (last === undefined) return { state: 'none', coveredTo: null };
  const isFull = within.some(({ from, to }) => from <= dayStart && to >= dayEnd - SECOND);
  return { state: isFull ? 'full' : 'partial', coveredTo: Math.min(last.to, dayEnd - SECOND) as UtcMs };
}

/**
 * The day of several accounts together: full when each is, none when none has anything. Until when is said only
 * when every account has something: then it is the earliest of theirs.
 */
export function combineCoverage(accounts: readonly DayCoverage[]): DayCoverage {
  const covered = accounts
    .filter((account) => account.coveredTo !== null)
    .map((account) => account.coveredTo as UtcMs);
  if (covered.length === 0) return { state: 'none', coveredTo: null };
  const state = accounts.every((account) => account.state === 'full') ? 'full' : 'partial';
  return { state, coveredTo: covered.length === accounts.length ? (Math.min(...covered) as UtcMs) : null };
}
