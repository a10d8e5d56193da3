import { randomBytes } from 'node:crypto';
import { say } from '#shared/domain/message.ts';
import type { WindowName } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { SessionPhase } from '../access/session-book.ts';
import { PROGRAM, type WriteDb } from '../db/ledger.ts';
import { mustLengthen, spendStartingPassword } from '../db/queries/logins.ts';
import { insertSession } from '../db/queries/sessions.ts';
import { readSetting, writeSetting } from '../db/queries/settings.ts';
import { type Person, selectPersonByName } from '../db/queries/staff.ts';
import type { LedgerCore } from './core.ts';
import { endSession } from './end-session.ts';
import { type Proof, proveIdentity } from './prove-identity.ts';

export type Next = { readonly next: 'open' | 'code' | 'new-password' };

const NOBODY = { staffId: null, session: null } as const;

/** Signs a person in at a window. Whoever was signed in there, and the same person anywhere else, is signed out. */
export function signIn(
  core: LedgerCore,
  access: Access,
  given: { readonly name: string; readonly password: string; readonly code: string | null },
  window: WindowName,
): Promise<Result<Next>> {
  return access.inTurn(async () => {
    const { name, password, code } = given;
    const person = selectPersonByName(core.ledger.read, name);
    const startedAt = performance.now();
    const proved = await proveIdentity(core, access, {
      person,
      typedName: name,
      password,
      code,
      occasion: 'sign-in',
      actor: NOBODY,
    });
    if (!proved.ok) return proved;
    if (proved.value === 'code-needed') return askForCode(core, person);
    return startProved(core, access, proved.value, window, Math.round(performance.now() - startedAt));
  });
}

/** The password was right: that is on the record even when no code follows, for it may have been stolen. */
function askForCode(core: LedgerCore, person: Person | null): Result<Next> {
  return core.ledger.act(NOBODY, 'access.code-asked', `staff:${person?.id}`, () =>
    succeed({ value: { next: 'code' } as const, details: {} }),
  );
}

function startProved(
  core: LedgerCore,
  access: Access,
  proof: Proof,
  window: WindowName,
  tookMs: number,
): Result<Next> {
  const { person, login, factor, facts } = proof;
  const mustChoose = login.isSingleUse || mustLengthen(login);
  // A starting password would be spent here, where no other can be chosen.
  if (mustChoose && access.host === 'cli') return fail('access/out-of-order', say('access.choose-in-window'));
  const phase = mustChoose ? 'new-password' : 'open';
  const started = startSession(core, access, { person, phase, window, factor, facts }, (db) => {
    proof.settle(db);
    if (login.isSingleUse) spendStartingPassword(db, person.id, core.now());
    if (readSetting(db, 'password-check-ms') === null) writeSetting(db, 'password-check-ms', String(tookMs));
  });
  return started.ok ? succeed({ next: phase }) : started;
}

/** Opens the session of somebody who has proved who they are, or who has just become the owner. Returns its id. */
export function startSession(
  core: LedgerCore,
  access: Access,
  session: {
    readonly person: Pick<Person, 'id' | 'role'>;
    readonly phase: Exclude<SessionPhase, 'locked'>;
    readonly window: WindowName;
    readonly factor: Proof['factor'] | 'none';
    readonly facts?: Proof['facts'];
  },
  write: (db: WriteDb) => void = () => undefined,
): Result<string> {
  const { person, phase, window, factor, facts = {} } = session;
  const id = randomBytes(32).toString('hex');
  const before = access.book.of(window);
  const elsewhere = access.book.ofPerson(person.id);
  const started = core.ledger.act(
    { staffId: person.id, session: id },
    'access.signed-in',
    'session',
    (db) => {
      write(db);
      insertSession(db, { id, staffId: person.id, host: access.host, at: core.now() });
      return succeed({ value: id, details: { ...facts, host: access.host, factor, phase } });
    },
  );
  if (!started.ok) return started;
  if (elsewhere)
    endSession(core, access, elsewhere, {
      reason: 'elsewhere',
      actor: PROGRAM,
      // The page that signs in needs no word about itself.
      tells: elsewhere.window !== window,
    });
  if (before && before !== elsewhere)
    endSession(core, access, before, { reason: 'signed-out', actor: PROGRAM, tells: false });
  const instant = access.book.instant();
  access.book.add({
    id,
    staffId: person.id,
    window,
    role: person.role,
    phase,
    startedAt: instant,
    activeAt: instant,
    confirmedAt: null,
    offeredTotp: null,
  });
  return started;
}
