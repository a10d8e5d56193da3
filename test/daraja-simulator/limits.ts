import { SECOND } from '#shared/domain/time.ts';
import type { Fault } from './fault.ts';
import { unreached } from './fault.ts';
import type { World } from './world.ts';

/** Counts the calls behind a token; gives the gateway's refusal of the one that is too many. */
export type Limits = { readonly count: (caller: string) => Fault | null };

export function openLimits({ rules, clock }: Pick<World, 'rules' | 'clock'>): Limits {
  const callers = new Map<string, { total: number; recent: number[] }>();
  const count = (caller: string): Fault | null => {
    const now = clock.now();
    const known = callers.get(caller) ?? { total: 0, recent: [] };
    const recent = [...known.recent.filter((at) => now - at < SECOND), now];
    callers.set(caller, { total: known.total + 1, recent });
    if (rules.quota !== null && known.total >= rules.quota) return unreached.quotaViolation();
    return rules.callsPerSecond !== null && recent.length > rules.callsPerSecond
      ? unreached.spikeArrest()
      : null;
  };
  return { count };
}
