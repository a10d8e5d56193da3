import { reversalName } from '#shared/domain/reversal/binding.ts';
import { type ReversalProof, type ReversalState, SENT_BACK } from '#shared/domain/reversal/state.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import { type ReversalRow, readReversals } from './reversals.ts';

/** Which states stand under each tab of the screen. */
export const TAB_STATES = {
  waiting: ['requested'],
  open: ['approved', 'sending', 'accepted', 'unknown', 'by-hand'],
  history: ['done', 'already', 'failed', 'not-reversed', 'rejected', 'expired', 'cancelled'],
} as const satisfies Readonly<Record<string, readonly ReversalState[]>>;
export type ReversalTab = keyof typeof TAB_STATES;

/** Newest first, before the reversal `before`. */
export function selectReversals(
  db: ReadDb,
  tab: ReversalTab,
  before: number | null,
  limit: number,
): ReversalRow[] {
  const ids = db.lists<[number]>(
    `SELECT id FROM reversals WHERE state IN (SELECT value FROM json_each(?)) AND id < ? ORDER BY id DESC LIMIT ?`,
    JSON.stringify(TAB_STATES[tab]),
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
  return readReversals(
    db,
    ids.map(([id]) => id),
  );
}

/** Every reversal, oldest first: for the command line. */
export function selectAllReversals(db: ReadDb): ReversalRow[] {
  const ids = db.lists<[number]>('SELECT id FROM reversals ORDER BY id');
  return readReversals(
    db,
    ids.map(([id]) => id),
  );
}

export function countReversals(db: ReadDb): Map<ReversalState, number> {
  const rows = db.lists<[ReversalState, number]>('SELECT state, count(*) FROM reversals GROUP BY state');
  return new Map(rows);
}

/** The reversal of a payment that its row names: one that is open or counts; null = none. */
export function reversalToName(
  db: ReadDb,
  receipt: string,
  tillId: number,
): { readonly id: number; readonly state: ReversalState } | null {
  return (
    db.get<{ id: number; state: ReversalState }>(
      `SELECT id, state FROM reversals WHERE receipt = ? AND till_id = ? AND state IN
         ('requested', 'approved', 'sending', 'accepted', 'unknown', 'by-hand', 'done', 'already')
        ORDER BY state IN ('done', 'already'), id DESC LIMIT 1`,
      receipt,
      tillId,
    ) ?? null
  );
}

/** The same by the receipt alone, for whoever asks about one: that which counts most, however the money went. */
export function selectAskedBack(
  db: ReadDb,
  receipt: string,
): { name: string; isBack: boolean; channel: ReversalProof; at: UtcMs } | null {
  const found = db.get<{ id: number; state: ReversalState; proof: ReversalProof | null; at: UtcMs }>(
    `SELECT id, state, proof, state_at AS at FROM reversals
      WHERE receipt = ? AND state IN
        ('requested', 'approved', 'sending', 'accepted', 'unknown', 'by-hand', 'done', 'already')
      ORDER BY state IN ('done', 'already') DESC, id DESC LIMIT 1`,
    receipt,
  );
  if (found === undefined) return null;
  const { id, state, proof, at } = found;
  const isBack = SENT_BACK.includes(state);
  return { name: reversalName(id), isBack, channel: proof ?? (isBack ? 'relay' : 'typed'), at };
}
