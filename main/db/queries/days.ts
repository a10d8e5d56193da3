import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export function markDaysToMatch(db: WriteDb, days: Iterable<string>): void {
  for (const day of days) db.run('INSERT OR IGNORE INTO days_to_match (day) VALUES (?)', day);
}

export function selectDaysToMatch(db: ReadDb): BusinessDay[] {
  return db.all<{ day: BusinessDay }>('SELECT day FROM days_to_match ORDER BY day').map((row) => row.day);
}

export function clearDaysToMatch(db: WriteDb, from: BusinessDay, to: BusinessDay): void {
  db.run('DELETE FROM days_to_match WHERE day BETWEEN ? AND ?', from, to);
}

/** How many live items a day has: what decides how many days are matched at once. */
export function countItems(db: ReadDb, day: BusinessDay): number {
  const lines =
    db.get<{ n: number }>('SELECT count(*) AS n FROM movements WHERE business_day = ?', day)?.n ?? 0;
  const sales = db.get<{ n: number }>('SELECT count(*) AS n FROM sales WHERE business_day = ?', day)?.n ?? 0;
  return lines + sales;
}
