import type { ReadDb, WriteDb } from '../ledger.ts';
import { markDaysToMatch } from './days.ts';

/**
 * Takes back some rows, at most `most`, of an import that never finished. Returns how many it took; none when nothing
 * is left. Whatever refers to a row that goes, goes with it: taking back must not fail, for the next start depends on it.
 */
export function deleteUnfinishedRows(db: WriteDb, importId: number, most: number): number {
  for (const sql of ABOUT_ROWS) {
    const taken = db.run(sql, importId, most).changes;
    if (taken > 0) return taken;
  }
  // An item goes with the line that showed it: two rows each.
  const each = Math.ceil(most / 2);
  return deleteLines(db, importId, each, MOVEMENTS) || deleteLines(db, importId, each, SALES);
}

/** Children before parents; every statement takes an import and a limit. */
const ABOUT_ROWS = [
  'DELETE FROM reviews WHERE id IN (SELECT id FROM reviews WHERE import_id = ? LIMIT ?)',
  'DELETE FROM import_problems WHERE id IN (SELECT id FROM import_problems WHERE import_id = ? LIMIT ?)',
  `DELETE FROM import_accounts WHERE (import_id, account_id, short_code) IN
     (SELECT import_id, account_id, short_code FROM import_accounts WHERE import_id = ? LIMIT ?)`,
  `DELETE FROM lines_to_settle WHERE (import_id, movement_id) IN
     (SELECT import_id, movement_id FROM lines_to_settle WHERE import_id = ? LIMIT ?)`,
];

type Side = {
  readonly selectLines: string;
  readonly deleteLines: string;
  /** What another file also shows hangs on that one from now on. */
  readonly moveHome: string;
  readonly selectGoing: string;
  readonly daysTied: string;
  readonly frees: readonly string[];
  readonly remove: string;
};

/** The statements of one side, written out from its tables; nothing in them comes from outside. */
function sideOf(
  items: 'movements' | 'sales',
  lines: 'statement_lines' | 'sale_lines',
  id: string,
  news: readonly string[],
): Side {
  const going = 'SELECT value FROM json_each(?)';
  const tiedLinks = `SELECT link_id FROM link_items WHERE ${id} IN (${going})`;
  return {
    selectLines: `SELECT row, ${id} FROM ${lines} WHERE import_id = ? ORDER BY row LIMIT ?`,
    deleteLines: `DELETE FROM ${lines} WHERE import_id = ? AND row <= ?`,
    moveHome: `UPDATE ${items} SET import_id = (SELECT min(l.import_id) FROM ${lines} l
        WHERE l.${id} = ${items}.id AND l.import_id <> ${items}.import_id)
      WHERE import_id = ? AND id IN (${going}) AND EXISTS (SELECT 1 FROM ${lines} l
        WHERE l.${id} = ${items}.id AND l.import_id <> ${items}.import_id)`,
    selectGoing: `SELECT id FROM ${items} WHERE import_id = ? AND id IN (${going})
        AND NOT EXISTS (SELECT 1 FROM ${lines} l WHERE l.${id} = ${items}.id)`,
    daysTied: `SELECT m.business_day AS day FROM link_items k JOIN movements m ON m.id = k.movement_id
        WHERE k.is_active = 1 AND k.link_id IN (${tiedLinks})
      UNION SELECT s.business_day FROM link_items k JOIN sales s ON s.id = k.sale_id
        WHERE k.is_active = 1 AND k.link_id IN (${tiedLinks})`,
    frees: [
      `DELETE FROM reviews WHERE ${id} IN (${going})`,
      `DELETE FROM parks WHERE ${id} IN (${going})`,
      `DELETE FROM refused_pairs WHERE ${id} IN (${going})`,
      `DELETE FROM findings WHERE id IN (SELECT finding_id FROM finding_items WHERE ${id} IN (${going}))`,
      `UPDATE links SET ended_at = coalesce(ended_at, made_at), ended_by = coalesce(ended_by, made_by)
        WHERE id IN (${tiedLinks})`,
      `UPDATE link_items SET is_active = 0 WHERE link_id IN (${tiedLinks})`,
      `DELETE FROM link_items WHERE ${id} IN (${going})`,
      ...news,
    ],
    remove: `DELETE FROM ${items} WHERE id IN (${going})`,
  };
}

/** What speaks of a movement from elsewhere than a file. */
const NEWS = [
  'DELETE FROM sightings WHERE movement_id IN (SELECT value FROM json_each(?))',
  'UPDATE callbacks SET movement_id = NULL WHERE movement_id IN (SELECT value FROM json_each(?))',
  'UPDATE claims SET movement_id = NULL WHERE movement_id IN (SELECT value FROM json_each(?))',
];

const MOVEMENTS = sideOf('movements', 'statement_lines', 'movement_id', NEWS);
const SALES = sideOf('sales', 'sale_lines', 'sale_id', []);

/** The lines of a file, and the items that came with it: the lines lead to them. */
function deleteLines(db: WriteDb, importId: number, most: number, side: Side): number {
  const lines = db.lists<[row: number, itemId: number]>(side.selectLines, importId, most);
  const last = lines.at(-1);
  if (!last) return 0;
  const taken = db.run(side.deleteLines, importId, last[0]).changes;
  const shown = JSON.stringify(lines.map(([, itemId]) => itemId));
  db.run(side.moveHome, importId, shown);
  const going = JSON.stringify(db.all<{ id: number }>(side.selectGoing, importId, shown).map(({ id }) => id));
  markDaysToMatch(db, daysTied(db, side, going));
  for (const free of side.frees) db.run(free, going);
  return taken + db.run(side.remove, going).changes;
}

function daysTied(db: ReadDb, side: Side, going: string): string[] {
  return db.all<{ day: string }>(side.daysTied, going, going).map((row) => row.day);
}
