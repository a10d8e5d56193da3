import type { LinkKind } from '#shared/domain/matching/types.ts';
import type { ReadDb } from '../ledger.ts';

/** True when any of the items is already in an active link of this kind. */
export function isInLink(
  db: ReadDb,
  kind: LinkKind,
  lines: readonly number[],
  sales: readonly number[],
): boolean {
  return (
    lines.some((id) =>
      db.get('SELECT 1 FROM link_items WHERE movement_id = ? AND kind = ? AND is_active = 1', id, kind),
    ) ||
    sales.some((id) =>
      db.get('SELECT 1 FROM link_items WHERE sale_id = ? AND kind = ? AND is_active = 1', id, kind),
    )
  );
}

/** The business days of the items: what must be matched again after they changed. */
export function daysOfItems(db: ReadDb, lines: readonly number[], sales: readonly number[]): Set<string> {
  const days = new Set<string>();
  for (const id of lines) {
    const row = db.get<{ day: string }>('SELECT business_day AS day FROM movements WHERE id = ?', id);
    if (row) days.add(row.day);
  }
  for (const id of sales) {
    const row = db.get<{ day: string }>('SELECT business_day AS day FROM sales WHERE id = ?', id);
    if (row) days.add(row.day);
  }
  return days;
}

/** What live payments and sales come to; null when one of them is not live (any more). In cents. */
export function readOpenAmounts(
  db: ReadDb,
  lines: readonly number[],
  sales: readonly number[],
): { paidCents: number; soldCents: number } | null {
  let paidCents = 0;
  for (const id of lines) {
    const row = db.get<{ amount: number; direction: string }>(
      `SELECT amount_cents AS amount, direction FROM live_movements WHERE id = ? AND status = 'completed'`,
      id,
    );
    if (!row) return null;
    paidCents += row.direction === 'in' ? row.amount : -row.amount;
  }
  let soldCents = 0;
  for (const id of sales) {
    const row = db.get<{ amount: number }>(
      `SELECT amount_cents AS amount FROM live_sales WHERE id = ? AND status NOT IN ('void', 'cancelled')`,
      id,
    );
    if (!row) return null;
    soldCents += row.amount;
  }
  return { paidCents, soldCents };
}
