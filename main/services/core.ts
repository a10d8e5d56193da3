import {
  type BusinessDay,
  businessDayOf,
  DAY,
  MINUTE,
  NAIROBI_OFFSET,
  startMinutesOf,
  type UtcMs,
} from '#shared/domain/time.ts';
import type { EventName, Payload } from '#shared/ipc/contract.ts';
import type { AuditKeeper } from '../audit/keeper.ts';
import type { Actor, ReadDb } from '../db/ledger.ts';
import type { OpenLedger } from '../db/open.ts';
import { selectDayStarts } from '../db/queries/tills.ts';
import type { Session } from '../ipc/session.ts';
import type { Log } from '../log/log.ts';
import type { Workers } from '../work/workers.ts';

/** What every service is given: the ledger, the threads, the clock, and a way to tell the windows. */
export type Core = {
  readonly ledger: OpenLedger;
  readonly workers: Workers;
  /** Signs the log, anchors it, and says what is wrong with it. */
  readonly audit: AuditKeeper;
  readonly now: () => UtcMs;
  readonly tell: <E extends EventName>(event: E, payload: Payload<E>) => void;
  readonly log: Log;
};

/** What signing in and out needs of it: no threads. */
export type LedgerCore = Omit<Core, 'workers' | 'audit'>;

export function actorOf(session: Session): Actor {
  return { staffId: session.staffId, session: session.id };
}

/** Which business day an instant belongs to, by the day starts the owner has set now. */
export function dayFinder(core: Pick<Core, 'ledger'>): (at: UtcMs) => BusinessDay {
  return dayNamer(core.ledger.read);
}

/** The same for whoever has only the books in hand, inside an act. */
export function dayNamer(db: ReadDb): (at: UtcMs) => BusinessDay {
  const starts = selectDayStarts(db);
  const nameDay = createDayNames();
  return (at) => {
    const calendar = nameDay(at, 0);
    const minutes = startMinutesOf(calendar, starts);
    return minutes === 0 ? calendar : nameDay(at, minutes);
  };
}

/** `businessDayOf` for many instants: each day is named once. */
function createDayNames(): (at: UtcMs, startMinutes: number) => BusinessDay {
  const names = new Map<number, BusinessDay>();
  return (at, startMinutes) => {
    const day = Math.floor((at + NAIROBI_OFFSET - startMinutes * MINUTE) / DAY);
    let name = names.get(day);
    if (name === undefined) {
      name = businessDayOf(at, startMinutes);
      names.set(day, name);
    }
    return name;
  };
}
