import { isShortPassword, toHashedForm } from '#shared/domain/access/password-rules.ts';
import { say } from '#shared/domain/message.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { savePassword, selectLogin } from '../db/queries/logins.ts';
import { selectPerson } from '../db/queries/staff.ts';
import type { Session } from '../ipc/session.ts';
import { followPassword, makeMissingKey } from './approver-keys.ts';
import { actorOf, type LedgerCore } from './core.ts';
import { actorOfBooked, settleSessions } from './end-session.ts';
import { outOfOrder } from './out-of-order.ts';
import { refuseWeak } from './password-problems.ts';
import { proveIdentity } from './prove-identity.ts';
import { refuseWithoutCode } from './refuse-without-code.ts';
import type { Next } from './sign-in.ts';

/** Replaces a starting password, or one that became too short, with which somebody has just signed in; only then the window opens. */
export function choosePassword(
  core: LedgerCore,
  access: Access,
  password: string,
  window: WindowName,
): Promise<Result<Next>> {
  return access.inTurn(async () => {
    settleSessions(core, access);
    const session = access.book.of(window);
    const person = session && selectPerson(core.ledger.read, session.staffId);
    const login = session && selectLogin(core.ledger.read, session.staffId);
    if (session?.phase !== 'new-password' || !person || !login) return outOfOrder();
    const hasTotp = login.totpSecret !== null;
    const weak = refuseWeak(core, { password, name: person.name, hasTotp });
    if (weak) return weak;
    if (await access.passwords.verify(login.passwordHash, password)) return refuseSame();
    const hash = await access.passwords.hash(password);
    const key = await makeMissingKey(
      core,
      access,
      { ...login, isSingleUse: false, isShort: false },
      password,
    );
    if (access.book.of(window)?.id !== session.id) return outOfOrder();
    const subject = `staff:${person.id}`;
    const isShort = isShortPassword(password);
    const chosen = core.ledger.act(actorOfBooked(session), 'account.password-chosen', subject, (db) => {
      savePassword(db, { staffId: person.id, hash, isSingleUse: false, isShort, at: core.now() });
      key?.settle(db);
      return succeed({ value: undefined, details: key?.facts ?? {} });
    });
    if (!chosen.ok) return chosen;
    access.book.change(session.id, { phase: 'open', activeAt: access.book.instant() });
    return succeed({ next: 'open' });
  });
}

/** Changes one's own password, which is asked for first. The session goes on. */
export function changePassword(
  core: LedgerCore,
  access: Access,
  session: Session,
  given: { readonly current: string; readonly code: string | null; readonly password: string },
): Promise<Result<Record<string, never>>> {
  return access.inTurn(async () => {
    const person = selectPerson(core.ledger.read, session.staffId);
    if (!person) return outOfOrder();
    const actor = actorOf(session);
    const { current, code, password } = given;
    const claim = { person, typedName: person.name, password: current, code, actor } as const;
    const proved = await proveIdentity(core, access, { ...claim, occasion: 'change-password' });
    if (!proved.ok) return proved;
    const proof = proved.value;
    if (proof === 'code-needed') return refuseWithoutCode();
    if (toHashedForm(password) === toHashedForm(current)) return refuseSame();
    const hasTotp = proof.login.totpSecret !== null;
    const weak = refuseWeak(core, { password, name: person.name, hasTotp });
    if (weak) return weak;
    const hash = await access.passwords.hash(password);
    const key = await followPassword(core, access, person.id, { from: current, to: password });
    const isShort = isShortPassword(password);
    return core.ledger.act(actor, 'account.password-changed', `staff:${person.id}`, (db) => {
      proof.settle(db);
      savePassword(db, { staffId: person.id, hash, isSingleUse: false, isShort, at: core.now() });
      key?.settle(db);
      return succeed({ value: {}, details: key?.facts ?? {} });
    });
  });
}

function refuseSame() {
  return fail('access/weak-password', say('access.password.same'));
}
