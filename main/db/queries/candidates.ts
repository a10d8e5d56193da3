import type { ReadDb } from '../ledger.ts';

export type NearBy = {
  readonly at: number;
  readonly day: string;
  readonly tillId: number | null;
  readonly terms: string;
  readonly amountCents: number | null;
  readonly limit: number;
};

/** How far from what is picked the candidates may lie when nothing is searched for. */
const NEAR_DAYS = '-3 days';
const NEAR_DAYS_AFTER = '+3 days';

/** Customer payments that no sale has, nearest in time first. A search looks through all days. */
export function selectOpenPayments(db: ReadDb, near: NearBy): number[] {
  return db
    .all<{ id: number }>(
      `SELECT m.id FROM live_movements m
        WHERE m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed'
          AND (? <> '[]' OR m.business_day BETWEEN date(?, ?) AND date(?, ?)) AND (? IS NULL OR m.till_id = ?)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.kind = 'sale' AND l.is_active = 1)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.kind = 'reversal-of' AND l.is_active = 1)
          AND (? = '[]' OR EXISTS (SELECT 1 FROM movement_words w, json_each(?) term
                WHERE w.id = m.id AND (instr(w.words, term.value) > 0 OR w.amount_cents = ?)))
        ORDER BY abs(m.completed_at - ?), m.id LIMIT ?`,
      near.terms,
      near.day,
      NEAR_DAYS,
      near.day,
      NEAR_DAYS_AFTER,
      near.tillId,
      near.tillId,
      near.terms,
      near.terms,
      near.amountCents,
      near.at,
      near.limit,
    )
    .map((row) => row.id);
}

/** M-PESA sales that no payment has, nearest in time first. A search looks through all days. */
export function selectOpenSales(db: ReadDb, near: NearBy): number[] {
  return db
    .all<{ id: number }>(
      `SELECT s.id FROM live_sales s
        WHERE s.tender = 'mpesa' AND s.kind IN ('sale', 'refund') AND s.status = 'closed'
          AND (? <> '[]' OR s.business_day BETWEEN date(?, ?) AND date(?, ?))
          AND (? IS NULL OR s.till_id IS NULL OR s.till_id = ?)
          AND NOT EXISTS (SELECT 1 FROM link_items l WHERE l.sale_id = s.id AND l.kind = 'sale' AND l.is_active = 1)
          AND (? = '[]' OR EXISTS (SELECT 1 FROM sale_words w, json_each(?) term
                WHERE w.id = s.id AND (instr(w.words, term.value) > 0 OR w.amount_cents = ?)))
        ORDER BY abs(coalesce(s.sold_at, unixepoch(s.business_day) * 1000) - ?), s.id LIMIT ?`,
      near.terms,
      near.day,
      NEAR_DAYS,
      near.day,
      NEAR_DAYS_AFTER,
      near.tillId,
      near.tillId,
      near.terms,
      near.terms,
      near.amountCents,
      near.at,
      near.limit,
    )
    .map((row) => row.id);
}
