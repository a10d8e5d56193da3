import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import { seal } from '../../db/queries/sealed.ts';
import type { ReversalParts } from './parts.ts';
import { askForCode, proveApprover, type Signature } from './prove-approver.ts';
import { tellReversals } from './tell.ts';

/** Whoever may approve says no, with a reason that the requester reads. */
export async function rejectReversal(
  { core, access }: Pick<ReversalParts, 'core' | 'access'>,
  rejection: Signature & { readonly reversalId: number; readonly reason: string },
): Promise<Result<undefined>> {
  const rejected = await access.inTurn(async () => {
    const { reversalId: id, reason } = rejection;
    const proved = await proveApprover(core, access, rejection);
    if (!proved.ok) return proved;
    if (proved.value === 'code-needed') return askForCode(core, rejection.name);
    const { person, settle } = proved.value;
    const actor = { staffId: person.id, session: null };
    const subject = `reversal:${id}`;
    return core.ledger.act(actor, 'reversal.rejected', subject, (db) => {
      if (!selectApproverFacts(db).some((approver) => approver.id === person.id))
        return fail('reversal/refused', say('reversal.may-not-approve'));
      settle(db);
      const what = say('reversal.step.rejected', { name: person.name, note: reason });
      const moved = moveReversal(db, {
        id,
        event: { type: 'rejected' },
        what,
        staffId: person.id,
        at: core.now(),
      });
      if (moved === null) return fail('reversal/changed', say('reversal.not-waiting'));
      const receipt = readReversal(db, id)?.receipt ?? null;
      return succeed({ value: undefined, details: { receipt, reason: seal(db, subject, reason) } });
    });
  });
  if (rejected.ok) tellReversals(core);
  return rejected;
}
