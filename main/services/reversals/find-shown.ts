import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import { viewHashOf } from './view-hash.ts';

/** What somebody decides on: a request, and the hash of all that they were shown of it. */
export type Shown = { readonly reversalId: number; readonly viewHash: string };

/** The request as it was shown, still waiting; anything else must be looked at first. */
export function findShown(db: ReadDb, { reversalId, viewHash }: Shown, now: UtcMs): Result<ReversalRow> {
  const reversal = readReversal(db, reversalId);
  if (reversal === null || reversal.state !== 'requested' || reversal.expiresAt <= now)
    return fail('reversal/changed', say('reversal.not-waiting'));
  if (viewHashOf(db, reversal, now) !== viewHash) return fail('reversal/changed', say('reversal.changed'));
  return succeed(reversal);
}
