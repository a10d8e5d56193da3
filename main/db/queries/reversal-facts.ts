import type { Cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** A payment that somebody wants sent back, as the books have it now. */
export type AskedPayment = {
  readonly id: number;
  readonly tillId: number;
  readonly till: string;
  readonly accountId: number;
  readonly account: string;
  readonly receipt: Receipt;
  readonly direction: 'in' | 'out';
  readonly kind: string;
  readonly status: string;
  readonly amountCents: Cents;
  readonly at: UtcMs;
  readonly day: BusinessDay;
  readonly isUndone: boolean;
  readonly phone: string | null;
  readonly name: string | null;
  readonly code: string | null;
  readonly accountReference: string | null;
};

export function readAskedPayment(db: ReadDb, movementId: number): AskedPayment | null {
  const row = db.get<Omit<AskedPayment, 'isUndone'> & { isUndone: 0 | 1 }>(
    `SELECT m.id, m.till_id AS tillId, t.name AS till, m.account_id AS accountId, a.name AS account, m.receipt,
            m.direction, m.kind, m.status, m.amount_cents AS amountCents, m.completed_at AS at, m.business_day AS day,
            m.undone_at IS NOT NULL OR m.id NOT IN (SELECT l.id FROM live_movements l WHERE l.id = m.id) AS isUndone,
            m.party_phone AS phone, m.party_name AS name, m.party_code AS code,
            m.account_reference AS accountReference
       FROM movements m JOIN tills t ON t.id = m.till_id JOIN accounts a ON a.id = m.account_id WHERE m.id = ?`,
    movementId,
  );
  return row === undefined ? null : { ...row, isUndone: row.isUndone === 1 };
}

/** The row of a payment that counts now: it may have been undone and brought in again since it was asked for. */
export function livePaymentOf(db: ReadDb, receipt: string, tillId: number): number | null {
  const found = db.get<{ id: number }>(
    `SELECT id FROM live_movements WHERE receipt = ? AND till_id = ? AND direction = 'in' AND kind = 'customer-payment'
      ORDER BY id LIMIT 1`,
    receipt,
    tillId,
  );
  return found?.id ?? null;
}

/** True when the payment stands in a `reversal-of` link: the statement has its reversal. */
export function hasReversalLink(db: ReadDb, movementId: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM link_items WHERE movement_id = ? AND kind = 'reversal-of' AND is_active = 1`,
      movementId,
    ) !== undefined
  );
}

/** True when a line of the books names it as the payment that it sends back, matched or not. */
export function hasReversalLine(db: ReadDb, receipt: string, tillId: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM live_movements WHERE linked_receipt = ? AND till_id = ? AND kind = 'reversal'
          AND status = 'completed' LIMIT 1`,
      receipt,
      tillId,
    ) !== undefined
  );
}

/** What Safaricom last said of a receipt, of the answers that say anything; null = nothing. */
export function lastWordOn(
  db: ReadDb,
  receipt: string,
): { readonly fate: string; readonly at: UtcMs } | null {
  return (
    db.get<{ fate: string; at: UtcMs }>(
      `SELECT fate, at FROM status_answers
        WHERE receipt = ? AND is_answered = 1 AND fate IN ('completed', 'reversed', 'failed') ORDER BY id DESC LIMIT 1`,
      receipt,
    ) ?? null
  );
}

/** When Pull or a status answer last confirmed the payment; null = never. */
export function confirmedAt(db: ReadDb, movementId: number, receipt: string): UtcMs | null {
  return (
    db.get<{ at: UtcMs | null }>(
      `SELECT max(at) AS at FROM (
         SELECT last_at AS at FROM sightings WHERE movement_id = ? AND kind IN ('pulled-row', 'status-answer')
         UNION ALL
         SELECT at FROM status_answers WHERE receipt = ? AND is_answered = 1 AND fate = 'completed')`,
      movementId,
      receipt,
    )?.at ?? null
  );
}

/** The first sweep out of a till after an instant. */
export function sweptSince(db: ReadDb, tillId: number, day: BusinessDay, at: UtcMs): UtcMs | null {
  return (
    db.get<{ at: UtcMs }>(
      `SELECT completed_at AS at FROM live_movements
        WHERE business_day >= ? AND till_id = ? AND kind = 'sweep' AND direction = 'out' AND completed_at >= ?
        ORDER BY business_day DESC, completed_at DESC LIMIT 1`,
      day,
      tillId,
      at,
    )?.at ?? null
  );
}

export type KnownBalance = { readonly cents: Cents; readonly at: UtcMs; readonly from: 'answer' | 'file' };

/** What the account held when it was last known: by an answer of Safaricom, else by the newest line of a statement. */
export function lastBalance(
  db: ReadDb,
  account: { readonly id: number; readonly name: string; readonly shortCode: string | null },
): KnownBalance | null {
  const line = db.get<{ cents: Cents; at: UtcMs }>(
    `SELECT balance_cents AS cents, completed_at AS at FROM live_movements
      WHERE account_id = ? AND balance_cents IS NOT NULL
      ORDER BY business_day DESC, completed_at DESC, id DESC LIMIT 1`,
    account.id,
  );
  const answer = db.get<{ cents: Cents | null; at: UtcMs }>(
    `SELECT json_extract(j.value, '$.available') AS cents, coalesce(b.as_of, b.answered_at) AS at
       FROM balances b, json_each(b.accounts) j
      WHERE b.short_code = ? AND json_extract(j.value, '$.name') = ? ORDER BY b.id DESC LIMIT 1`,
    account.shortCode ?? '',
    account.name,
  );
  const told = answer !== undefined && answer.cents !== null ? { ...answer, cents: answer.cents } : null;
  if (told !== null && (line === undefined || told.at >= line.at)) return { ...told, from: 'answer' };
  return line === undefined ? null : { ...line, from: 'file' };
}

/** The sales that the payment settled: of the link that stands, else of the last one that a reversal ended. */
export function salesOfPayment(db: ReadDb, movementId: number): number[] {
  return db
    .lists<[number]>(
      `SELECT i.sale_id FROM link_items i
        WHERE i.sale_id IS NOT NULL AND i.link_id = (
          SELECT l.id FROM link_items p JOIN links l ON l.id = p.link_id
           WHERE p.movement_id = ? AND l.kind = 'sale' ORDER BY p.is_active DESC, l.id DESC LIMIT 1)
        ORDER BY i.position`,
      movementId,
    )
    .map(([id]) => id);
}

/** True when the shop has written a refund of the same amount under the sale's reference, or took the sale back. */
export function isSaleRefunded(db: ReadDb, saleId: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM sales s WHERE s.id = ? AND (
         s.status IN ('cancelled', 'void')
         OR EXISTS (SELECT 1 FROM live_sales f WHERE s.reference IS NOT NULL AND f.reference = s.reference COLLATE NOCASE
                      AND f.id <> s.id AND f.amount_cents = -s.amount_cents AND f.kind <> 'day-total'
                      AND f.status NOT IN ('cancelled', 'void')))`,
      saleId,
    ) !== undefined
  );
}

/** True when the customer paid again: the sale stands in a link with another payment than the one that went back. */
export function isSalePaidAgain(
  db: ReadDb,
  saleId: number,
  { receipt, tillId }: { readonly receipt: string; readonly tillId: number },
): boolean {
  return (
    db.get(
      `SELECT 1 FROM link_items s
         JOIN link_items p ON p.link_id = s.link_id AND p.kind = 'sale' AND p.is_active = 1
         JOIN movements m ON m.id = p.movement_id
        WHERE s.sale_id = ? AND s.kind = 'sale' AND s.is_active = 1 AND NOT (m.receipt = ? AND m.till_id = ?)`,
      saleId,
      receipt,
      tillId,
    ) !== undefined
  );
}

/** The relay as far as it is known: when it was last reached; null when there is none or something stops it. */
export function relayReachedAt(db: ReadDb): UtcMs | null {
  return (
    db.get<{ at: UtcMs | null }>('SELECT reached_at AS at FROM relay_pairing WHERE stopped IS NULL')?.at ??
    null
  );
}

export type OperatorFacts = {
  readonly kind: 'app' | 'look-up-operator' | 'reversal-operator';
  readonly name: string | null;
  readonly state: 'untried' | 'working' | 'refused';
};

export function credentialsOf(db: ReadDb, shortCode: string): OperatorFacts[] {
  return db.all<OperatorFacts>(
    `SELECT kind, name, state FROM credentials WHERE short_code = ?
        AND kind IN ('app', 'look-up-operator', 'reversal-operator')`,
    shortCode,
  );
}

/** Everything about a payment that an approval stands for, as one text to hash. */
export function paymentText(db: ReadDb, movementId: number): string {
  const row = db.get(
    `SELECT id, till_id, receipt, direction, amount_cents, occurrence, account_id, kind, status, completed_at,
            linked_receipt, undone_at FROM movements WHERE id = ?`,
    movementId,
  );
  return JSON.stringify({ ...row, isLinked: hasReversalLink(db, movementId) });
}
