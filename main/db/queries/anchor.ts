import type { Cents } from '#shared/domain/money.ts';
import { type BusinessDay, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

export type AnchorDb = Pick<ReadDb, 'get'>;

/** Where a link or a finding stands on the reconcile screen: at its first payment, else at its first sale. */
export type Anchor = {
  readonly tillId: number | null;
  readonly day: BusinessDay;
  readonly at: UtcMs;
  readonly amountCents: Cents;
};

export function anchorOf(
  db: AnchorDb,
  items: { lines: readonly number[]; sales: readonly number[] },
): Anchor {
  const [line] = items.lines;
  if (line !== undefined) {
    const found = db.get<Anchor>(
      `SELECT till_id AS tillId, business_day AS day, completed_at AS at, amount_cents AS amountCents
         FROM movements WHERE id = ?`,
      line,
    );
    if (found) return found;
  }
  const found = db.get<Anchor & { at: UtcMs | null }>(
    `SELECT till_id AS tillId, business_day AS day, sold_at AS at, amount_cents AS amountCents FROM sales WHERE id = ?`,
    items.sales[0] ?? 0,
  );
  if (!found) throw new Error('a link or a finding without items');
  return { ...found, at: found.at ?? startOfDay(found.day) };
}
