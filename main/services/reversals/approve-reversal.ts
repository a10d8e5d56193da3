import { randomBytes } from 'node:crypto';
import { type Message, say } from '#shared/domain/message.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb, WriteDb } from '../../db/ledger.ts';
import { moveReversal, writeApproval } from '../../db/queries/move-reversal.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import type { Core } from '../core.ts';
import type { Proof } from '../prove-identity.ts';
import type { OperatorSecret } from '../safaricom/kept-secrets.ts';
import { bindingHash, bindingOf } from './bind-approval.ts';
import { findShown, type Shown } from './find-shown.ts';
import type { ReversalParts } from './parts.ts';
import { askForCode, judgeApprover, proveApprover, refuseSigned, type Signature } from './prove-approver.ts';
import { sendReversal } from './send-reversal.ts';
import { problemsNow } from './show-reversals.ts';
import { tellReversals } from './tell.ts';

export type Approval = Signature & Shown;

/**
 * Somebody signs that a payment goes back. Proof, rights, limits and everything that the approval stands for are looked
 * at in the books, and again in the act that writes it; then it is sent, once. The operator's password is opened with
 * the approver's own, in between, and forgotten.
 */
export async function approveReversal(
  parts: ReversalParts,
  approval: Approval,
): Promise<Result<ReversalRow>> {
  const approved = await parts.access.inTurn(() => signApproval(parts, approval));
  if (!approved.ok) return approved;
  tellReversals(parts.core);
  // Out of the turn: nobody's log-in waits for Safaricom.
  if (approved.value.operator !== null)
    await sendReversal(parts, approval.reversalId, approved.value.operator);
  const now = readReversal(parts.core.ledger.read, approval.reversalId);
  if (now === null) throw new Error('a reversal is never deleted');
  return succeed(now);
}

type Signed = { readonly operator: OperatorSecret | null };

async function signApproval(parts: ReversalParts, approval: Approval): Promise<Result<Signed>> {
  const { core, access } = parts;
  const db = core.ledger.read;
  // Before the password is looked at: a page that is out of date costs no try.
  const shown = findShown(db, approval, core.now());
  if (!shown.ok) return shown;
  const proved = await proveApprover(core, access, approval);
  if (!proved.ok) return proved;
  if (proved.value === 'code-needed') return askForCode(core, approval.name);
  const proof = proved.value;
  const { id } = shown.value;
  const why = refusalOf(core, db, shown.value, proof);
  if (why !== null) return refuseSigned(core, id, proof, fail('reversal/refused', why));
  if (shown.value.method !== 'daraja') return writeSigned(core, approval, proof, null);
  const operator = await parts.openOperator(proof.person.id, approval.password, shown.value.shortCode);
  if (!operator.ok) return refuseSigned(core, id, proof, fail('reversal/refused', operator.error.message));
  return writeSigned(core, approval, proof, operator.value);
}

/** Why whoever signed may not approve it, or why it may not go back any more; null = nothing is in the way. */
function refusalOf(core: Core, db: ReadDb, reversal: ReversalRow, proof: Proof): Message | null {
  // Closed for money while the log cannot be trusted or signed; open for reading.
  if (core.audit.alarm() !== null) return say('reversal.no.log');
  const judged = judgeApprover(db, reversal, { staffId: proof.person.id, factor: proof.factor }, core.now());
  if (!judged.ok) return judged.why;
  return problemsNow(core, reversal)[0] ?? null;
}

function writeSigned(
  core: Core,
  approval: Approval,
  proof: Proof,
  operator: OperatorSecret | null,
): Result<Signed> {
  const actor = { staffId: proof.person.id, session: null };
  const { reversalId: id } = approval;
  const signed = core.ledger.act<Signed>(actor, 'reversal.approved', `reversal:${id}`, (db) => {
    // The password was opened meanwhile, and much may have happened: everything is looked at again.
    const shown = findShown(db, approval, core.now());
    if (!shown.ok) return shown;
    const why = refusalOf(core, db, shown.value, proof);
    if (why !== null) return fail('reversal/refused', why);
    proof.settle(db);
    return succeed({ value: { operator }, details: write(core, db, shown.value, proof) });
  });
  return signed.ok ? signed : refuseSigned(core, id, proof, signed);
}

function write(core: Core, db: WriteDb, reversal: ReversalRow, { person, factor }: Proof) {
  const { id, method } = reversal;
  const at = core.now();
  const judged = judgeApprover(db, reversal, { staffId: person.id, factor }, at);
  const isOwn = judged.ok && judged.isOwn;
  const resultToken = randomBytes(16).toString('hex');
  const what = isOwn
    ? say('reversal.step.approved-own', { name: person.name })
    : say('reversal.step.approved', { name: person.name });
  const by = { id, staffId: person.id, at };
  moveReversal(db, { ...by, event: { type: 'approved' }, what });
  if (method !== 'daraja')
    moveReversal(db, {
      ...by,
      event: { type: 'to-do-by-hand' },
      what: say('reversal.step.to-do', { method: method.replaceAll('-', '_') }),
    });
  const now = readReversal(db, id);
  const binding =
    now &&
    bindingOf(db, core.ledger.environment, now, { approvedBy: person.id, approvedAt: at, resultToken });
  if (!binding) throw new Error('the payment left the books in the same act');
  const hash = bindingHash(binding);
  writeApproval(db, id, {
    staffId: person.id,
    at,
    hash,
    resultToken: method === 'daraja' ? resultToken : null,
    isOwn,
  });
  return {
    name: reversalName(id),
    receipt: reversal.receipt,
    amountCents: reversal.amountCents,
    method,
    factor,
    isOwn,
    binding: hash.toString('hex'),
  };
}
