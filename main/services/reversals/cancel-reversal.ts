import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { tellReversals } from './tell.ts';

/** Takes a request back, until it is sent: whoever asked, or somebody who may approve. */
export function cancelReversal(
  core: Core,
  session: Session,
  { reversalId: id }: { readonly reversalId: number },
): Result<Record<string, never>> {
  const { staffId, name } = session;
  const cancelled = core.ledger.act(actorOf(session), 'reversal.cancelled', `reversal:${id}`, (db) => {
    const reversal = readReversal(db, id);
    if (reversal === null) return fail('ledger/not-found', say('reversal.not-found'));
    const isApprover = selectApproverFacts(db).some((approver) => approver.id === staffId);
    if (reversal.requestedBy !== staffId && !isApprover)
      return fail('reversal/refused', say('reversal.not-yours'));
    const what = say('reversal.step.cancelled', { name });
    const moved = moveReversal(db, { id, event: { type: 'cancelled' }, what, staffId, at: core.now() });
    if (moved === null) return fail('reversal/changed', say('reversal.too-late'));
    return succeed({ value: {}, details: { receipt: reversal.receipt } });
  });
  if (cancelled.ok) tellReversals(core);
  return cancelled;
}
