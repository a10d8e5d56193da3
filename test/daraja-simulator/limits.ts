import { SECOND } from '#shared/domain/time.ts';
import type { Fault } from './fault.ts';
import { unreached } from './fault.ts';
import type { World } from './world.ts';

/** Counts the calls of each app; gives the gateway's refusal of the one that is too many. */
export type Limits = { readonly count: (authorization: string | null) => Fault | null };

export function openLimits({ rules, clock, tokens }: Pick<World, 'rules' | 'clock' | 'tokens'>): Limits {
  const callers = new Map<string, { total: number; recent: number[] }>();
  const count: Limits['count'] = (authorization) => {
    const app = tokens.appOf(authorization?.replace(/^Bearer /, '') ?? '');
    // Asking for a token is not counted, and who has none is refused anyway.
    if (app === null) return null;
    const caller = app.consumerKey;
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
