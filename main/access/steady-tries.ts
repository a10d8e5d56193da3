import { addFailure, type DelayRule, NO_TRIES, type Tries, waitLeft } from '#shared/domain/access/delays.ts';
import type { UtcMs } from '#shared/domain/time.ts';

/**
 * The wrong tries of this run by the clock that only runs forward. Those in the books are dated by the clock on the
 * wall: whoever sets that ahead must wait all the same.
 */
export type SteadyTries = {
  /** Milliseconds until the next try of this scope is looked at; 0 = now. */
  readonly waitLeft: (scope: string, rule: DelayRule) => number;
  readonly addFailure: (scope: string, rule: DelayRule) => void;
  readonly clear: (scope: string) => void;
};

/** `ticks` are milliseconds of a clock that nobody can set. */
export function openSteadyTries(ticks: () => number): SteadyTries {
  const tries = new Map<string, Tries>();
  const of = (scope: string) => tries.get(scope) ?? NO_TRIES;
  // The rules only subtract one instant from another, so they hold for either clock.
  const now = () => ticks() as UtcMs;
  return {
    waitLeft: (scope, rule) => waitLeft(of(scope), rule, now()),
    addFailure: (scope, rule) => {
      tries.set(scope, addFailure(of(scope), rule, now()));
    },
    clear: (scope) => {
      tries.delete(scope);
    },
  };
}
