import { type Message, say } from '#shared/domain/message.ts';
import type { ReversalState } from '#shared/domain/reversal/state.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { tellReversals } from './tell.ts';

type Canceller = { readonly isApprover: boolean; readonly isRequester: boolean };

const CANCELLABLE: readonly ReversalState[] = ['requested', 'approved', 'by-hand'];

/** Whether somebody may take a request back, as it stands. */
export function mayCancel(state: ReversalState, who: Canceller): boolean {
  return CANCELLABLE.includes(state) && whyNotCancel(state, who) === null;
}

/**
 * Why this is not theirs to take back: it is for whoever asked and whoever may approve. One that is to be done by hand may
 * have been done already: that it was not, somebody who may approve must say.
 */
function whyNotCancel(state: ReversalState, { isApprover, isRequester }: Canceller): Message | null {
  if (isApprover) return null;
  if (state === 'by-hand') return say('reversal.not-done-by-approver');
  return isRequester ? null : say('reversal.not-yours');
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
    const why = whyNotCancel(state, { isApprover, isRequester: requestedBy === staffId });
    if (why !== null) return fail('reversal/refused', why);
    const what = say(state === 'by-hand' ? 'reversal.step.not-carried-out' : 'reversal.step.cancelled', {
      name,
    });
    const moved = moveReversal(db, { id, event: { type: 'cancelled' }, what, staffId, at: core.now() });
    if (moved === null) return fail('reversal/changed', say('reversal.too-late'));
    return succeed({ value: {}, details: { receipt, state } });
  });
  if (cancelled.ok) tellReversals(core);
  return cancelled;
}
