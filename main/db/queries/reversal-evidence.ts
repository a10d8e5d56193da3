import type { Cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** A line of a statement that shows money going back. */
export type ReversalLine = {
  readonly id: number;
  readonly receipt: string;
  readonly tillId: number;
  readonly linkedReceipt: string | null;
  readonly amountCents: Cents;
  readonly at: UtcMs;
};

const LINE = `m.id, m.receipt, m.till_id AS tillId, m.linked_receipt AS linkedReceipt, m.amount_cents AS amountCents,
  m.completed_at AS at`;

/** From a file, and not from what somebody only reported. */
const FROM_FILE = `m.import_id > 0 AND m.kind = 'reversal' AND m.direction = 'out' AND m.status = 'completed'`;

/**
 * The lines that send this payment back, oldest first: by the reversal's own receipt, by the receipt that they name, or by
 * the link that the matcher or a person has made.
 */
export function linesOfReversal(
  db: ReadDb,
  reversal: {
    readonly receipt: string;
    readonly tillId: number;
    readonly movementId: number;
    readonly ownReceipt: string | null;
  },
): ReversalLine[] {
  const { receipt, tillId, movementId, ownReceipt } = reversal;
  return db.all<ReversalLine>(
    `SELECT ${LINE} FROM live_movements m WHERE m.linked_receipt = ? AND m.till_id = ? AND ${FROM_FILE}
     UNION
     SELECT ${LINE} FROM live_movements m WHERE m.receipt = ? AND m.till_id = ? AND ${FROM_FILE}
     UNION
     SELECT ${LINE} FROM link_items mine
       JOIN link_items other ON other.link_id = mine.link_id AND other.is_active = 1
       JOIN live_movements m ON m.id = other.movement_id
      WHERE mine.movement_id = ? AND mine.kind = 'reversal-of' AND mine.is_active = 1 AND ${FROM_FILE}
      ORDER BY at, id`,
    receipt,
    tillId,
    ownReceipt ?? '',
    tillId,
    movementId,
  );
}

/** The receipt of a line of no known kind by which such an amount left an account since then; null = none. */
export function unclearPayout(
  db: ReadDb,
  accountId: number,
  { amountCents, since }: { readonly amountCents: Cents; readonly since: UtcMs },
): string | null {
  const found = db.get<{ receipt: string }>(
    `SELECT receipt FROM live_movements
      WHERE account_id = ? AND direction = 'out' AND kind = 'other' AND amount_cents = ? AND completed_at >= ? LIMIT 1`,
    accountId,
    amountCents,
    since,
  );
  return found?.receipt ?? null;
}

/** True when a statement itself says of the payment that it was reversed. */
export function isMarkedReversed(db: ReadDb, receipt: string, tillId: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM live_movements WHERE receipt = ? AND till_id = ? AND direction = 'in' AND status = 'reversed'
          AND import_id > 0 LIMIT 1`,
      receipt,
      tillId,
    ) !== undefined
  );
}

/** Reversals in statements among the rows `after` to `to`, at or after an instant. */
export function newReversalLines(db: ReadDb, after: number, to: number, since: UtcMs): ReversalLine[] {
  return db.all<ReversalLine>(
    `SELECT ${LINE} FROM live_movements m WHERE m.id > ? AND m.id <= ? AND m.completed_at >= ? AND ${FROM_FILE}
      ORDER BY m.id`,
    after,
    to,
    since,
  );
}

export function lastMovement(db: ReadDb): number {
  return db.get<{ id: number | null }>('SELECT max(id) AS id FROM movements')?.id ?? 0;
}

/** The payment that a line sends back: named by it, or linked with it. */
export function paymentOfLine(db: ReadDb, line: ReversalLine): { id: number; receipt: string } | null {
  return (
    db.get<{ id: number; receipt: string }>(
      `SELECT p.id, p.receipt FROM live_movements p
        WHERE p.receipt = ? AND p.till_id = ? AND p.direction = 'in'
       UNION ALL
       SELECT p.id, p.receipt FROM link_items mine
         JOIN link_items other ON other.link_id = mine.link_id AND other.is_active = 1 AND other.movement_id <> mine.movement_id
         JOIN live_movements p ON p.id = other.movement_id
        WHERE mine.movement_id = ? AND mine.kind = 'reversal-of' AND mine.is_active = 1
       LIMIT 1`,
      line.linkedReceipt ?? '',
      line.tillId,
      line.id,
    ) ?? null
  );
}

/** A reversal of ours whose own receipt this is; null = none. */
export function reversalWithReceipt(db: ReadDb, receipt: string, tillId: number): number | null {
  return (
    db.get<{ id: number }>(
      'SELECT id FROM reversals WHERE own_receipt = ? AND till_id = ? ORDER BY id LIMIT 1',
      receipt,
      tillId,
    )?.id ?? null
  );
}

/** When the books were begun: what statements tell of before is history, and nobody's alarm. */
export function booksBegan(db: ReadDb): UtcMs {
  return (
    db.get<{ at: UtcMs | null }>('SELECT min(created_at) AS at FROM staff WHERE id > 0')?.at ?? (0 as UtcMs)
  );
}

/**
 * What statements cover of the account that a payment was paid into, as far as they say so themselves. A file that does
 * not add up, or of which a row could not be read, vouches for nothing: that row may be the one.
 */
export function coverOfAccount(
  db: ReadDb,
  accountId: number,
): { readonly from: UtcMs; readonly to: UtcMs }[] {
  return db.all(
    `SELECT coalesce(c.covered_from, c.first_at, c.covered_to) AS "from",
            CASE WHEN c.is_partial = 1 AND i.report_at IS NULL THEN coalesce(c.last_at, c.covered_from)
                 ELSE c.covered_to END AS "to"
       FROM import_accounts c JOIN imports i ON i.id = c.import_id
      WHERE c.account_id = ? AND i.state = 'done' AND c.covered_to IS NOT NULL
        AND i.rows_refused = 0 AND c.breaks = 0 AND c.is_balanced IS NOT 0 ORDER BY 1, 2`,
    accountId,
  );
}
