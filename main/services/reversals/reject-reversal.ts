import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { seal } from '../../db/queries/sealed.ts';
import { findShown, type Shown } from './find-shown.ts';
import type { ReversalParts } from './parts.ts';
import { askForCode, proveApprover, refuseSigned, type Signature } from './prove-approver.ts';
import { tellReversals } from './tell.ts';

type Rejection = Signature & Shown & { readonly reason: string };

/** Whoever may approve says no to what they were shown, with a reason that the requester reads. */
export async function rejectReversal(
  { core, access }: Pick<ReversalParts, 'core' | 'access'>,
  rejection: Rejection,
): Promise<Result<undefined>> {
  const rejected = await access.inTurn(async () => {
    const { reversalId: id, reason } = rejection;
    // Before the password is looked at: a page that is out of date costs no try.
    const shown = findShown(core.ledger.read, rejection, core.now());
    if (!shown.ok) return shown;
    const proved = await proveApprover(core, access, rejection);
    if (!proved.ok) return proved;
    if (proved.value === 'code-needed') return askForCode(core, rejection.name);
    const proof = proved.value;
    const { id: staffId, name } = proof.person;
    const actor = { staffId, session: null };
    const subject = `reversal:${id}`;
    const written = core.ledger.act(actor, 'reversal.rejected', subject, (db) => {
      const found = findShown(db, rejection, core.now());
      if (!found.ok) return found;
      if (!selectApproverFacts(db).some((approver) => approver.id === staffId))
        return fail('reversal/refused', say('reversal.may-not-approve'));
      proof.settle(db);
      const what = say('reversal.step.rejected', { name, note: reason });
      moveReversal(db, { id, event: { type: 'rejected' }, what, staffId, at: core.now() });
      const { receipt } = found.value;
      return succeed({ value: undefined, details: { receipt, reason: seal(db, subject, reason) } });
    });
    return written.ok ? written : refuseSigned(core, id, proof, written);
  });
  if (rejected.ok) tellReversals(core);
  return rejected;
}
