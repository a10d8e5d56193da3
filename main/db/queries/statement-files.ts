import type { ReadDb } from '../ledger.ts';

/** Whether a statement shows charges at all: some layouts leave them out. */
export function hasCharges(db: ReadDb, importId: number): boolean {
  const found = db.get(
    `SELECT 1 FROM statement_lines l JOIN movements m ON m.id = l.movement_id
      WHERE l.import_id = ? AND m.kind = 'charge' LIMIT 1`,
    importId,
  );
  return found !== undefined;
}

export function receiptOf(db: ReadDb, movementId: number): string {
  const row = db.get<{ receipt: string }>('SELECT receipt FROM movements WHERE id = ?', movementId);
  if (!row) throw new Error(`movement ${movementId} is not there`);
  return row.receipt;
}
