import { succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { BookedSession } from '../access/session-book.ts';
import { type Actor, PROGRAM } from '../db/ledger.ts';
import { closeSession, type SessionEnd } from '../db/queries/sessions.ts';
import type { LedgerCore } from './core.ts';
import { recordSafely } from './record-safely.ts';

/** Why a session locked; `locked` = by the person's own hand. */
export type LockReason = 'idle' | 'suspended' | 'locked';

/** Ends a session. It is over at once, even where the ledger cannot be written. */
export function endSession(
  core: LedgerCore,
  access: Access,
  session: BookedSession,
  end: { readonly reason: SessionEnd; readonly actor: Actor; readonly tells: boolean },
): void {
  const { reason, actor, tells } = end;
  access.book.remove(session.id);
  recordSafely(core, 'a session could not be ended in the ledger', () =>
    core.ledger.act(actor, 'access.session-ended', `staff:${session.staffId}`, (db) => {
      closeSession(db, session.id, reason, core.now());
      return succeed({ value: undefined, details: { reason } });
    }),
  );
  if (tells && reason !== 'quit' && reason !== 'crashed')
    core.tell('session:ended', { reason, isLocked: false });
}

/** Ends every live session of one person: the role was taken away, the password reset, the person disabled. */
export function endSessionsOf(
  core: LedgerCore,
  access: Access,
  staffId: number,
  end: { readonly reason: SessionEnd; readonly actor: Actor },
): void {
  const session = access.book.ofPerson(staffId);
  if (session) endSession(core, access, session, { ...end, tells: true });
}

/** Locks an open session: it goes on when its person gives the password again. */
export function lockSession(
  core: LedgerCore,
  access: Access,
  session: BookedSession,
  reason: LockReason,
): void {
  if (session.phase !== 'open') return;
  access.book.change(session.id, { phase: 'locked', confirmedAt: null, offeredTotp: null });
  recordSafely(core, 'a lock could not be recorded', () =>
    core.ledger.act(actorOfBooked(session), 'access.locked', `staff:${session.staffId}`, () =>
      succeed({ value: undefined, details: { reason } }),
    ),
  );
  core.tell('session:ended', { reason, isLocked: true });
}

/** Locks or ends what time, a changed role or a disabled person has ended. */
export function settleSessions(core: LedgerCore, access: Access): void {
  for (const session of access.book.all()) {
    const fate = access.book.fateOf(session);
    if (fate === 'alive') continue;
    if (fate === 'idle' && session.phase === 'open') lockSession(core, access, session, 'idle');
    else endSession(core, access, session, { reason: fate, actor: PROGRAM, tells: true });
  }
}

/** The computer sleeps or its screen is locked: so is everything here. A half-made session is simply over. */
export function lockAllSessions(core: LedgerCore, access: Access, reason: LockReason): void {
  for (const session of access.book.all()) {
    if (session.phase === 'new-password')
      endSession(core, access, session, { reason: 'idle', actor: PROGRAM, tells: true });
    else lockSession(core, access, session, reason);
  }
}

/** The program is about to close. */
export function endAllSessions(core: LedgerCore, access: Access): void {
  for (const session of access.book.all())
    endSession(core, access, session, { reason: 'quit', actor: actorOfBooked(session), tells: false });
}

export function actorOfBooked(session: Pick<BookedSession, 'id' | 'staffId'>): Actor {
  return { staffId: session.staffId, session: session.id };
}
