import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import type { Actor } from '../db/ledger.ts';
import type { OpenLedger } from '../db/open.ts';
import { selectDayStarts } from '../db/queries/tills.ts';
import type { Session } from '../ipc/session.ts';
import type { Log } from '../log/log.ts';
import type { Workers } from '../work/workers.ts';

/** What every service is given: the ledger, the threads, the clock, and a way to tell the windows. */
export type Core = {
  readonly ledger: OpenLedger;
  readonly workers: Workers;
  readonly now: () => UtcMs;
  readonly tell: <E extends EventName>(event: E, payload: Payload<E>) => void;
  readonly log: Log;
};

export function actorOf(session: Session): Actor {
  return { staffId: session.staffId, session: session.id };
}

/** Which business day an instant belongs to, by the day starts the owner has set. */
export function dayFinder(core: Pick<Core, 'ledger'>): (at: UtcMs) => BusinessDay {
  const starts = selectDayStarts(core.ledger.read);
  if (starts.length === 0) return (at) => businessDayOf(at);
  return (at) => {
    const calendar = businessDayOf(at);
    let minutes = 0;
    for (const start of starts) if (start.fromDay <= calendar) minutes = start.minutes;
    return businessDayOf(at, minutes);
  };
}
