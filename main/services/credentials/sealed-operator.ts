import { say } from '#shared/domain/message.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../../access/access.ts';
import { openApproverKey } from '../../access/approver-key.ts';
import { openBox, sealTo } from '../../access/sealed-box.ts';
import type { ReadDb } from '../../db/ledger.ts';
import {
  mayApprove,
  selectApproverKey,
  selectApprovers,
  selectBox,
  selectSealedTo,
} from '../../db/queries/approver-keys.ts';
import { ownerOf } from '../approver-keys.ts';
import type { LedgerCore } from '../core.ts';
import { type OperatorSecret, readSealedOperator, writeKept } from '../safaricom/kept-secrets.ts';

export type Boxes = readonly { readonly staffId: number; readonly box: Buffer }[];

/** The operator that sends money back, a box for each approver who has a key. None of them opens in the core alone. */
export function sealToApprovers(
  core: Pick<LedgerCore, 'ledger'>,
  shortCode: string,
  secret: OperatorSecret,
): Boxes {
  return selectApprovers(core.ledger.read).flatMap(({ staffId, publicKey }) => {
    if (publicKey === null) return [];
    const place = { ...ownerOf(core, staffId), shortCode };
    const box = sealTo(publicKey, place, writeKept(secret));
    return box === null ? [] : [{ staffId, box }];
  });
}

/**
 * Opens it for one approver, by their own password. The secret is for the one request that was just approved; whoever
 * calls keeps it nowhere. Proving who it is, and that they may approve this, comes before.
 */
export async function openReversalOperator(
  core: LedgerCore,
  access: Access,
  { staffId, password, shortCode }: { staffId: number; password: string; shortCode: string },
): Promise<Result<OperatorSecret>> {
  const db = core.ledger.read;
  if (!mayApprove(db, staffId)) return fail('credential/sealed', say('credential.sealed.no-approver'));
  const key = selectApproverKey(db, staffId);
  const box = selectBox(db, shortCode, staffId);
  if (key === null || box === null)
    return fail('credential/sealed', say('credential.sealed.not-to-you', { shortCode }));
  const owner = ownerOf(core, staffId);
  const privateKey = await openApproverKey(access.passwords, owner, { ...key, password });
  if (privateKey === null) return fail('credential/sealed', say('credential.sealed.wrong-password'));
  const text = openBox(privateKey, { ...owner, shortCode }, box);
  const secret = text === null ? null : readSealedOperator(text);
  return secret === null
    ? fail('credential/sealed', say('credential.sealed.damaged', { shortCode }))
    : succeed(secret);
}

/** For whom a reversal operator opens. The others get a key when they next give their password; then it must be typed again. */
export function describeSealing(db: ReadDb, shortCode: string): ShortCodeView['sealing'] {
  const to = selectSealedTo(db, shortCode);
  const others = selectApprovers(db).filter(({ staffId }) => !to.some((box) => box.staffId === staffId));
  return {
    to: to.map(({ name, at }) => ({ name, at })),
    signInOnce: others.filter(({ publicKey }) => publicKey === null).map(({ name }) => name),
    typeAgain: others.filter(({ publicKey }) => publicKey !== null).map(({ name }) => name),
  };
}
