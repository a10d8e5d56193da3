import { asText } from '#shared/domain/daraja/loose.ts';
import { soleValueOf } from '#shared/domain/daraja/parameters.ts';
import { readStatusResult, type StatusResult } from '#shared/domain/daraja/status-result.ts';
import { say } from '#shared/domain/message.ts';
import { spellOut } from '#shared/domain/reversal/odd-text.ts';
import { PROGRAM, type WriteDb } from '../../db/ledger.ts';
import { selectCall } from '../../db/queries/api-calls.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import { tillOfNumber } from '../../db/queries/tills.ts';
import type { BoundAnswer } from '../safaricom/takers.ts';
import { reversalIdOf } from './take-result.ts';
import { takeReversedPayment, takeSight } from './take-sights.ts';

/**
 * What a status answer means for reversals. *Reversed* on a payment: its money went back. An answer about the reversal
 * itself: what became of it. *Completed* on the payment proves nothing, for it was completed before, too.
 */
export function takeStatusOfReversal(db: WriteDb, answer: BoundAnswer): void {
  const status = readStatusResult(answer.result);
  if (status.fate === 'reversed') takeReversedWord(db, answer, status);
  const id = reversalIdOf(answer.subject);
  const reversal = id === null ? null : readReversal(db, id);
  if (reversal !== null && isAboutItself(db, answer, reversal, status))
    takeItself(db, answer, reversal, status);
}

function takeReversedWord(db: WriteDb, { request, shortCode, at }: BoundAnswer, status: StatusResult): void {
  const receipt = status.receipt ?? asText(request.TransactionID);
  const tillId = tillOfNumber(db, shortCode);
  if (receipt === null || tillId === null) return;
  takeReversedPayment(
    db,
    { receipt, tillId },
    { event: { type: 'marked', proof: 'relay' }, what: say('reversal.step.seen-status'), at },
  );
}

/** By its own receipt, or by the ids that Safaricom gave our call; never by the receipt of the payment. */
function isAboutItself(
  db: WriteDb,
  { request }: BoundAnswer,
  reversal: ReversalRow,
  status: StatusResult,
): boolean {
  if (status.receipt === reversal.receipt) return false;
  const receipt = asText(request.TransactionID);
  if (receipt !== null) return receipt === reversal.ownReceipt;
  const call = reversal.callId === null ? null : selectCall(db, reversal.callId);
  const asked = asText(request.OriginalConversationID);
  return asked !== null && asked === call?.originatorConversationId;
}

/** The ids inside are those of what was asked about. Where they are left out, its own receipt or its amount must fit. */
function namesTheReversal(
  db: WriteDb,
  result: BoundAnswer['result'],
  { callId, ownReceipt, amountCents }: ReversalRow,
  { receipt, amount }: StatusResult,
): boolean {
  const inside = asText(soleValueOf(result.parameters, 'OriginatorConversationID'));
  const call = callId === null ? null : selectCall(db, callId);
  if (inside !== null) return call === null || inside === call.originatorConversationId;
  return (receipt !== null && receipt === ownReceipt) || amount === amountCents;
}

function takeItself(
  db: WriteDb,
  { result, at }: BoundAnswer,
  reversal: ReversalRow,
  status: StatusResult,
): void {
  if (!namesTheReversal(db, result, reversal, status)) return;
  if (status.fate === 'completed' && status.receipt !== null) {
    const what = say('reversal.step.seen-itself', { receipt: status.receipt });
    takeSight(db, reversal.id, {
      event: { type: 'seen', proof: 'relay' },
      what,
      at,
      ownReceipt: status.receipt,
    });
    return;
  }
  if (status.fate !== 'failed' || !status.isAnswered) return;
  const moved = moveReversal(db, {
    id: reversal.id,
    event: { type: 'result', says: 'failed' },
    what: say('reversal.step.itself-failed', { said: spellOut(status.state ?? '–').slice(0, 100) }),
    staffId: PROGRAM.staffId,
    at,
  });
  if (moved !== null)
    db.note('reversal.answered', `reversal:${reversal.id}`, {
      says: 'failed',
      state: moved.state,
      code: result.code,
      receipt: reversal.receipt,
      ownReceipt: null,
    });
}
