import type { ReadDb, WriteDb } from '../ledger.ts';

export type RowOfDay = {
  readonly side: 'movement' | 'sale';
  readonly id: number;
  readonly day: string;
  readonly newDay: string;
};

/** Movements and timed sales from an instant on that stand on another day than a new day start gives them. */
export function selectOnOtherDay(db: ReadDb, from: number, minutes: number, limit: number): RowOfDay[] {
  return db.all<RowOfDay>(
    `SELECT * FROM (
       SELECT 'movement' AS side, id, business_day AS day,
              date((completed_at + 10800000) / 1000 - ? * 60, 'unixepoch') AS newDay
         FROM movements WHERE completed_at >= ?
       UNION ALL
       SELECT 'sale', id, business_day, date((sold_at + 10800000) / 1000 - ? * 60, 'unixepoch')
         FROM sales WHERE sold_at >= ?)
      WHERE day <> newDay LIMIT ?`,
    minutes,
    from,
    minutes,
    from,
    limit,
  );
}

/** Moves one row, and whatever stands on the reconcile screen at it. */
export function moveToDay(db: WriteDb, row: RowOfDay): void {
  if (row.side === 'movement') {
    db.run('UPDATE movements SET business_day = ? WHERE id = ?', row.newDay, row.id);
    db.run(
      `UPDATE links SET business_day = ? WHERE id IN
         (SELECT link_id FROM link_items WHERE movement_id = ? AND is_active = 1 AND position = 0)`,
      row.newDay,
      row.id,
    );
    return;
  }
  db.run('UPDATE sales SET business_day = ? WHERE id = ?', row.newDay, row.id);
}

/** Whatever stands on the reconcile screen at a movement goes with its new time, to another day where that is one. */
export function moveInTime(
  db: WriteDb,
  movementId: number,
  at: number,
  { day, newDay }: { readonly day: string; readonly newDay: string },
): void {
  db.run(
    `UPDATE links SET at = ? WHERE id IN
       (SELECT link_id FROM link_items WHERE movement_id = ? AND is_active = 1 AND position = 0)`,
    at,
    movementId,
  );
  if (day !== newDay) moveToDay(db, { side: 'movement', id: movementId, day, newDay });
}
