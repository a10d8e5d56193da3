import { say } from '#shared/domain/message.ts';
import type { ReversalState } from '#shared/domain/reversal/state.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { tellReversals } from './tell.ts';

type Canceller = { readonly isApprover: boolean; readonly isRequester: boolean };

/**
 * Who may take a request back, as it stands: whoever asked and whoever may approve, until it is sent. One that is to be
 * done by hand may have been done already: that it was not, somebody who may approve must say.
 */
export function mayCancel(state: ReversalState, { isApprover, isRequester }: Canceller): boolean {
  if (state === 'by-hand') return isApprover;
  return (state === 'requested' || state === 'approved') && (isApprover || isRequester);
}

/** Takes a request back. */
export function cancelReversal(
  core: Core,
  session: Session,
  { reversalId: id }: { readonly reversalId: number },
): Result<Record<string, never>> {
  const { staffId, name } = session;
  const cancelled = core.ledger.act(actorOf(session), 'reversal.cancelled', `reversal:${id}`, (db) => {
    const reversal = readReversal(db, id);
    if (reversal === null) return fail('ledger/not-found', say('reversal.not-found'));
    const { state, receipt, requestedBy } = reversal;
    const isApprover = selectApproverFacts(db).some((approver) => approver.id === staffId);
    const isByHand = state === 'by-hand';
    if (isByHand && !isApprover) return fail('reversal/refused', say('reversal.not-done-by-approver'));
    if (requestedBy !== staffId && !isApprover) return fail('reversal/refused', say('reversal.not-yours'));
    const what = say(isByHand ? 'reversal.step.not-carried-out' : 'reversal.step.cancelled', { name });
    const moved = moveReversal(db, { id, event: { type: 'cancelled' }, what, staffId, at: core.now() });
    if (moved === null) return fail('reversal/changed', say('reversal.too-late'));
    return succeed({ value: {}, details: { receipt, state } });
  });
  if (cancelled.ok) tellReversals(core);
  return cancelled;
}
