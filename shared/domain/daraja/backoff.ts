import { SECOND } from '../time.ts';

/** How often a question in the background is put in all, when Safaricom is busy. */
export const MOST_TRIES = 4;

const FIRST = 5 * SECOND;
const LONGEST = 120 * SECOND;

/**
 * How long to wait before the next try, after so many were in vain: three times as long each time, and up to half of it
 * less by chance (`random` from 0 to 1), so that many shops do not come back at once.
 */
export function backoffMs(triesSoFar: number, random: number): number {
  const whole = Math.min(FIRST * 3 ** (triesSoFar - 1), LONGEST);
  return Math.round(whole * (1 - random / 2));
}
