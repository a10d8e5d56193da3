import type { BusinessDay, TimePrecision, UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';
import { moveInTime } from './move-days.ts';

/** Better times of known movements, by id. */
export type SharperTimes = Map<number, { readonly completedAt: UtcMs; readonly precision: TimePrecision }>;

/**
 * A file that kept its seconds mends the times of one that a spreadsheet had cut to minutes or days. `dayOf` is asked
 * now, for the day may have begun at another hour when the line was read. Returns the days that must be matched again.
 */
export function sharpenTimes(
  db: WriteDb,
  sharper: SharperTimes,
  dayOf: (at: UtcMs) => BusinessDay,
): Set<string> {
  const days = new Set<string>();
  for (const [id, { completedAt, precision }] of sharper) {
    const businessDay = dayOf(completedAt);
    const known = db.get<{ day: string }>('SELECT business_day AS day FROM movements WHERE id = ?', id);
    if (!known) throw new Error(`movement ${id} is not there`);
    db.run(
      'UPDATE movements SET completed_at = ?, time_precision = ? WHERE id = ?',
      completedAt,
      precision,
      id,
    );
    moveInTime(db, id, completedAt, { day: known.day, newDay: businessDay });
    days.add(known.day).add(businessDay);
  }
  return days;
}
