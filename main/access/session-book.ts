import type { Session, SessionFor } from '#main/ipc/session.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { CONFIRM_LIMIT, type Instant, isConfirmed, lifeOf } from '#shared/domain/access/session-life.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WindowName } from '#shared/ipc/contract.ts';

/** `new-password`: began with a starting password, which must be replaced before anything is shown. */
export type SessionPhase = 'open' | 'locked' | 'new-password';

/** One live session. The ledger's row of it says only when it began and how it ended. */
export type BookedSession = {
  readonly id: string;
  readonly staffId: number;
  readonly window: WindowName;
  /** As it was when the session began; with another one the session is over. */
  readonly role: Role;
  readonly phase: SessionPhase;
  readonly startedAt: Instant;
  /** The last input of the person. */
  readonly activeAt: Instant;
  readonly confirmedAt: Instant | null;
  /** A second factor that was offered and waits for its first code. */
  readonly offeredTotp: string | null;
};

/** Why a session no longer is what it was; `changed` = the role was taken away or the person disabled. */
export type SessionFate = 'alive' | 'idle' | 'too-long' | 'changed';

export type SessionBook = {
  /** The person at a window, while the session is open and nothing has ended it. What the router asks. */
  readonly sessionFor: SessionFor;
  /** Whatever session the window has, locked ones included. */
  readonly of: (window: WindowName) => BookedSession | null;
  readonly ofPerson: (staffId: number) => BookedSession | null;
  readonly all: () => readonly BookedSession[];
  readonly fateOf: (session: BookedSession) => SessionFate;
  /** Throws when the person or the window has one already: that one must be ended first, and on the record. */
  readonly add: (session: BookedSession) => void;
  readonly change: (id: string, change: Partial<Omit<BookedSession, 'id' | 'staffId' | 'window'>>) => void;
  readonly remove: (id: string) => void;
  readonly instant: () => Instant;
};

/** The name and role of a person as the books have them now; null when there is no such person or it is disabled. */
export type PersonNow = (staffId: number) => { readonly name: string; readonly role: Role } | null;

/** Who is signed in, in memory: at most one session a person, and one a window. */
export function openSessionBook(options: {
  readonly now: () => UtcMs;
  /** Milliseconds of a clock that nobody can set. */
  readonly ticks: () => number;
  readonly personNow: PersonNow;
}): SessionBook {
  const { now, ticks, personNow } = options;
  const live = new Map<string, BookedSession>();
  const find = (fits: (session: BookedSession) => boolean) => [...live.values()].find(fits) ?? null;
  const instant = (): Instant => ({ at: now(), ticks: ticks() });
  const of = (window: WindowName) => find((session) => session.window === window);
  const ofPerson = (staffId: number) => find((session) => session.staffId === staffId);

  function fateOf(session: BookedSession): SessionFate {
    if (personNow(session.staffId)?.role !== session.role) return 'changed';
    const life = lifeOf(session, instant());
    // A locked session has nothing more to lose by nobody being there.
    return life === 'idle' && session.phase === 'locked' ? 'alive' : life;
  }

  return {
    of,
    ofPerson,
    fateOf,
    instant,
    all: () => [...live.values()],
    sessionFor: (window) => {
      const session = of(window);
      if (session?.phase !== 'open' || fateOf(session) !== 'alive') return null;
      const person = personNow(session.staffId);
      return person && toSession(session, person, instant());
    },
    add: (session) => {
      if (of(session.window) || ofPerson(session.staffId)) throw new Error('a session is open already');
      live.set(session.id, session);
    },
    change: (id, change) => {
      const session = live.get(id);
      if (session) live.set(id, { ...session, ...change });
    },
    remove: (id) => {
      live.delete(id);
    },
  };
}

function toSession(
  session: BookedSession,
  person: { readonly name: string; readonly role: Role },
  now: Instant,
): Session {
  const { id, staffId, window, confirmedAt } = session;
  const confirmedUntil =
    confirmedAt && isConfirmed(confirmedAt, now) ? ((confirmedAt.at + CONFIRM_LIMIT) as UtcMs) : null;
  return { id, staffId, name: person.name, role: person.role, window, confirmedUntil };
}
