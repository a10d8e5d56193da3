import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import type { ImportKind } from './imports.ts';
import { endLink } from './links.ts';
import { bestSource } from './sightings.ts';

/** A live row of a file that is to be undone, with all that decides what becomes of it. */
export type UndoRow = {
  readonly row: number;
  /** Of the movement or the sale that the row shows. */
  readonly itemId: number;
  readonly day: BusinessDay;
  /** The import the item hangs on. */
  readonly home: number | null;
  /** Another done import that shows the same item, else the source that is no file and does. */
  readonly other: number | null;
  /** In an active link that a person made or accepted. */
  readonly isMatched: 0 | 1;
  /** Typed or corrected by a person: sales only. */
  readonly isEdited: 0 | 1;
};

const LINES = `
  SELECT l.row, m.id AS itemId, m.business_day AS day, m.import_id AS home,
    coalesce((SELECT min(o.import_id) FROM statement_lines o JOIN imports i ON i.id = o.import_id
      WHERE o.movement_id = m.id AND o.import_id <> l.import_id AND i.state = 'done'), ${bestSource('m.id')}) AS other,
    EXISTS (SELECT 1 FROM link_items k JOIN links n ON n.id = k.link_id
      WHERE k.movement_id = m.id AND k.is_active = 1 AND n.how <> 'auto') AS isMatched,
    0 AS isEdited
  FROM statement_lines l JOIN movements m ON m.id = l.movement_id
  WHERE l.import_id = ? AND l.row > ? AND m.undone_at IS NULL ORDER BY l.row LIMIT ?`;

const SALES = `
  SELECT l.row, s.id AS itemId, s.business_day AS day, s.import_id AS home,
    (SELECT min(o.import_id) FROM sale_lines o JOIN imports i ON i.id = o.import_id
      WHERE o.sale_id = s.id AND o.import_id <> l.import_id AND i.state = 'done') AS other,
    EXISTS (SELECT 1 FROM link_items k JOIN links n ON n.id = k.link_id
      WHERE k.sale_id = s.id AND k.is_active = 1 AND n.how <> 'auto') AS isMatched,
    s.typed_by IS NOT NULL AS isEdited
  FROM sale_lines l JOIN sales s ON s.id = l.sale_id
  WHERE l.import_id = ? AND l.row > ? AND s.undone_at IS NULL ORDER BY l.row LIMIT ?`;

/** The next live rows of a file, after a row number, in the order of the file. */
export function selectUndoRows(
  db: ReadDb,
  kind: ImportKind,
  importId: number,
  after: number,
  limit: number,
): UndoRow[] {
  return db.all<UndoRow>(kind === 'statement' ? LINES : SALES, importId, after, limit);
}

/** What a person decided with this file: the items that now stand as the file has them, and the vanished ones taken out. */
export function selectAppliedReviews(db: ReadDb, importId: number): { row: number | null }[] {
  return db.all<{ row: number | null }>(
    `SELECT row FROM reviews WHERE import_id = ? AND state = 'applied'`,
    importId,
  );
}

/** From now on the item hangs on another file that also shows it. */
export function moveHome(db: WriteDb, kind: ImportKind, itemId: number, importId: number): void {
  if (kind === 'statement') db.run('UPDATE movements SET import_id = ? WHERE id = ?', importId, itemId);
  else db.run('UPDATE sales SET import_id = ? WHERE id = ?', importId, itemId);
}

export type Item = { readonly type: 'payment' | 'sale'; readonly id: number };

/** Whether an item is in an active link that a person made or accepted. */
export function isMatchedByPerson(db: ReadDb, item: Item): boolean {
  const found =
    item.type === 'payment'
      ? db.get(
          `SELECT 1 FROM link_items k JOIN links n ON n.id = k.link_id
            WHERE k.movement_id = ? AND k.is_active = 1 AND n.how <> 'auto'`,
          item.id,
        )
      : db.get(
          `SELECT 1 FROM link_items k JOIN links n ON n.id = k.link_id
            WHERE k.sale_id = ? AND k.is_active = 1 AND n.how <> 'auto'`,
          item.id,
        );
  return found !== undefined;
}

/**
 * Takes an item out of the live books: it stays findable, with the time it was undone. Its automatic links end, its
 * findings go, its parks end. Returns the days of everything that was tied to it: they must be matched again.
 */
export function undoItem(db: WriteDb, item: Item, staffId: number, at: number): Set<string> {
  const days = releaseItem(db, item, staffId, at);
  if (item.type === 'payment') {
    db.run('UPDATE movements SET undone_at = ? WHERE id = ? AND undone_at IS NULL', at, item.id);
    db.run('UPDATE parks SET ended_at = ? WHERE movement_id = ? AND ended_at IS NULL', at, item.id);
  } else {
    db.run('UPDATE sales SET undone_at = ? WHERE id = ? AND undone_at IS NULL', at, item.id);
    db.run('UPDATE parks SET ended_at = ? WHERE sale_id = ? AND ended_at IS NULL', at, item.id);
  }
  return days;
}

/** Ends the automatic links of an item and drops what the matcher found about it. Returns the days to match again. */
export function releaseItem(db: WriteDb, item: Item, staffId: number, at: number): Set<string> {
  const days = new Set<string>();
  for (const linkId of autoLinks(db, item)) {
    for (const day of linkDays(db, linkId)) days.add(day);
    endLink(db, linkId, staffId, at);
  }
  for (const findingId of findings(db, item)) {
    for (const day of findingDays(db, findingId)) days.add(day);
    db.run('DELETE FROM findings WHERE id = ?', findingId);
  }
  return days;
}

function autoLinks(db: ReadDb, item: Item): number[] {
  const rows =
    item.type === 'payment'
      ? db.all<{ id: number }>(
          `SELECT DISTINCT n.id FROM link_items k JOIN links n ON n.id = k.link_id
            WHERE k.movement_id = ? AND k.is_active = 1 AND n.how = 'auto'`,
          item.id,
        )
      : db.all<{ id: number }>(
          `SELECT DISTINCT n.id FROM link_items k JOIN links n ON n.id = k.link_id
            WHERE k.sale_id = ? AND k.is_active = 1 AND n.how = 'auto'`,
          item.id,
        );
  return rows.map((row) => row.id);
}

function linkDays(db: ReadDb, linkId: number): string[] {
  return db
    .all<{ day: string }>(
      `SELECT m.business_day AS day FROM link_items k JOIN movements m ON m.id = k.movement_id WHERE k.link_id = ?
       UNION SELECT s.business_day FROM link_items k JOIN sales s ON s.id = k.sale_id WHERE k.link_id = ?`,
      linkId,
      linkId,
    )
    .map((row) => row.day);
}

function findings(db: ReadDb, item: Item): number[] {
  const rows =
    item.type === 'payment'
      ? db.all<{ id: number }>(
          'SELECT DISTINCT finding_id AS id FROM finding_items WHERE movement_id = ?',
          item.id,
        )
      : db.all<{ id: number }>(
          'SELECT DISTINCT finding_id AS id FROM finding_items WHERE sale_id = ?',
          item.id,
        );
  return rows.map((row) => row.id);
}

function findingDays(db: ReadDb, findingId: number): string[] {
  return db
    .all<{ day: string }>(
      `SELECT m.business_day AS day FROM finding_items f JOIN movements m ON m.id = f.movement_id WHERE f.finding_id = ?
       UNION SELECT s.business_day FROM finding_items f JOIN sales s ON s.id = f.sale_id WHERE f.finding_id = ?`,
      findingId,
      findingId,
    )
    .map((row) => row.day);
}

/**
 * Closes at most `most` open questions that the undoing has made pointless: those this file raised, and those about
 * rows that vanished from other files and are no longer in the books either. Returns how many it closed.
 */
export function closePointlessReviews(
  db: WriteDb,
  undo: { importId: number; undoneAt: number; staffId: number; at: number },
  most: number,
): number {
  return db.run(
    `UPDATE reviews SET state = 'kept', decided_at = ?, decided_by = ? WHERE id IN (
       SELECT r.id FROM reviews r
         LEFT JOIN movements m ON m.id = r.movement_id LEFT JOIN sales s ON s.id = r.sale_id
        WHERE r.state = 'open' AND (r.import_id = ? OR (r.kind IN ('vanished-line', 'vanished-sale')
          AND coalesce(m.undone_at, s.undone_at) = ?)) LIMIT ?)`,
    undo.at,
    undo.staffId,
    undo.importId,
    undo.undoneAt,
    most,
  ).changes;
}

export type ImportToUndo = {
  readonly id: number;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly state: string;
  readonly rowsRead: number;
  readonly finishedAt: number | null;
};

export function selectImportToUndo(db: ReadDb, importId: number): ImportToUndo | undefined {
  return db.get<ImportToUndo>(
    `SELECT id, kind, file_name AS fileName, state, rows_read AS rowsRead, finished_at AS finishedAt
       FROM imports WHERE id = ? AND id > 0`,
    importId,
  );
}
