import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** The business days of the newest `count` calendar days that have a payment or a sale, oldest first. */
export function selectRecentDays(db: ReadDb, count: number): BusinessDay[] {
  const newest = db.get<{ day: BusinessDay | null }>(
    `SELECT max(day) AS day FROM (SELECT max(business_day) AS day FROM movements
       UNION ALL SELECT max(business_day) FROM sales)`,
  )?.day;
  if (!newest) return [];
  const first = addDays(newest, 1 - count);
  return db
    .all<{ day: BusinessDay }>(
      `SELECT DISTINCT business_day AS day FROM movements WHERE business_day >= ?
        UNION SELECT DISTINCT business_day FROM sales WHERE business_day >= ? ORDER BY day`,
      first,
      first,
    )
    .map((row) => row.day);
}
