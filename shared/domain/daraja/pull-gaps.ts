import { type Interval, mergeIntervals } from '../statement/coverage.ts';
import { HOUR, MINUTE, SECOND, type UtcMs } from '../time.ts';

/** Pull lists what customers paid in the last two days, and nothing older. */
export const PULL_REACH = 48 * HOUR;

/** Asked a little less far back than Safaricom keeps: its clock is not ours, and a request takes its time. */
const SAFE_REACH = PULL_REACH - 5 * MINUTE;

/** How often Pull is asked while the program runs. */
export const PULL_EVERY = 15 * MINUTE;

/** Safaricom may list a payment some time after it was made: each question goes over the last hour again. */
const OVERLAP = HOUR;

/** Less than this between two questions is no loss worth a word. */
const SHORTEST_LOSS = MINUTE;

/**
 * The time to ask about next. At the start it is all that Pull still reaches; then from the first moment that no answer
 * has covered, or from the last answer on, and an hour before. `answered`: stretches that Safaricom answered for, whole.
 */
export function nextStretch(now: UtcMs, answered: readonly Interval[], isStart: boolean): Interval {
  const reach = at(now - SAFE_REACH);
  if (isStart) return { from: reach, to: now };
  const [first] = subtractIntervals([{ from: reach, to: now }], answered);
  const from = (first?.from ?? now) - OVERLAP;
  return { from: at(Math.max(reach, from)), to: now };
}

/** The part of a stretch that Pull can still answer for; null when all of it is too old. */
export function reachable(now: UtcMs, { from, to }: Interval): Interval | null {
  const stretch = { from: at(Math.max(from, now - SAFE_REACH)), to: at(Math.min(to, now)) };
  return stretch.from < stretch.to ? stretch : null;
}

/**
 * Hours that Pull can no longer list and nobody asked about, since it was registered. What a statement covers is not
 * lost.
 */
export function lostTime(about: {
  readonly since: UtcMs;
  readonly now: UtcMs;
  readonly answered: readonly Interval[];
  readonly stated: readonly Interval[];
}): Interval[] {
  const { since, now, answered, stated } = about;
  const gone = { from: since, to: at(now - PULL_REACH) };
  return subtractIntervals([gone], [...answered, ...stated]).filter(
    ({ from, to }) => to - from >= SHORTEST_LOSS,
  );
}

/** What is left of some stretches without others. Both ends of each belong to it, the last one as a whole second. */
export function subtractIntervals(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const holes = mergeIntervals(taken);
  return mergeIntervals(from).flatMap((stretch) => {
    const left: Interval[] = [];
    let next = stretch.from;
    for (const hole of holes) {
      if (hole.to < next || hole.from > stretch.to) continue;
      if (hole.from > next) left.push({ from: next, to: at(hole.from - 1) });
      next = at(hole.to + SECOND);
    }
    if (next <= stretch.to) left.push({ from: next, to: stretch.to });
    return left;
  });
}

function at(ms: number): UtcMs {
  return ms as UtcMs;
}
