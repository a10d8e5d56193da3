import type { WriteDb } from '../ledger.ts';

export function insertRefusal(db: WriteDb, line: number, sale: number, staffId: number, at: number): number {
  return db.run(
    'INSERT INTO refused_pairs (movement_id, sale_id, at, staff_id) VALUES (?, ?, ?, ?)',
    line,
    sale,
    at,
    staffId,
  ).lastId;
}

/** A person who matches what was refused before has changed their mind. Returns the refusals that ended. */
export function endRefusals(
  db: WriteDb,
  lines: readonly number[],
  sales: readonly number[],
  at: number,
): number[] {
  const ended: number[] = [];
  for (const line of lines)
    for (const sale of sales)
      for (const row of db.all<{ id: number }>(
        'SELECT id FROM refused_pairs WHERE movement_id = ? AND sale_id = ? AND ended_at IS NULL',
        line,
        sale,
      )) {
        db.run('UPDATE refused_pairs SET ended_at = ? WHERE id = ?', at, row.id);
        ended.push(row.id);
      }
  return ended;
}
