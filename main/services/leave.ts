import type { WindowName } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { Session } from '../ipc/session.ts';
import type { LedgerCore } from './core.ts';
import { actorOfBooked, endSession, lockSession } from './end-session.ts';

type Nothing = Record<string, never>;

/** Signs out whoever is at the window, a locked session included. Nobody there is no fault. */
export function signOut(core: LedgerCore, access: Access, window: WindowName): Result<Nothing> {
  const session = access.book.of(window);
  if (session) {
    const actor = actorOfBooked(session);
    endSession(core, access, session, { reason: 'signed-out', actor, tells: true });
  }
  return succeed({});
}

/** Locks one's own session. */
export function lock(core: LedgerCore, access: Access, session: Session): Result<Nothing> {
  const booked = access.book.of(session.window);
  if (booked?.id === session.id) lockSession(core, access, booked, 'locked');
  return succeed({});
}

/** Somebody moved the mouse or typed: the session is not idle. */
export function noteInput(access: Access, session: Session): Result<Nothing> {
  access.book.change(session.id, { activeAt: access.book.instant() });
  return succeed({});
}
