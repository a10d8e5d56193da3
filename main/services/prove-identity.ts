import { createHash } from 'node:crypto';
import {
  addFailure,
  DELAY_RULES,
  type DelayRule,
  recallTries,
  waitLeft,
} from '#shared/domain/access/delays.ts';
import { nameKeyOf } from '#shared/domain/access/name-key.ts';
import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { say } from '#shared/domain/message.ts';
import { DAY, SECOND, type UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { hashTotpRecoveryCode } from '../access/codes.ts';
import type { RefusedTry } from '../access/refused-try.ts';
import { matchTotp } from '../access/totp.ts';
import type { WriteDb } from '../db/ledger.ts';
import {
  hasRecoveryCode,
  type Login,
  replaceHash,
  saveTotpStep,
  selectLogin,
  spendRecoveryCode,
} from '../db/queries/logins.ts';
import { readSetting } from '../db/queries/settings.ts';
import { clearTries, dropOldTries, saveTries, selectTries } from '../db/queries/sign-in-delays.ts';
import type { Person } from '../db/queries/staff.ts';
import { makeMissingKey } from './approver-keys.ts';
import type { LedgerCore } from './core.ts';
import { recordEarlyTry, recordWrongTry } from './record-refused-try.ts';

/** What somebody says about themselves, and on which occasion. */
export type Claim = RefusedTry & {
  readonly person: Person | null;
  readonly typedName: string;
  readonly password: string;
  /** A code of the authenticator app, or a recovery code for it; null = none was given. */
  readonly code: string | null;
};

export type Proof = {
  readonly person: Person;
  readonly login: Login;
  readonly factor: 'password' | 'totp' | 'recovery-code';
  /** What the entry of that act says of it, beside the factor. */
  readonly facts: AuditDetails;
  /** Writes what the proof uses up. Belongs into the act that it allows. */
  readonly settle: (db: WriteDb) => void;
};

type Scope = { readonly name: string; readonly rule: DelayRule };

/**
 * Proves who somebody is, or refuses in the same words and after the same work whatever did not fit. Must run in turn
 * with every other proof. Writes a refusal at once; a proof is written by the act that it allows.
 */
export async function proveIdentity(
  core: LedgerCore,
  access: Access,
  claim: Claim,
): Promise<Result<Proof | 'code-needed'>> {
  const scopes = [scopeOf(claim), { name: 'computer', rule: DELAY_RULES.computer }] as const;
  const wait = Math.max(...scopes.map((scope) => waitOf(core, access, scope)));
  if (wait > 0) return refuseEarly(core, access, claim, scopes, wait);
  const { person, password } = claim;
  const login = person && selectLogin(core.ledger.read, person.id);
  const fits = await access.passwords.verify(login?.passwordHash ?? null, password);
  if (!fits || !person?.isActive || !login || login.spentAt !== null)
    return refuse(core, access, claim, scopes);
  const second = checkSecondFactor(core, login, claim);
  if (second === 'missing') return succeed('code-needed');
  if (second === 'wrong') return refuse(core, access, claim, scopes);
  const newHash = access.passwords.isOutdated(login.passwordHash)
    ? await access.passwords.hash(password)
    : null;
  // Whoever changes the password says the new one in a moment, and that one locks the key.
  const key =
    claim.occasion === 'change-password' ? null : await makeMissingKey(core, access, login, password);
  const settle = (db: WriteDb) => {
    clearTries(db, scopes[0].name);
    access.tries.clear(scopes[0].name);
    second.settle(db);
    if (newHash !== null) replaceHash(db, login, newHash);
    key?.settle(db);
  };
  return succeed({ person, login, factor: second.factor, facts: key?.facts ?? {}, settle });
}

/** By whichever clock it is longer: setting the one on the wall ends no wait. */
function waitOf(core: LedgerCore, access: Access, { name, rule }: Scope): number {
  const tries = selectTries(core.ledger.read, name);
  return Math.max(waitLeft(tries, rule, core.now()), access.tries.waitLeft(name, rule));
}

/** A made-up name waits as a real one does. Of what was typed, which may be a password, only 12 bits are kept. */
function scopeOf({ person, typedName }: Claim): Scope {
  if (person?.role === 'owner') return { name: `staff:${person.id}`, rule: DELAY_RULES.owner };
  if (person) return { name: `staff:${person.id}`, rule: DELAY_RULES.person };
  const digest = createHash('sha256').update(nameKeyOf(typedName)).digest('hex');
  return { name: `name:${digest.slice(0, 3)}`, rule: DELAY_RULES.person };
}

type SecondFactor = { readonly factor: Proof['factor']; readonly settle: (db: WriteDb) => void };

function checkSecondFactor(core: LedgerCore, login: Login, claim: Claim): SecondFactor | 'missing' | 'wrong' {
  const { staffId, totpSecret, totpLastStep } = login;
  // The second factor was given when the session began, and locking did not end it.
  if (totpSecret === null || claim.occasion === 'unlock')
    return { factor: 'password', settle: () => undefined };
  const code = claim.code?.trim() ?? '';
  if (code === '') return 'missing';
  const step = checkTotp(core, totpSecret, code, totpLastStep);
  if (step !== null) return { factor: 'totp', settle: (db) => saveTotpStep(db, staffId, step) };
  const hash = hashTotpRecoveryCode(staffId, code);
  if (!hasRecoveryCode(core.ledger.read, staffId, hash)) return 'wrong';
  return {
    factor: 'recovery-code',
    settle: (db) => spendRecoveryCode(db, staffId, hash, core.now()),
  };
}

/**
 * A code from the phone, by this PC's clock as it is set right by what was last learnt of Safaricom's; and by the clock as
 * it stands, which somebody may have put right since.
 */
export function checkTotp(
  core: Pick<LedgerCore, 'ledger' | 'now'>,
  secret: string,
  code: string,
  lastStep: number | null,
): number | null {
  const now = core.now();
  const offset = Number(readSetting(core.ledger.read, 'clock-offset-ms') ?? 0);
  const learnt = now + (Number.isSafeInteger(offset) ? offset : 0);
  return matchTotp(secret, code, learnt, lastStep) ?? matchTotp(secret, code, now, lastStep);
}

function refuse(core: LedgerCore, access: Access, claim: Claim, scopes: readonly Scope[]): Result<never> {
  const now = core.now();
  for (const { name, rule } of scopes) access.tries.addFailure(name, rule);
  const recorded = recordWrongTry(core, access, claim, (db) => {
    for (const { name, rule } of scopes) saveTries(db, name, addFailure(selectTries(db, name), rule, now));
    dropOldTries(db, (now - DAY) as UtcMs);
  });
  return recorded.ok ? fail('access/refused', say('access.refused')) : recorded;
}

/** Nothing is looked at before the wait is over, so a right password tells nothing either. */
function refuseEarly(
  core: LedgerCore,
  access: Access,
  claim: Claim,
  scopes: readonly Scope[],
  wait: number,
): Result<never> {
  const now = core.now();
  const isAhead = ({ name }: Scope) => selectTries(core.ledger.read, name).lastAt > now;
  // After a clock that was set back they are dated anew, or the wait would begin again with each try.
  const ahead = scopes.filter(isAhead);
  const redate = (db: WriteDb) => {
    for (const { name, rule } of ahead) saveTries(db, name, recallTries(selectTries(db, name), rule, now));
  };
  const recorded = recordEarlyTry(core, access, claim, ahead.length > 0 ? redate : null);
  if (!recorded.ok) return recorded;
  return fail('access/wait', say('access.wait', { seconds: Math.ceil(wait / SECOND) }));
}
