import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** A day to match, and how often it was marked: a mark that comes while it is matched must not be lost. */
export type MarkedDay = { readonly day: BusinessDay; readonly mark: number };

export function markDaysToMatch(db: WriteDb, days: Iterable<string>): void {
  for (const day of days)
    db.run(
      'INSERT INTO days_to_match (day, mark) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET mark = mark + 1',
      day,
    );
}

export function selectDaysToMatch(db: ReadDb): MarkedDay[] {
  return db.all<MarkedDay>('SELECT day, mark FROM days_to_match ORDER BY day');
}

/** Takes days off the list that nobody marked again since they were read. */
export function clearDaysToMatch(db: WriteDb, matched: readonly MarkedDay[]): void {
  for (const { day, mark } of matched)
    db.run('DELETE FROM days_to_match WHERE day = ? AND mark = ?', day, mark);
}

/** How many live items a day has: what decides how many days are matched at once. */
export function countItems(db: ReadDb, day: BusinessDay): number {
  const lines =
    db.get<{ n: number }>('SELECT count(*) AS n FROM movements WHERE business_day = ?', day)?.n ?? 0;
  const sales = db.get<{ n: number }>('SELECT count(*) AS n FROM sales WHERE business_day = ?', day)?.n ?? 0;
  return lines + sales;
}
