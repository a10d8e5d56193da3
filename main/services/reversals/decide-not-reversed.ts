import { say } from '#shared/domain/message.ts';
import { mergeIntervals } from '#shared/domain/statement/coverage.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { moveReversal } from '../../db/queries/move-reversal.ts';
import {
  coverOfAccount,
  isMarkedReversed,
  linesOfReversal,
  unclearPayout,
} from '../../db/queries/reversal-evidence.ts';
import { livePaymentOf, readAskedPayment } from '../../db/queries/reversal-facts.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { readLimits } from './limits.ts';
import { tellReversals } from './tell.ts';

/** Until when statements must reach, and until when they do, of the account that the money would have left. */
export type Cover = {
  readonly accountId: number;
  readonly sentAt: UtcMs;
  readonly neededTo: UtcMs;
  readonly coveredTo: UtcMs | null;
  readonly isEnough: boolean;
};

/** How far statements follow the account without a gap from the sending on. Null for one that was never sent. */
export function coverAfter(db: ReadDb, reversal: ReversalRow): Cover | null {
  const { sentAt, receipt, tillId, movementId } = reversal;
  const payment = readAskedPayment(db, livePaymentOf(db, receipt, tillId) ?? movementId);
  if (sentAt === null || payment === null) return null;
  const neededTo = (sentAt + readLimits(db).notBackAfterHours * HOUR) as UtcMs;
  const around = mergeIntervals(coverOfAccount(db, payment.accountId)).find(
    ({ from, to }) => from <= sentAt && to >= sentAt,
  );
  const coveredTo = around?.to ?? null;
  const { accountId } = payment;
  return { accountId, sentAt, neededTo, coveredTo, isEnough: coveredTo !== null && coveredTo >= neededTo };
}

/**
 * The owner's decision alone: the money did not go back. Allowed once a statement follows the account far enough beyond
 * the sending and shows no reversal. Whatever proves the opposite later still wins over it.
 */
export function decideNotReversed(
  core: Core,
  session: Session,
  { reversalId: id }: { readonly reversalId: number },
): Result<Record<string, never>> {
  const { staffId, name } = session;
  const decided = core.ledger.act(actorOf(session), 'reversal.not-reversed', `reversal:${id}`, (db) => {
    const reversal = readReversal(db, id);
    if (reversal === null) return fail('ledger/not-found', say('reversal.not-found'));
    const cover = coverAfter(db, reversal);
    if (cover === null || reversal.state !== 'unknown')
      return fail('reversal/changed', say('reversal.not-unknown'));
    if (!cover.isEnough)
      return fail('reversal/refused', say('reversal.not-covered', { until: { at: cover.neededTo } }));
    if (linesOfReversal(db, reversal).length > 0 || isMarkedReversed(db, reversal.receipt, reversal.tillId))
      return fail('reversal/refused', say('reversal.statement-shows-it'));
    const unclear = unclearPayout(db, cover.accountId, {
      amountCents: reversal.amountCents,
      since: (cover.sentAt - HOUR) as UtcMs,
    });
    if (unclear !== null)
      return fail('reversal/refused', say('reversal.statement-unclear', { receipt: unclear }));
    const what = say('reversal.step.not-reversed', {
      name,
      until: { at: cover.coveredTo ?? cover.neededTo },
    });
    const event = { type: 'owner-says-not' } as const;
    const moved = moveReversal(db, { id, event, what, staffId, at: core.now() });
    if (moved === null) return fail('reversal/changed', say('reversal.not-unknown'));
    return succeed({ value: {}, details: { receipt: reversal.receipt, coveredTo: cover.coveredTo } });
  });
  if (decided.ok) tellReversals(core);
  return decided;
}
