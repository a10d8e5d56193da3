import type { Message } from '#shared/domain/message.ts';
import {
  proofOf,
  type ReversalEvent,
  type ReversalMethod,
  type ReversalState,
  SENT_BACK,
  type Standing,
} from '#shared/domain/reversal/state.ts';
import { step } from '#shared/domain/reversal/step.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';
import { nextEntry } from './audit-log.ts';
import { markDaysToMatch } from './days.ts';
import { type ReversalReason, type ReversalRow, readReversal } from './reversals.ts';

export type NewReversal = {
  readonly movementId: number;
  readonly receipt: string;
  readonly tillId: number;
  readonly shortCode: string;
  readonly amountCents: number;
  readonly method: ReversalMethod;
  readonly reason: ReversalReason;
  readonly note: string;
  readonly saleId: number | null;
  readonly at: UtcMs;
  readonly staffId: number;
  readonly expiresAt: UtcMs;
};

/** Returns its id. The database refuses a second one for the same payment. */
export function insertReversal(db: WriteDb, asked: NewReversal, what: Message): number {
  const id = db.run(
    `INSERT INTO reversals (movement_id, receipt, till_id, short_code, amount_cents, method, reason, note, sale_id,
                            state, state_at, requested_at, requested_by, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?, ?, ?)`,
    asked.movementId,
    asked.receipt,
    asked.tillId,
    asked.shortCode,
    asked.amountCents,
    asked.method,
    asked.reason,
    asked.note,
    asked.saleId,
    asked.at,
    asked.at,
    asked.staffId,
    asked.expiresAt,
  ).lastId;
  insertStep(db, { id, at: asked.at, staffId: asked.staffId, event: 'requested', state: 'requested', what });
  return id;
}

export type Move = {
  readonly id: number;
  readonly event: ReversalEvent;
  readonly what: Message;
  readonly staffId: number;
  readonly at: UtcMs;
};

/**
 * Lets an event happen to a reversal: where it changes anything, state, evidence, revision and a step in words are
 * written, and the step names the audit entry that comes next. Null when it changes nothing.
 */
export function moveReversal(db: WriteDb, { id, event, what, staffId, at }: Move): Standing | null {
  const now = readReversal(db, id);
  if (now === null) throw new Error(`there is no reversal ${id}`);
  const next = step(now, event);
  if (next === null) return null;
  db.run(
    `UPDATE reversals SET state = ?, told = ?, seen = ?, marked = ?, by_another = ?, proof = ?, revision = revision + 1,
            state_at = CASE WHEN state = ? THEN state_at ELSE ? END WHERE id = ?`,
    next.state,
    next.told.join(' '),
    next.seen,
    next.marked,
    next.byAnother ? 1 : 0,
    proofOf(next),
    next.state,
    at,
    id,
  );
  insertStep(db, { id, at, staffId, event: event.type, state: next.state, what });
  if (SENT_BACK.includes(next.state) !== SENT_BACK.includes(now.state)) markDayOf(db, now);
  return next;
}

/** The payment settles its sale no more, or again: its day is matched anew. */
function markDayOf(db: WriteDb, { receipt, tillId }: ReversalRow): void {
  const days = db.all<{ day: string }>(
    `SELECT DISTINCT business_day AS day FROM live_movements
      WHERE receipt = ? AND till_id = ? AND kind = 'customer-payment'`,
    receipt,
    tillId,
  );
  markDaysToMatch(
    db,
    days.map(({ day }) => day),
  );
}

/** Something to remember of it that changes nothing: that Safaricom was asked again. Belongs to the entry that comes next. */
export function insertStep(
  db: WriteDb,
  about: {
    readonly id: number;
    readonly at: UtcMs;
    readonly staffId: number;
    readonly event: string;
    readonly state: ReversalState;
    readonly what: Message;
  },
): void {
  db.run(
    'INSERT INTO reversal_steps (reversal_id, at, staff_id, event, state, what, audit_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
    about.id,
    about.at,
    about.staffId,
    about.event,
    about.state,
    JSON.stringify(about.what),
    nextEntry(db),
  );
}

export type Approval = {
  readonly staffId: number;
  readonly at: UtcMs;
  readonly hash: Buffer;
  readonly resultToken: string | null;
  readonly isOwn: boolean;
};

/** What was approved, beside the move to `approved`. A lapsed approval is written over by the next. */
export function writeApproval(db: WriteDb, id: number, approval: Approval): void {
  db.run(
    `UPDATE reversals SET approved_at = ?, approved_by = ?, approval_hash = ?, result_token = ?, is_own = ? WHERE id = ?`,
    approval.at,
    approval.staffId,
    approval.hash,
    approval.resultToken,
    approval.isOwn ? 1 : 0,
    id,
  );
}

/** The approval is spent or void. Who gave it, and when, stays. */
export function spendApproval(db: WriteDb, id: number): void {
  db.run('UPDATE reversals SET approval_hash = NULL WHERE id = ?', id);
}

export function writeSending(db: WriteDb, id: number, callId: number, at: UtcMs): void {
  db.run('UPDATE reversals SET approval_hash = NULL, call_id = ?, sent_at = ? WHERE id = ?', callId, at, id);
}

/** Safaricom's own words about it; what it does not say now stays as it was. */
export function writeWords(
  db: WriteDb,
  id: number,
  said: {
    readonly code?: string | null;
    readonly text?: string | null;
    readonly ownReceipt?: string | null;
    readonly shownBy?: number | null;
  },
): void {
  db.run(
    `UPDATE reversals SET code = coalesce(?, code), text = coalesce(?, text),
            own_receipt = coalesce(?, own_receipt), shown_by = coalesce(?, shown_by) WHERE id = ?`,
    said.code?.slice(0, 100) ?? null,
    said.text?.slice(0, 2000) ?? null,
    said.ownReceipt ?? null,
    said.shownBy ?? null,
    id,
  );
}
