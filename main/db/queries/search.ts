import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** The first text that does not begin with `prefix`: with it a prefix search becomes a range of an index. */
function after(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/** The import whose rows nobody may see yet; what was undone stays findable. */
const RUNNING = "SELECT id FROM imports WHERE state = 'running'";

/** Movements by the beginning of a receipt or an account reference, or by amount: newest first, each by its index. */
export function searchMovements(
  db: ReadDb,
  text: string,
  amountCents: number | null,
  limit: number,
): number[] {
  const upper = text.toUpperCase();
  const byReceipt = db.all<{ id: number }>(
    'SELECT id FROM live_movements WHERE receipt >= ? AND receipt < ? ORDER BY receipt LIMIT ?',
    upper,
    after(upper),
    limit,
  );
  const byReference = db.all<{ id: number }>(
    `SELECT id FROM movements WHERE account_reference IS NOT NULL AND account_reference COLLATE NOCASE >= ?
        AND account_reference COLLATE NOCASE < ? AND import_id IS NOT (${RUNNING})
      ORDER BY account_reference COLLATE NOCASE LIMIT ?`,
    text,
    after(text),
    limit,
  );
  const byAmount = amountCents === null ? [] : findByDay(db, PAYMENTS_OF_DAY, amountCents, limit);
  return unique([byReceipt, byReference, byAmount], limit);
}

/** Customers' payments of an amount that came within some time of `at`, the nearest first; without a time, the newest. */
export function selectPaymentsOfAmount(
  db: ReadDb,
  amountCents: number,
  near: { readonly at: UtcMs; readonly within: number; readonly days: readonly string[] } | null,
  limit: number,
): number[] {
  if (near === null) return findByDay(db, PAYMENTS_OF_DAY, amountCents, limit).map(({ id }) => id);
  const { at, within, days } = near;
  return db
    .all<{ id: number }>(
      `SELECT m.id FROM json_each(?) day CROSS JOIN movements m INDEXED BY payments_by_amount
        WHERE m.business_day = day.value AND m.amount_cents = ? AND m.kind = 'customer-payment' AND m.undone_at IS NULL
          AND m.import_id IS NOT (${RUNNING}) AND m.completed_at BETWEEN ? AND ?
        ORDER BY abs(m.completed_at - ?), m.id LIMIT ?`,
      JSON.stringify(days),
      amountCents,
      at - within,
      at + within,
      at,
      limit,
    )
    .map(({ id }) => id);
}

/** Sales by the beginning of their reference or typed receipt, or by amount. */
export function searchSales(db: ReadDb, text: string, amountCents: number | null, limit: number): number[] {
  const upper = text.toUpperCase();
  const byReference = db.all<{ id: number }>(
    `SELECT id FROM sales WHERE reference IS NOT NULL AND reference COLLATE NOCASE >= ?
        AND reference COLLATE NOCASE < ? AND coalesce(import_id, 0) IS NOT (${RUNNING})
      ORDER BY reference COLLATE NOCASE LIMIT ?`,
    text,
    after(text),
    limit,
  );
  const byReceipt = db.all<{ id: number }>(
    `SELECT id FROM sales WHERE receipt IS NOT NULL AND receipt >= ? AND receipt < ?
        AND coalesce(import_id, 0) IS NOT (${RUNNING}) ORDER BY receipt LIMIT ?`,
    upper,
    after(upper),
    limit,
  );
  const byAmount = amountCents === null ? [] : findByDay(db, SALES_OF_DAY, amountCents, limit);
  return unique([byReference, byReceipt, byAmount], limit);
}

/** How to look for an amount: the newest day before another that has any item, and the items of that amount in a day. */
type ByDay = { readonly dayBefore: string; readonly ofDay: string };

const PAYMENTS_OF_DAY: ByDay = {
  dayBefore: 'SELECT max(business_day) AS day FROM movements WHERE business_day < ?',
  ofDay: `SELECT id FROM movements INDEXED BY payments_by_amount
    WHERE business_day = ? AND amount_cents = ? AND kind = 'customer-payment' AND undone_at IS NULL AND import_id IS NOT (${RUNNING}) ORDER BY completed_at DESC LIMIT ?`,
};
const SALES_OF_DAY: ByDay = {
  dayBefore: 'SELECT max(business_day) AS day FROM sales WHERE business_day < ?',
  ofDay: `SELECT id FROM sales INDEXED BY sales_by_amount
    WHERE business_day = ? AND abs(amount_cents) = ? AND undone_at IS NULL AND coalesce(import_id, 0) IS NOT (${RUNNING}) ORDER BY sold_at DESC LIMIT ?`,
};
const AFTER_EVERY_DAY = '9999-99-99';

/** Items of an amount, newest first, one look into an index a day: a year has few days and very many amounts. */
function findByDay(db: ReadDb, { dayBefore, ofDay }: ByDay, amountCents: number, limit: number) {
  const found: { id: number }[] = [];
  const before = (day: string) => db.get<{ day: string | null }>(dayBefore, day)?.day ?? null;
  for (let day = before(AFTER_EVERY_DAY); day !== null && found.length < limit; day = before(day))
    found.push(...db.all<{ id: number }>(ofDay, day, amountCents, limit - found.length));
  return found;
}

function unique(lists: { id: number }[][], limit: number): number[] {
  return [...new Set(lists.flat().map((row) => row.id))].slice(0, limit);
}

/** Where an item stands on the reconcile screen: in a link, in a finding, or nowhere. */
export function placeOfItem(
  db: ReadDb,
  item: { movementId: number } | { saleId: number },
): { rowKey: string | null; state: 'todo' | 'matched' | 'parked' | 'other' } {
  const [movementId, saleId] = 'movementId' in item ? [item.movementId, null] : [null, item.saleId];
  const link = db.get<{ id: number }>(
    `SELECT link_id AS id FROM link_items WHERE is_active = 1 AND kind IN ('sale', 'day-total', 'reversal-of')
        AND (movement_id = ? OR sale_id = ?) LIMIT 1`,
    movementId,
    saleId,
  );
  if (link) return { rowKey: `link-${link.id}`, state: 'matched' };
  const finding = db.get<{ id: number; isParked: number }>(
    `SELECT f.id, f.is_parked AS isParked FROM finding_items i JOIN findings f ON f.id = i.finding_id
      WHERE i.movement_id = ? OR i.sale_id = ? ORDER BY f.is_head DESC, f.id LIMIT 1`,
    movementId,
    saleId,
  );
  if (!finding) return { rowKey: null, state: 'other' };
  return { rowKey: `finding-${finding.id}`, state: finding.isParked === 1 ? 'parked' : 'todo' };
}
