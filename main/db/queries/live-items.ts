import type { ReadDb } from '../ledger.ts';

/** Whether all of them are in the books: there, not undone, and not of an import that is still being brought in. */
export function areLive(db: ReadDb, lines: readonly number[], sales: readonly number[]): boolean {
  return (
    lines.every((id) => db.get('SELECT 1 FROM live_movements WHERE id = ?', id)) &&
    sales.every((id) => db.get('SELECT 1 FROM live_sales WHERE id = ?', id))
  );
}
