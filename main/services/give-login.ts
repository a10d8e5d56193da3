import { say } from '#shared/domain/message.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { makeStartingPassword } from '../access/starting-password.ts';
import { removeApproverKey } from '../db/queries/approver-keys.ts';
import { savePassword } from '../db/queries/logins.ts';
import { clearTries } from '../db/queries/sign-in-delays.ts';
import { insertPerson, isNameTaken } from '../db/queries/staff.ts';
import type { Session } from '../ipc/session.ts';
import { recordChange } from './audit/record-change.ts';
import { findOther, tellStaff } from './change-staff.ts';
import { actorOf, type Core } from './core.ts';
import { endSessionsOf } from './end-session.ts';

/** A new person, who signs in once with the password that is handed back and then chooses another. It is kept nowhere. */
export function addPerson(
  core: Core,
  access: Access,
  session: Session,
  { name, role }: Input<'staff:add'>,
): Promise<Result<Output<'staff:add'>>> {
  return access.inTurn(async () => {
    if (isNameTaken(core.ledger.read, name, null)) return refuseName();
    const startingPassword = makeStartingPassword();
    const hash = await access.passwords.hash(startingPassword);
    if (isNameTaken(core.ledger.read, name, null)) return refuseName();
    const added = core.ledger.act(actorOf(session), 'staff.added', 'staff', (db) => {
      const staffId = insertPerson(db, name, role, core.now());
      savePassword(db, { staffId, hash, isSingleUse: true, isShort: false, at: core.now() });
      const subject = `staff:${staffId}`;
      const details = recordChange(db, subject, null, { name, role });
      return succeed({ value: { startingPassword }, subject, details });
    });
    if (added.ok) tellStaff(core);
    return added;
  });
}

/** A password for one more first time, for somebody who forgot theirs. The old one, and an open session, end at once. */
export function resetPassword(
  core: Core,
  access: Access,
  session: Session,
  { staffId }: Input<'staff:reset-password'>,
): Promise<Result<Output<'staff:reset-password'>>> {
  return access.inTurn(async () => {
    const found = findOther(core, session, staffId);
    if (!found.ok) return found;
    const startingPassword = makeStartingPassword();
    const hash = await access.passwords.hash(startingPassword);
    const actor = actorOf(session);
    const subject = `staff:${staffId}`;
    const reset = core.ledger.act(actor, 'staff.password-reset', subject, (db) => {
      savePassword(db, { staffId, hash, isSingleUse: true, isShort: false, at: core.now() });
      // Whoever forgot a password has tried it: those tries count no more.
      clearTries(db, subject);
      access.tries.clear(subject);
      // Only the forgotten password opened it.
      const lostApproverKey = removeApproverKey(db, staffId);
      return succeed({ value: { startingPassword }, details: { lostApproverKey } });
    });
    if (!reset.ok) return reset;
    endSessionsOf(core, access, staffId, { reason: 'by-owner', actor });
    tellStaff(core);
    return reset;
  });
}

function refuseName() {
  return fail('access/name-taken', say('staff.name-taken'));
}
