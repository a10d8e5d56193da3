import type { Message } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type {
  ResultWord,
  ReversalMethod,
  ReversalProof,
  ReversalState,
  Standing,
} from '#shared/domain/reversal/state.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

export const REVERSAL_REASONS = [
  'goods-returned',
  'paid-twice',
  'wrong-amount',
  'wrong-shop',
  'not-delivered',
  'other',
] as const;
export type ReversalReason = (typeof REVERSAL_REASONS)[number];

/** A reversal as it stands in the books. */
export type ReversalRow = Standing & {
  readonly id: number;
  readonly movementId: number;
  readonly receipt: Receipt;
  readonly tillId: number;
  readonly shortCode: string;
  readonly amountCents: Cents;
  readonly method: ReversalMethod;
  readonly reason: ReversalReason;
  readonly note: string;
  readonly saleId: number | null;
  readonly proof: ReversalProof | null;
  readonly stateAt: UtcMs;
  readonly revision: number;
  readonly requestedAt: UtcMs;
  readonly requestedBy: number;
  readonly expiresAt: UtcMs;
  readonly approvedAt: UtcMs | null;
  readonly approvedBy: number | null;
  readonly approvalHash: Buffer | null;
  readonly resultToken: string | null;
  readonly isOwn: boolean;
  readonly callId: number | null;
  readonly sentAt: UtcMs | null;
  readonly code: string | null;
  readonly text: string | null;
  readonly ownReceipt: Receipt | null;
  readonly shownBy: number | null;
};

type SqlRow = Omit<ReversalRow, 'told' | 'isOwn' | 'byAnother'> & {
  told: string;
  isOwn: 0 | 1;
  byAnother: 0 | 1;
};

const READ = `
  SELECT id, movement_id AS movementId, receipt, till_id AS tillId, short_code AS shortCode, amount_cents AS amountCents,
         method, reason, note, sale_id AS saleId, state, told, seen, marked, by_another AS byAnother, proof, state_at AS stateAt, revision,
         requested_at AS requestedAt, requested_by AS requestedBy, expires_at AS expiresAt, approved_at AS approvedAt,
         approved_by AS approvedBy, approval_hash AS approvalHash, result_token AS resultToken, is_own AS isOwn,
         call_id AS callId, sent_at AS sentAt, code, text, own_receipt AS ownReceipt, shown_by AS shownBy
    FROM reversals WHERE id = ?`;

export function readReversal(db: ReadDb, id: number): ReversalRow | null {
  const row = db.get<SqlRow>(READ, id);
  if (row === undefined) return null;
  const { told, isOwn, byAnother } = row;
  return { ...row, told: readTold(told), isOwn: isOwn === 1, byAnother: byAnother === 1 };
}

export function readReversals(db: ReadDb, ids: readonly number[]): ReversalRow[] {
  return ids.flatMap((id) => readReversal(db, id) ?? []);
}

function readTold(text: string): ResultWord[] {
  return text === '' ? [] : (text.split(' ') as ResultWord[]);
}

export type StepRow = {
  readonly at: UtcMs;
  readonly staffId: number;
  readonly by: string;
  readonly event: string;
  readonly state: ReversalState;
  readonly what: Message;
  readonly auditSeq: number;
};

/** The life of a reversal, oldest first. */
export function selectSteps(db: ReadDb, id: number): StepRow[] {
  return db
    .all<Omit<StepRow, 'what'> & { what: string }>(
      `SELECT r.at, r.staff_id AS staffId, s.name AS "by", r.event, r.state, r.what, r.audit_seq AS auditSeq
         FROM reversal_steps r JOIN staff s ON s.id = r.staff_id WHERE r.reversal_id = ? ORDER BY r.id`,
      id,
    )
    .map((row) => ({ ...row, what: JSON.parse(row.what) as Message }));
}

/** Those in some states, oldest first. */
export function reversalsIn(db: ReadDb, states: readonly ReversalState[]): ReversalRow[] {
  const found = db.lists<[number]>(
    'SELECT r.id FROM json_each(?) j CROSS JOIN reversals r WHERE r.state = j.value ORDER BY r.id',
    JSON.stringify(states),
  );
  return readReversals(
    db,
    found.map(([id]) => id),
  );
}

/** Every reversal of a payment, oldest first. By what is printed: a payment that was brought in again is another row. */
export function reversalsOf(db: ReadDb, receipt: string, tillId: number): ReversalRow[] {
  const found = db.lists<[number]>(
    'SELECT id FROM reversals WHERE receipt = ? AND till_id = ? ORDER BY id',
    receipt,
    tillId,
  );
  return readReversals(
    db,
    found.map(([id]) => id),
  );
}
