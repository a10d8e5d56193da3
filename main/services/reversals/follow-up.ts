import type { ReversalState } from '#shared/domain/reversal/state.ts';
import { HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { PROGRAM } from '../../db/ledger.ts';
import { callsFor, selectCall } from '../../db/queries/api-calls.ts';
import { type ReversalRow, reversalsIn } from '../../db/queries/reversals.ts';
import type { Core } from '../core.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Question } from '../safaricom/question.ts';

/** After the sending; then every hour. */
const FIRST_ASKED = [MINUTE, 5 * MINUTE, 30 * MINUTE] as const;
const ROUNDS = FIRST_ASKED.length + 23;

/**
 * How long after the round before, or after the sending, the n-th round of questions is due, counted from 0; null after
 * a day of them. A round that could not be sent does not count, and one that is late is not made up for.
 */
export function pauseBefore(round: number): number | null {
  if (round >= ROUNDS) return null;
  return askedAfter(round) - askedAfter(round - 1);
}

function askedAfter(round: number): number {
  if (round < 0) return 0;
  return FIRST_ASKED[round] ?? (round - FIRST_ASKED.length + 1) * HOUR;
}

/**
 * Asks Safaricom about what nobody knows, more and more rarely: what became of the payment, and of the reversal itself.
 * Questions only; nothing is ever sent a second time. One round at a time.
 */
export async function followUp(parts: SafaricomParts): Promise<void> {
  const { core } = parts;
  for (const reversal of reversalsIn(core.ledger.read, ASKED_ABOUT)) {
    if (!isDue(parts, reversal)) continue;
    const subject = `reversal:${reversal.id}`;
    for (const question of questionsAbout(parts, reversal)) {
      const asked = await ask(parts, PROGRAM, question, { subject });
      // Whatever is in the way now is in the way of the next question, too.
      if (asked.type === 'cannot-ask') break;
    }
  }
}

function isDue({ core }: SafaricomParts, reversal: ReversalRow): boolean {
  const due = nextAsking(core, reversal);
  return due !== null && core.now() >= due;
}

/** States that a question may still end. */
const ASKED_ABOUT: readonly ReversalState[] = ['accepted', 'unknown', 'already'];

/** When Safaricom is asked about it next; null = not any more. */
export function nextAsking(core: Pick<Core, 'ledger'>, reversal: ReversalRow): UtcMs | null {
  const { id, state, sentAt, receipt } = reversal;
  if (sentAt === null || !ASKED_ABOUT.includes(state)) return null;
  const asked = callsFor(core.ledger.read, `reversal:${id}`, 200).filter(
    ({ product, askedAt, request, state: came }) =>
      product === 'status' && askedAt >= sentAt && came !== 'not-sent' && receiptIn(request) === receipt,
  );
  const pause = pauseBefore(asked.length);
  const last = Math.max(sentAt, ...asked.map(({ askedAt }) => askedAt));
  return pause === null ? null : ((last + pause) as UtcMs);
}

function questionsAbout({ core }: SafaricomParts, reversal: ReversalRow): Question[] {
  const { shortCode, receipt, ownReceipt, callId } = reversal;
  const aboutPayment: Question = { product: 'status', shortCode, receipt };
  if (ownReceipt !== null) return [aboutPayment, { product: 'status', shortCode, receipt: ownReceipt }];
  const conversationId =
    callId === null ? null : selectCall(core.ledger.read, callId)?.originatorConversationId;
  return conversationId ? [aboutPayment, { product: 'status', shortCode, conversationId }] : [aboutPayment];
}

function receiptIn(request: string): unknown {
  return (JSON.parse(request) as { TransactionID?: unknown }).TransactionID;
}
