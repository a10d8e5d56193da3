import type { ReadDb, WriteDb } from '../ledger.ts';
import { areLive } from './live-items.ts';

export type NewPark = {
  readonly movementId: number | null;
  readonly saleId: number | null;
  readonly note: string;
  readonly staffId: number;
  readonly at: number;
};

export function insertPark(db: WriteDb, park: NewPark): number {
  return db.run(
    'INSERT INTO parks (movement_id, sale_id, note, at, staff_id) VALUES (?, ?, ?, ?, ?)',
    park.movementId,
    park.saleId,
    park.note,
    park.at,
    park.staffId,
  ).lastId;
}

/** Ends the parks of the items; returns those that were open. */
export function endParks(
  db: WriteDb,
  lines: readonly number[],
  sales: readonly number[],
  at: number,
): number[] {
  const open = [
    ...lines.flatMap((id) =>
      db.all<{ id: number }>('SELECT id FROM parks WHERE movement_id = ? AND ended_at IS NULL', id),
    ),
    ...sales.flatMap((id) =>
      db.all<{ id: number }>('SELECT id FROM parks WHERE sale_id = ? AND ended_at IS NULL', id),
    ),
  ].map((park) => park.id);
  for (const id of open) db.run('UPDATE parks SET ended_at = ? WHERE id = ?', at, id);
  return open;
}

/** Sets an item aside again. Not when it has left the books, or when it was set aside anew since. */
export function revivePark(db: WriteDb, parkId: number): 'back' | 'gone' | 'taken' {
  const park = db.get<{ movementId: number | null; saleId: number | null; taken: 0 | 1 }>(
    `SELECT p.movement_id AS movementId, p.sale_id AS saleId,
            EXISTS (SELECT 1 FROM parks o WHERE o.ended_at IS NULL
              AND (o.movement_id = p.movement_id OR o.sale_id = p.sale_id)) AS taken
       FROM parks p WHERE p.id = ?`,
    parkId,
  );
  const { movementId = null, saleId = null } = park ?? {};
  const lines = movementId === null ? [] : [movementId];
  const sales = saleId === null ? [] : [saleId];
  if (lines.length + sales.length === 0 || !areLive(db, lines, sales)) return 'gone';
  if (park?.taken) return 'taken';
  db.run('UPDATE parks SET ended_at = NULL WHERE id = ?', parkId);
  return 'back';
}

export type ParkView = { readonly note: string; readonly at: number; readonly by: string };

/** The newest open park of any of the items. */
export function readPark(db: ReadDb, lines: readonly number[], sales: readonly number[]): ParkView | null {
  const parks = [
    ...lines.flatMap((id) =>
      db.all<ParkView>(
        `SELECT p.note, p.at, s.name AS by FROM parks p JOIN staff s ON s.id = p.staff_id
          WHERE p.movement_id = ? AND p.ended_at IS NULL`,
        id,
      ),
    ),
    ...sales.flatMap((id) =>
      db.all<ParkView>(
        `SELECT p.note, p.at, s.name AS by FROM parks p JOIN staff s ON s.id = p.staff_id
          WHERE p.sale_id = ? AND p.ended_at IS NULL`,
        id,
      ),
    ),
  ];
  return parks.sort((a, b) => b.at - a.at)[0] ?? null;
}

/** Moves the questions about the items to where their parks put them, at once; a matching would say the same. */
export function placeQuestions(db: WriteDb, lines: readonly number[], sales: readonly number[]): void {
  db.run(
    `UPDATE findings SET is_parked = EXISTS (
       SELECT 1 FROM finding_items i JOIN parks p
           ON p.ended_at IS NULL AND (p.movement_id = i.movement_id OR p.sale_id = i.sale_id)
        WHERE i.finding_id = findings.id)
      WHERE id IN (SELECT finding_id FROM finding_items WHERE movement_id IN (SELECT value FROM json_each(?))
                   UNION SELECT finding_id FROM finding_items WHERE sale_id IN (SELECT value FROM json_each(?)))`,
    JSON.stringify(lines),
    JSON.stringify(sales),
  );
}
