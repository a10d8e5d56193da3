import { MIN_LENGTH } from '#shared/domain/access/password-rules.ts';
import { say } from '#shared/domain/message.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { hashTotpRecoveryCode, makeTotpRecoveryCodes } from '../access/codes.ts';
import { makeTotpOffer, type TotpOffer } from '../access/totp.ts';
import type { WriteDb } from '../db/ledger.ts';
import {
  countRecoveryCodes,
  type Login,
  removeTotp,
  replaceRecoveryCodes,
  saveTotp,
  selectLogin,
} from '../db/queries/logins.ts';
import { selectReplacedAt, selectSignInBefore } from '../db/queries/sessions.ts';
import { readSetting } from '../db/queries/settings.ts';
import type { Session } from '../ipc/session.ts';
import { actorOf, type LedgerCore } from './core.ts';
import { outOfOrder } from './out-of-order.ts';
import { checkTotp } from './prove-identity.ts';

type RecoveryCodes = { readonly recoveryCodes: string[] };

/** One's own login. */
export function showAccount(
  core: LedgerCore,
  access: Access,
  session: Session,
): Result<Output<'account:show'>> {
  const db = core.ledger.read;
  const booked = access.book.ofPerson(session.staffId);
  const login = selectLogin(db, session.staffId);
  if (!booked || !login) return outOfOrder();
  return succeed({
    name: session.name,
    role: session.role,
    passwordSetAt: login.setAt,
    totpSince: login.totpSince,
    recoveryCodesLeft: countRecoveryCodes(db, session.staffId),
    signedInAt: booked.startedAt.at,
    previousSignInAt: selectSignInBefore(db, session.staffId, session.id),
    otherSessionEndedAt: selectReplacedAt(db, session.staffId, booked.startedAt.at),
  });
}

/** Offers a second factor. Nothing is kept until its first code has been typed. */
export function offerTotp(core: LedgerCore, access: Access, session: Session): Result<TotpOffer> {
  if (loginOf(core, session).totpSecret !== null) return outOfOrder();
  const offer = makeTotpOffer(session.name, readSetting(core.ledger.read, 'shop-name') ?? '');
  access.book.change(session.id, { offeredTotp: offer.secret });
  return succeed(offer);
}

/** Switches the offered second factor on, and hands out the codes that stand in for it. */
export function acceptTotp(
  core: LedgerCore,
  access: Access,
  session: Session,
  code: string,
): Result<RecoveryCodes> {
  const secret = access.book.ofPerson(session.staffId)?.offeredTotp ?? null;
  if (secret === null || loginOf(core, session).totpSecret !== null) return outOfOrder();
  const step = checkTotp(core, secret, code, null);
  if (step === null) return fail('access/refused', say('access.totp-mismatch'));
  const accepted = core.ledger.act(
    actorOf(session),
    'account.totp-switched-on',
    `staff:${session.staffId}`,
    (db) => {
      const recoveryCodes = switchTotpOn(db, { staffId: session.staffId, secret, step, at: core.now() });
      return succeed({ value: { recoveryCodes }, details: {} });
    },
  );
  if (accepted.ok) access.book.change(session.id, { offeredTotp: null });
  return accepted;
}

/** Keeps a second factor whose first code has fitted. Returns its recovery codes, which are shown once. */
export function switchTotpOn(db: WriteDb, totp: Parameters<typeof saveTotp>[1]): string[] {
  saveTotp(db, totp);
  return giveRecoveryCodes(db, totp.staffId);
}

function giveRecoveryCodes(db: WriteDb, staffId: number): string[] {
  const codes = makeTotpRecoveryCodes();
  replaceRecoveryCodes(
    db,
    staffId,
    codes.map((code) => hashTotpRecoveryCode(staffId, code)),
  );
  return codes;
}

/** Goes without a second factor again, with a password that is long enough to stand alone. */
export function dropTotp(core: LedgerCore, session: Session): Result<Record<string, never>> {
  const { totpSecret, isShort } = loginOf(core, session);
  if (totpSecret === null) return outOfOrder();
  if (isShort) return fail('access/weak-password', say('account.longer-first', { least: MIN_LENGTH }));
  return core.ledger.act(actorOf(session), 'account.totp-switched-off', `staff:${session.staffId}`, (db) => {
    removeTotp(db, session.staffId);
    return succeed({ value: {}, details: {} });
  });
}

/** New recovery codes for the second factor; the old ones open nothing any more. */
export function renewRecoveryCodes(core: LedgerCore, session: Session): Result<RecoveryCodes> {
  if (loginOf(core, session).totpSecret === null) return outOfOrder();
  return core.ledger.act(
    actorOf(session),
    'account.recovery-codes-renewed',
    `staff:${session.staffId}`,
    (db) => {
      const recoveryCodes = giveRecoveryCodes(db, session.staffId);
      return succeed({ value: { recoveryCodes }, details: {} });
    },
  );
}

function loginOf(core: LedgerCore, session: Session): Login {
  const login = selectLogin(core.ledger.read, session.staffId);
  if (!login) throw new Error('somebody is signed in without a login');
  return login;
}
