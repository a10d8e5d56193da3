import type { ReadDb } from '../ledger.ts';
import type { ImportKind } from './imports.ts';
import { bestSource } from './sightings.ts';

/** Live rows of a file that are alike in all that decides what becomes of them. */
export type UndoGroup = {
  readonly isDecided: 0 | 1;
  readonly isShared: 0 | 1;
  readonly isMatched: 0 | 1;
  readonly isEdited: 0 | 1;
  readonly rows: number;
};

/** By far most items were joined by nobody: asked the other way round, from the links that people made. */
const joinedByPeople = (id: 'movement_id' | 'sale_id') =>
  `SELECT k.${id} FROM links n INDEXED BY links_by_people CROSS JOIN link_items k
    WHERE n.how <> 'auto' AND n.ended_at IS NULL AND k.link_id = n.id AND k.is_active = 1 AND k.${id} IS NOT NULL`;

const LINE_GROUPS = `
  SELECT l.row IN (SELECT value FROM json_each(?)) AS isDecided,
    EXISTS (SELECT 1 FROM statement_lines o JOIN imports i ON i.id = o.import_id
      WHERE o.movement_id = m.id AND o.import_id <> l.import_id AND i.state = 'done')
      OR ${bestSource('m.id')} IS NOT NULL AS isShared,
    m.id IN (${joinedByPeople('movement_id')}) AS isMatched, 0 AS isEdited, count(*) AS rows
  FROM statement_lines l JOIN movements m ON m.id = l.movement_id
  WHERE l.import_id = ? AND l.row > ? AND l.row <= ? AND m.undone_at IS NULL GROUP BY 1, 2, 3, 4`;

const SALE_GROUPS = `
  SELECT l.row IN (SELECT value FROM json_each(?)) AS isDecided,
    EXISTS (SELECT 1 FROM sale_lines o JOIN imports i ON i.id = o.import_id
      WHERE o.sale_id = s.id AND o.import_id <> l.import_id AND i.state = 'done') AS isShared,
    s.id IN (${joinedByPeople('sale_id')}) AS isMatched, s.typed_by IS NOT NULL AS isEdited, count(*) AS rows
  FROM sale_lines l JOIN sales s ON s.id = l.sale_id
  WHERE l.import_id = ? AND l.row > ? AND l.row <= ? AND s.undone_at IS NULL GROUP BY 1, 2, 3, 4`;

/** The live rows of a file between two row numbers, counted by what decides their fate. */
export function groupUndoRows(
  db: ReadDb,
  about: { readonly kind: ImportKind; readonly id: number; readonly decided: ReadonlySet<number> },
  after: number,
  upTo: number,
): UndoGroup[] {
  const sql = about.kind === 'statement' ? LINE_GROUPS : SALE_GROUPS;
  return db.all<UndoGroup>(sql, JSON.stringify([...about.decided]), about.id, after, upTo);
}

/** The number of the last of the next `limit` rows of a file, live or not; null when there is none. */
export function lastOfNextRows(
  db: ReadDb,
  { kind, id }: { readonly kind: ImportKind; readonly id: number },
  after: number,
  limit: number,
): number | null {
  const lines = kind === 'statement' ? 'statement_lines' : 'sale_lines';
  const found = db.get<{ last: number | null }>(
    `SELECT max(row) AS last FROM (SELECT row FROM ${lines} WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?)`,
    id,
    after,
    limit,
  );
  return found?.last ?? null;
}

/** Rows of a file after a row number: how many there are, how many this undoing took back, and the last one. */
export type UndoneCount = { readonly seen: number; readonly undone: number; readonly last: number | null };

const UNDONE_LINES = `
  SELECT count(*) AS seen, coalesce(sum(undone_at = ?), 0) AS undone, max(row) AS last FROM (
    SELECT l.row, m.undone_at FROM statement_lines l JOIN movements m ON m.id = l.movement_id
     WHERE l.import_id = ? AND l.row > ? ORDER BY l.row LIMIT ?)`;
const UNDONE_SALES = `
  SELECT count(*) AS seen, coalesce(sum(undone_at = ?), 0) AS undone, max(row) AS last FROM (
    SELECT l.row, s.undone_at FROM sale_lines l JOIN sales s ON s.id = l.sale_id
     WHERE l.import_id = ? AND l.row > ? ORDER BY l.row LIMIT ?)`;

/** Counts what this undoing has taken back among the next rows of a file: all of that carries its time. */
export function countUndoneRows(
  db: ReadDb,
  about: { readonly kind: ImportKind; readonly id: number; readonly undoneAt: number },
  after: number,
  limit: number,
): UndoneCount {
  const sql = about.kind === 'statement' ? UNDONE_LINES : UNDONE_SALES;
  return (
    db.get<UndoneCount>(sql, about.undoneAt, about.id, after, limit) ?? { seen: 0, undone: 0, last: null }
  );
}
