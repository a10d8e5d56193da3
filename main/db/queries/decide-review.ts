import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { bestSource } from './sightings.ts';
import { recountLine } from './witness.ts';

export function decideOpenReview(
  db: WriteDb,
  reviewId: number,
  state: 'kept' | 'applied',
  staffId: number,
  at: number,
): void {
  db.run(
    'UPDATE reviews SET state = ?, decided_at = ?, decided_by = ? WHERE id = ?',
    state,
    at,
    staffId,
    reviewId,
  );
}

export function reopenReview(db: WriteDb, reviewId: number): void {
  db.run(`UPDATE reviews SET state = 'open', decided_at = NULL, decided_by = NULL WHERE id = ?`, reviewId);
}

/** The line of the new file becomes evidence of a movement. */
export function attachLine(db: WriteDb, importId: number, row: number, movementId: number): void {
  db.run(
    'INSERT INTO statement_lines (import_id, row, movement_id) VALUES (?, ?, ?)',
    importId,
    row,
    movementId,
  );
  recountLine(db, importId, row, 1);
}

export function attachSaleLine(db: WriteDb, importId: number, row: number, saleId: number): void {
  db.run('INSERT INTO sale_lines (import_id, row, sale_id) VALUES (?, ?, ?)', importId, row, saleId);
}

/** The row of a file waits in a review again and is evidence of nothing. */
export function detachRow(db: WriteDb, importId: number, row: number): void {
  recountLine(db, importId, row, -1);
  db.run('DELETE FROM statement_lines WHERE import_id = ? AND row = ?', importId, row);
  db.run('DELETE FROM sale_lines WHERE import_id = ? AND row = ?', importId, row);
}

/** A live movement of the same identity as a line: another file may have brought it since. */
export function sameMovement(
  db: ReadDb,
  line: { receipt: string; direction: string; amountCents: number; occurrence: number },
  tillId: number,
): number | null {
  const found = db.get<{ id: number }>(
    `SELECT id FROM live_movements
      WHERE receipt = ? AND direction = ? AND amount_cents = ? AND till_id = ? AND occurrence = ?`,
    line.receipt,
    line.direction,
    line.amountCents,
    tillId,
    line.occurrence,
  );
  return found?.id ?? null;
}

/**
 * Whether a person took the item of a question out of the books because a file lacked it. The question is then about
 * a file that has it again.
 */
export function isTakenOut(
  db: ReadDb,
  item: { readonly movementId: number | null; readonly saleId: number | null },
): boolean {
  const found =
    item.saleId === null
      ? db.get(
          `SELECT 1 FROM reviews r JOIN movements m ON m.id = r.movement_id
            WHERE m.id = ? AND r.kind = 'vanished-line' AND r.state = 'applied' AND m.undone_at = r.decided_at`,
          item.movementId,
        )
      : db.get(
          `SELECT 1 FROM reviews r JOIN sales s ON s.id = r.sale_id
            WHERE s.id = ? AND r.kind = 'vanished-sale' AND r.state = 'applied' AND s.undone_at = r.decided_at`,
          item.saleId,
        );
  return found !== undefined;
}

type Revival = 'back' | 'stays-away' | 'taken';

/**
 * Brings a movement back that a decision took out at `undoneAt`. It stays away when no file that counts, nor Pull or a
 * notice, shows it any more, and cannot come back when another of its identity is live.
 */
export function reviveMovement(db: WriteDb, movementId: number, undoneAt: number): Revival {
  const row = db.get<{ undoneAt: number | null; home: number | null; taken: 0 | 1 }>(
    `SELECT m.undone_at AS undoneAt,
            coalesce((SELECT min(i.id) FROM statement_lines l JOIN imports i ON i.id = l.import_id
              WHERE l.movement_id = m.id AND i.state = 'done'), ${bestSource('m.id')}) AS home,
            EXISTS (SELECT 1 FROM movements o WHERE o.receipt = m.receipt AND o.direction = m.direction
              AND o.amount_cents = m.amount_cents AND o.till_id = m.till_id AND o.occurrence = m.occurrence
              AND o.undone_at IS NULL) AS taken
       FROM movements m WHERE m.id = ?`,
    movementId,
  );
  if (!row || row.undoneAt !== undoneAt || row.home === null) return 'stays-away';
  if (row.taken) return 'taken';
  db.run('UPDATE movements SET undone_at = NULL, import_id = ? WHERE id = ?', row.home, movementId);
  return 'back';
}

/** The same for a sale. A typed sale needs no file. */
export function reviveSale(db: WriteDb, saleId: number, undoneAt: number): Revival {
  const row = db.get<{ undoneAt: number | null; home: number | null; typed: 0 | 1; taken: 0 | 1 }>(
    `SELECT s.undone_at AS undoneAt, s.import_id IS NULL AS typed,
            (SELECT min(i.id) FROM sale_lines l JOIN imports i ON i.id = l.import_id
              WHERE l.sale_id = s.id AND i.state = 'done') AS home,
            EXISTS (SELECT 1 FROM sales o WHERE o.identity = s.identity AND o.occurrence = s.occurrence
              AND o.undone_at IS NULL) AS taken
       FROM sales s WHERE s.id = ?`,
    saleId,
  );
  if (!row || row.undoneAt !== undoneAt || (row.home === null && row.typed === 0)) return 'stays-away';
  if (row.taken) return 'taken';
  db.run(
    'UPDATE sales SET undone_at = NULL, import_id = coalesce(?, import_id) WHERE id = ?',
    row.home,
    saleId,
  );
  return 'back';
}

export type Liveness = { readonly day: BusinessDay; readonly isLive: boolean };

export function readMovementState(db: ReadDb, movementId: number): Liveness {
  const row = db.get<{ day: BusinessDay; undone: number | null }>(
    'SELECT business_day AS day, undone_at AS undone FROM movements WHERE id = ?',
    movementId,
  );
  if (!row) throw new Error(`movement ${movementId} is not there`);
  return { day: row.day, isLive: row.undone === null };
}

export function readSaleState(db: ReadDb, saleId: number): Liveness {
  const row = db.get<{ day: BusinessDay; undone: number | null }>(
    'SELECT business_day AS day, undone_at AS undone FROM sales WHERE id = ?',
    saleId,
  );
  if (!row) throw new Error(`sale ${saleId} is not there`);
  return { day: row.day, isLive: row.undone === null };
}
