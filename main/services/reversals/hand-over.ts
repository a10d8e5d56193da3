import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { tellReversals } from './tell.ts';

/**
 * An approved refund in cash or from a phone was given to the customer. No statement will show it, so a person's word is
 * what there is. One through M-PESA for Business is not said to be done: the statement shows it, or it is not.
 */
export function handOver(
  core: Core,
  session: Session,
  { reversalId: id }: { readonly reversalId: number },
): Result<Record<string, never>> {
  const { staffId, name } = session;
  const handed = core.ledger.act(actorOf(session), 'reversal.handed-over', `reversal:${id}`, (db) => {
    const reversal = readReversal(db, id);
    if (reversal === null) return fail('ledger/not-found', say('reversal.not-found'));
    const { method, receipt, amountCents } = reversal;
    if (method !== 'cash' && method !== 'send-money')
      return fail('reversal/refused', say('reversal.statement-decides'));
    const what =
      method === 'cash'
        ? say('reversal.step.paid-cash', { name })
        : say('reversal.step.sent-money', { name });
    const event = { type: 'handed-over' } as const;
    const moved = moveReversal(db, { id, event, what, staffId, at: core.now() });
    if (moved === null) return fail('reversal/changed', say('reversal.too-late'));
    return succeed({ value: {}, details: { receipt, amountCents, method } });
  });
  if (handed.ok) tellReversals(core);
  return handed;
}
