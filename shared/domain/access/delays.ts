import { DAY, MINUTE, SECOND, type UtcMs } from '../time.ts';

/** Wrong tries in a row, and when the last one was. */
export type Tries = { readonly failures: number; readonly lastAt: UtcMs };
export const NO_TRIES: Tries = { failures: 0, lastAt: 0 as UtcMs };

export type DelayRule = { readonly capMs: number; readonly forgetAfterMs: number };

/**
 * Whose tries are counted. The owner's wait stays short: whoever can type at the counter must not be able to shut the
 * owner out. The computer's is shorter still, because everybody waits for it, but a right password does not end it.
 */
export const DELAY_RULES = {
  person: { capMs: 5 * MINUTE, forgetAfterMs: DAY },
  owner: { capMs: MINUTE, forgetAfterMs: DAY },
  computer: { capMs: 30 * SECOND, forgetAfterMs: 15 * MINUTE },
} as const satisfies Record<string, DelayRule>;

/** Nobody waits for a slip or two. */
const FREE_FAILURES = 2;

/** How long to wait after so many failures: a second after the third, then twice as long each time. */
export function delayAfter(failures: number, rule: DelayRule): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(rule.capMs, SECOND * 2 ** Math.min(failures - FREE_FAILURES - 1, 30));
}

/**
 * The tries that still count now. After a clock that was set back, the last one counts as just made: neither does the
 * wait end early, nor does it last until the clock has caught up.
 */
export function recallTries(tries: Tries, rule: DelayRule, now: UtcMs): Tries {
  if (tries.lastAt > now) return { ...tries, lastAt: now };
  return now - tries.lastAt >= rule.forgetAfterMs ? NO_TRIES : tries;
}

/** Milliseconds until the next try is looked at; 0 = now. */
export function waitLeft(tries: Tries, rule: DelayRule, now: UtcMs): number {
  const counted = recallTries(tries, rule, now);
  return Math.max(0, counted.lastAt + delayAfter(counted.failures, rule) - now);
}

export function addFailure(tries: Tries, rule: DelayRule, now: UtcMs): Tries {
  return { failures: recallTries(tries, rule, now).failures + 1, lastAt: now };
}
