import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { businessDayOf, MINUTE } from '#shared/domain/time.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import type { Actor } from '../db/ledger.ts';
import type { OpenLedger } from '../db/open.ts';
import { type DayStart, selectDayStarts } from '../db/queries/tills.ts';
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

/** Days begin on a minute, so all instants of a minute share their day. */
const MINUTES_KEPT = 10_000;

/** Which business day an instant belongs to, by the day starts the owner has set now. */
export function dayFinder(core: Pick<Core, 'ledger'>): (at: UtcMs) => BusinessDay {
  const starts = selectDayStarts(core.ledger.read);
  const days = new Map<number, BusinessDay>();
  return (at) => {
    const minute = Math.floor(at / MINUTE);
    let day = days.get(minute);
    if (day === undefined) {
      day = findDay(at, starts);
      if (days.size >= MINUTES_KEPT) days.clear();
      days.set(minute, day);
    }
    return day;
  };
}

function findDay(at: UtcMs, starts: readonly DayStart[]): BusinessDay {
  const calendar = businessDayOf(at);
  if (starts.length === 0) return calendar;
  let minutes = 0;
  for (const start of starts) if (start.fromDay <= calendar) minutes = start.minutes;
  return businessDayOf(at, minutes);
}
