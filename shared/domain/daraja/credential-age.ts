import { DAY, type UtcMs } from '../time.ts';
import type { CredentialKind } from './product.ts';

/** Safaricom ends an operator's password after 90 days; every other secret we ask to be renewed once a year. */
const LIFE_DAYS: Readonly<Record<CredentialKind, number>> = {
  app: 365,
  'look-up-operator': 90,
  'reversal-operator': 90,
  passkey: 365,
};
/** From day 75 of an operator's password, and a month before the year is over. */
const WARN_DAYS: Readonly<Record<CredentialKind, number>> = {
  app: 30,
  'look-up-operator': 15,
  'reversal-operator': 15,
  passkey: 30,
};

export type CredentialAge = {
  /** Whole days since it began. */
  readonly days: number;
  /** Whole days until it is due; 0 on the last day, less once it is over. */
  readonly left: number;
  readonly standing: 'fresh' | 'due-soon' | 'overdue';
};

/** When a secret is due that began at this instant: an operator's password when Safaricom took it, not when it was typed here. */
export function dueAt(kind: CredentialKind, since: UtcMs): UtcMs {
  return (since + LIFE_DAYS[kind] * DAY) as UtcMs;
}

/** How old a secret is now. A clock that was set back makes it no younger than new. */
export function ageOf(kind: CredentialKind, due: UtcMs, now: UtcMs): CredentialAge {
  const since = due - LIFE_DAYS[kind] * DAY;
  const days = Math.max(0, Math.floor((now - since) / DAY));
  const left = Math.floor((due - now) / DAY);
  if (now >= due) return { days, left, standing: 'overdue' };
  return { days, left, standing: now >= due - WARN_DAYS[kind] * DAY ? 'due-soon' : 'fresh' };
}
