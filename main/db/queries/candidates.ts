import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

export type NearBy = {
  readonly at: number;
  readonly tillId: number | null;
  readonly terms: string;
  readonly amountCents: number | null;
  readonly limit: number;
};

/** Both inclusive. */
export type Days = { readonly from: BusinessDay; readonly to: BusinessDay };

/** An open item, and how far it lies from what is picked, in milliseconds. */
export type Candidate = { readonly id: number; readonly distance: number };

/** The first and the last day of the books that have any item; null when there is none. */
export function selectDaysOfBooks(db: ReadDb): Days | null {
  const found = db.get<{ from: BusinessDay | null; to: BusinessDay | null }>(
    `SELECT min(first) AS "from", max(last) AS "to" FROM (
       SELECT (SELECT min(business_day) FROM movements) AS first, (SELECT max(business_day) FROM movements) AS last
       UNION ALL SELECT (SELECT min(business_day) FROM sales), (SELECT max(business_day) FROM sales))`,
  );
  return found?.from && found.to ? { from: found.from, to: found.to } : null;
}

/** Customer payments that no sale has, nearest in time first. */
export function selectOpenPayments(db: ReadDb, near: NearBy, days: Days): Candidate[] {
  return db.all<Candidate>(
    `SELECT m.id, abs(m.completed_at - ?) AS distance FROM live_movements m
        WHERE m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed'
          AND m.business_day BETWEEN ? AND ? AND (? IS NULL OR m.till_id = ?)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.kind = 'sale' AND l.is_active = 1)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.kind = 'reversal-of' AND l.is_active = 1)
          AND (? = '[]' OR EXISTS (SELECT 1 FROM movement_words w, json_each(?) term
                WHERE w.id = m.id AND (instr(w.words, term.value) > 0 OR w.amount_cents = ?)))
        ORDER BY distance, m.id LIMIT ?`,
    near.at,
    days.from,
    days.to,
    near.tillId,
    near.tillId,
    near.terms,
    near.terms,
    near.amountCents,
    near.limit,
  );
}

/** M-PESA sales that no payment has, nearest in time first. */
export function selectOpenSales(db: ReadDb, near: NearBy, days: Days): Candidate[] {
  return db.all<Candidate>(
    `SELECT s.id, abs(coalesce(s.sold_at, unixepoch(s.business_day) * 1000) - ?) AS distance FROM live_sales s
        WHERE s.tender = 'mpesa' AND s.kind IN ('sale', 'refund') AND s.status = 'closed'
          AND s.business_day BETWEEN ? AND ?
          AND (? IS NULL OR s.till_id IS NULL OR s.till_id = ?)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.sale_id = s.id AND l.kind = 'sale' AND l.is_active = 1)
          AND (? = '[]' OR EXISTS (SELECT 1 FROM sale_words w, json_each(?) term
                WHERE w.id = s.id AND (instr(w.words, term.value) > 0 OR w.amount_cents = ?)))
        ORDER BY distance, s.id LIMIT ?`,
    near.at,
    days.from,
    days.to,
    near.tillId,
    near.tillId,
    near.terms,
    near.terms,
    near.amountCents,
    near.limit,
  );
}
