import type { TimePrecision } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';
import { moveToDay } from './move-days.ts';

/** Better times of known movements, by id, with the business day they fall on. */
export type SharperTimes = Map<
  number,
  { readonly completedAt: number; readonly precision: TimePrecision; readonly businessDay: string }
>;

/**
 * A file that kept its seconds mends the times of one that a spreadsheet had cut to minutes or days. Returns the days
 * that must be matched again.
 */
export function sharpenTimes(db: WriteDb, sharper: SharperTimes): Set<string> {
  const days = new Set<string>();
  for (const [id, { completedAt, precision, businessDay }] of sharper) {
    const known = db.get<{ day: string }>('SELECT business_day AS day FROM movements WHERE id = ?', id);
    if (!known) throw new Error(`movement ${id} is not there`);
    db.run(
      'UPDATE movements SET completed_at = ?, time_precision = ? WHERE id = ?',
      completedAt,
      precision,
      id,
    );
    db.run(
      `UPDATE links SET at = ? WHERE id IN
         (SELECT link_id FROM link_items WHERE movement_id = ? AND is_active = 1 AND position = 0)`,
      completedAt,
      id,
    );
    if (known.day !== businessDay)
      moveToDay(db, { side: 'movement', id, day: known.day, newDay: businessDay });
    days.add(known.day).add(businessDay);
  }
  return days;
}
