import type { ReadDb, WriteDb } from '../ledger.ts';

/** How many customers' payments a file shows, and how many of them Safaricom itself also showed or answered for. */
export type Witnessed = { readonly payments: number; readonly seen: number };

const IS_PAYMENT = `m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed'`;
const IS_SEEN = `EXISTS (SELECT 1 FROM sightings s
  WHERE s.movement_id = m.id AND s.kind IN ('pulled-row', 'status-answer'))`;

/** Among the rows of a file after one number, up to another. */
export function countWitnessed(db: ReadDb, importId: number, after: number, upTo: number): Witnessed {
  const found = db.get<Witnessed>(
    `SELECT count(*) AS payments, coalesce(sum(${IS_SEEN}), 0) AS seen
       FROM statement_lines l CROSS JOIN movements m ON m.id = l.movement_id
      WHERE l.import_id = ? AND l.row > ? AND l.row <= ? AND ${IS_PAYMENT}`,
    importId,
    after,
    upTo,
  );
  return found ?? { payments: 0, seen: 0 };
}

export function hasSightings(db: ReadDb): boolean {
  return db.get('SELECT 1 FROM sightings LIMIT 1') !== undefined;
}

/** What is seen later of a file that is done, the ledger counts itself. */
export function setWitnessed(db: WriteDb, importId: number, { payments, seen }: Witnessed): void {
  db.run('UPDATE imports SET payments = ?, seen_payments = ? WHERE id = ?', payments, seen, importId);
}

/** A decision made a row of a file evidence of a movement (1), or took that back (-1). */
export function recountLine(db: WriteDb, importId: number, row: number, step: 1 | -1): void {
  const { payments, seen } = countWitnessed(db, importId, row - 1, row);
  db.run(
    'UPDATE imports SET payments = payments + ?, seen_payments = seen_payments + ? WHERE id = ?',
    payments * step,
    seen * step,
    importId,
  );
}
