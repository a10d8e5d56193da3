import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import type { Access } from '../access/access.ts';
import { makeApproverKey, rewrapApproverKey } from '../access/approver-key.ts';
import type { WriteDb } from '../db/ledger.ts';
import {
  insertApproverKey,
  mayApprove,
  removeApproverKey,
  rewrapStoredKey,
  selectApproverKey,
} from '../db/queries/approver-keys.ts';
import { type Login, mustLengthen } from '../db/queries/logins.ts';
import type { LedgerCore } from './core.ts';

/** What is to be written of a key, inside the act for which the password was typed. */
export type KeyStep = {
  readonly facts: AuditDetails;
  readonly settle: (db: WriteDb) => void;
};

/**
 * Whoever may approve gets a key of their own at the first moment their password is known; from then on this costs
 * nothing. Null where there is nothing to do. A password that must be replaced at once locks no key.
 */
export async function makeMissingKey(
  core: LedgerCore,
  access: Pick<Access, 'passwords'>,
  login: Pick<Login, 'staffId' | 'isSingleUse' | 'isShort' | 'totpSecret'>,
  password: string,
): Promise<KeyStep | null> {
  const { staffId } = login;
  if (login.isSingleUse || mustLengthen(login)) return null;
  if (!mayApprove(core.ledger.read, staffId) || selectApproverKey(core.ledger.read, staffId)) return null;
  return makeKey(core, access, staffId, password);
}

/** At a change of the password the key follows it, and what is sealed to it stays readable. */
export async function followPassword(
  core: LedgerCore,
  access: Access,
  staffId: number,
  change: { readonly from: string; readonly to: string },
): Promise<KeyStep | null> {
  if (!mayApprove(core.ledger.read, staffId)) return null;
  const key = selectApproverKey(core.ledger.read, staffId);
  if (key === null) return makeKey(core, access, staffId, change.to);
  const again = await rewrapApproverKey(access.passwords, ownerOf(core, staffId), key, change);
  // The right password does not open it: it was changed, or put there by something else. A new one takes its place.
  if (again === null) return makeKey(core, access, staffId, change.to);
  return { facts: { approverKey: 'kept' }, settle: (db) => rewrapStoredKey(db, staffId, again) };
}

/** Whoever may no longer send money back loses the key, and with it what was sealed to it. */
export function dropKeyOfNoApprover(db: WriteDb, staffId: number): void {
  if (!mayApprove(db, staffId)) removeApproverKey(db, staffId);
}

export function ownerOf(core: Pick<LedgerCore, 'ledger'>, staffId: number) {
  return { ledgerId: core.ledger.file.id, staffId };
}

async function makeKey(
  core: LedgerCore,
  access: Pick<Access, 'passwords'>,
  staffId: number,
  password: string,
): Promise<KeyStep> {
  const before = selectApproverKey(core.ledger.read, staffId);
  const key = await makeApproverKey(access.passwords, ownerOf(core, staffId), password);
  return {
    facts: { approverKey: 'made', publicKey: key.publicKey.toString('hex') },
    settle: (db) => {
      const now = selectApproverKey(db, staffId);
      const isAsBefore = now === null ? before === null : before?.publicKey.equals(now.publicKey) === true;
      // The role may have been taken away while the key was being made.
      if (isAsBefore && mayApprove(db, staffId)) insertApproverKey(db, staffId, key, core.now());
    },
  };
}
