import { say } from '#shared/domain/message.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import {
  countActiveOwners,
  selectApproval,
  setActive,
  setApproval,
  setRole,
} from '../db/queries/change-staff.ts';
import { removeTotp, selectLogin } from '../db/queries/logins.ts';
import { type Person, selectPerson } from '../db/queries/staff.ts';
import type { Session } from '../ipc/session.ts';
import { dropKeyOfNoApprover } from './approver-keys.ts';
import { recordChange } from './audit/record-change.ts';
import { actorOf, type Core } from './core.ts';
import { endSession, endSessionsOf } from './end-session.ts';

type Done = Result<Record<string, never>>;
export type Refused = { ok: false; error: Failure };

/** Gives a person another role. The open session ends at once: it was that of the old role. */
export function changeRole(
  core: Core,
  access: Access,
  session: Session,
  { staffId, role }: Input<'staff:set-role'>,
): Done {
  const found = findOther(core, session, staffId);
  if (!found.ok) return found;
  const { value: person } = found;
  if (person.role === role) return succeed({});
  if (person.role === 'owner' && isLastOwner(core, person)) return refuseLastOwner();
  const actor = actorOf(session);
  const subject = `staff:${staffId}`;
  const changed = core.ledger.act(actor, 'staff.role-set', subject, (db) => {
    setRole(db, staffId, role);
    dropKeyOfNoApprover(db, staffId);
    return succeed({ value: {}, details: recordChange(db, subject, { role: person.role }, { role }) });
  });
  if (!changed.ok) return changed;
  endSessionsOf(core, access, staffId, { reason: 'changed', actor });
  return tellStaff(core);
}

/** Shuts a person out, or lets them in again. Nothing is deleted. */
export function changeActive(
  core: Core,
  access: Access,
  session: Session,
  { staffId, isActive }: Input<'staff:set-active'>,
): Done {
  const found = findOther(core, session, staffId);
  if (!found.ok) return found;
  const { value: person } = found;
  if (person.isActive === isActive) return succeed({});
  if (!isActive && person.role === 'owner' && isLastOwner(core, person)) return refuseLastOwner();
  const actor = actorOf(session);
  const action = isActive ? 'staff.enabled' : 'staff.disabled';
  const subject = `staff:${staffId}`;
  const changed = core.ledger.act(actor, action, subject, (db) => {
    setActive(db, staffId, isActive, core.now());
    dropKeyOfNoApprover(db, staffId);
    return succeed({ value: {}, details: recordChange(db, subject, { isActive: !isActive }, { isActive }) });
  });
  if (!changed.ok) return changed;
  endSessionsOf(core, access, staffId, { reason: 'changed', actor });
  return tellStaff(core);
}

/** Takes away a second factor that was lost. The password alone opens until the person sets up another. */
export function resetTotp(
  core: Core,
  access: Access,
  session: Session,
  { staffId }: Input<'staff:reset-totp'>,
): Done {
  const found = findOther(core, session, staffId);
  if (!found.ok) return found;
  if (!selectLogin(core.ledger.read, staffId)?.totpSecret)
    return fail('access/out-of-order', say('staff.no-second-factor'));
  const actor = actorOf(session);
  const reset = core.ledger.act(actor, 'staff.totp-reset', `staff:${staffId}`, (db) => {
    removeTotp(db, staffId);
    return succeed({ value: {}, details: {} });
  });
  if (!reset.ok) return reset;
  endSessionsOf(core, access, staffId, { reason: 'by-owner', actor });
  return tellStaff(core);
}

/** Signs a person out, wherever they are. They may sign in again. */
export function endSessions(
  core: Core,
  access: Access,
  session: Session,
  { staffId }: Input<'staff:end-sessions'>,
): Done {
  const found = findOther(core, session, staffId);
  if (!found.ok) return found;
  const open = access.book.ofPerson(staffId);
  if (!open) return fail('access/out-of-order', say('staff.no-session'));
  endSession(core, access, open, { reason: 'by-owner', actor: actorOf(session), tells: true });
  return tellStaff(core);
}

/**
 * Lets a manager send money back within two amounts, or no longer. Owners may without being asked; others never. A
 * password alone must do only where the owner says so in words, and then the log says it too.
 */
export function changeApproval(
  core: Core,
  session: Session,
  { staffId, isApprover, capCents, dayCapCents, refusesTotp }: Input<'staff:set-approver'>,
): Done {
  const found = findOther(core, session, staffId);
  if (!found.ok) return found;
  if (found.value.role !== 'manager' || !found.value.isActive)
    return fail('ledger/bad-input', say('staff.approver-is-manager'));
  if (isApprover && (capCents === null || dayCapCents === null || dayCapCents < capCents))
    return fail('ledger/bad-input', say('staff.caps-needed'));
  const hasTotp = selectLogin(core.ledger.read, staffId)?.totpSecret != null;
  if (isApprover && !hasTotp && !refusesTotp)
    return fail('access/out-of-order', say('staff.approver-needs-factor', { name: found.value.name }));
  const after = isApprover && capCents !== null && dayCapCents !== null ? { capCents, dayCapCents } : null;
  const factor = hasTotp ? 'totp' : 'password';
  const before = selectApproval(core.ledger.read, staffId);
  const subject = `staff:${staffId}`;
  const changed = core.ledger.act(actorOf(session), 'staff.approval-set', subject, (db) => {
    setApproval(db, staffId, after);
    dropKeyOfNoApprover(db, staffId);
    return succeed({ value: {}, details: recordChange(db, subject, before, after && { ...after, factor }) });
  });
  return changed.ok ? tellStaff(core) : changed;
}

/** Somebody else of the staff: one's own login is changed under one's own name, one's own rights by another owner. */
export function findOther(core: Core, session: Session, staffId: number): Result<Person> {
  if (staffId === session.staffId) return fail('access/out-of-order', say('staff.not-yourself'));
  const person = selectPerson(core.ledger.read, staffId);
  return person ? succeed(person) : fail('ledger/not-found', say('staff.not-found'));
}

/** True when the shop would be left without anybody who may do everything. */
function isLastOwner(core: Core, person: Person): boolean {
  return person.isActive && countActiveOwners(core.ledger.read) <= 1;
}

function refuseLastOwner(): Refused {
  return fail('access/last-owner', say('staff.last-owner'));
}

export function tellStaff(core: Core): Done {
  core.tell('ledger:changed', { areas: ['staff'] });
  return succeed({});
}
