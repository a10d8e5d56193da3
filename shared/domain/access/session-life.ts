import { HOUR, MINUTE, type UtcMs } from '../time.ts';

/** Without input for so long, a session locks. */
export const IDLE_LIMIT = 10 * MINUTE;
/** So long after it began, a session ends, whatever is being done. */
export const ABSOLUTE_LIMIT = 10 * HOUR;
/** So long a password that was given again counts. */
export const CONFIRM_LIMIT = 2 * MINUTE;

/** A moment by both clocks: the one on the wall, which people set, and one that only runs forward, in milliseconds. */
export type Instant = { readonly at: UtcMs; readonly ticks: number };

/**
 * How long it has been, by the clock that says longer: a wall clock that is set back keeps no session alive, and a
 * computer that slept, whose ticks stood still, has not been watched either.
 */
export function elapsed(since: Instant, now: Instant): number {
  return Math.max(0, now.at - since.at, now.ticks - since.ticks);
}

/** What time alone has made of a session. */
export function lifeOf(
  session: { readonly startedAt: Instant; readonly activeAt: Instant },
  now: Instant,
): 'alive' | 'idle' | 'too-long' {
  if (elapsed(session.startedAt, now) >= ABSOLUTE_LIMIT) return 'too-long';
  return elapsed(session.activeAt, now) >= IDLE_LIMIT ? 'idle' : 'alive';
}

/** True while a password that was given again still counts. */
export function isConfirmed(confirmedAt: Instant | null, now: Instant): boolean {
  return confirmedAt !== null && elapsed(confirmedAt, now) < CONFIRM_LIMIT;
}
