import type { ReadDb, WriteDb } from '../ledger.ts';

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
