import type { ReadDb } from '../ledger.ts';

/** More than this many vanished rows is one problem with the file, not so many questions. */
const MOST = 500;

/** What a file is asked to answer for. */
export type FileToHold = {
  readonly importId: number;
  readonly accountId: number;
  readonly from: number;
  readonly to: number;
  readonly withCharges: boolean;
  /** A portal may be some minutes behind what is paid: news as young as this is not missed yet. */
  readonly freshMs: number;
  /** By how much later a pulled payment may have been made than it is kept. */
  readonly pulledLaterMs: number;
};

/**
 * Completed movements of an account, inside the time a new file covers, that an earlier file, Pull or a notice had and
 * it has not.
 */
export function selectVanishedLines(db: ReadDb, file: FileToHold): { id: number }[] {
  return db.all<{ id: number }>(
    `SELECT m.id FROM movements m
      WHERE m.account_id = ? AND m.business_day BETWEEN date((? + 10800000) / 1000 - 86400, 'unixepoch')
        AND date((? + 10800000) / 1000 + 86400, 'unixepoch')
        AND m.completed_at BETWEEN ? AND ?
        AND m.completed_at + CASE m.import_id WHEN -1 THEN ? WHEN -2 THEN ? ELSE 0 END <= ?
        AND m.undone_at IS NULL AND m.status = 'completed'
        AND (m.kind <> 'charge' OR ? = 1) AND m.import_id <> ?
        AND NOT EXISTS (SELECT 1 FROM statement_lines l WHERE l.movement_id = m.id AND l.import_id = ?)
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.movement_id = m.id AND (r.state = 'open' OR r.import_id = ?))
      ORDER BY m.completed_at LIMIT ?`,
    file.accountId,
    file.from,
    file.to,
    file.from,
    file.to,
    file.freshMs + file.pulledLaterMs,
    file.freshMs,
    file.to,
    file.withCharges ? 1 : 0,
    file.importId,
    file.importId,
    file.importId,
    MOST,
  );
}

/**
 * Sales between the first and the last sale of a new file that it has not, but that an earlier file had which shares
 * sales with it. Files that share none are two records (two counters, a list and its day totals), not two versions.
 */
export function selectVanishedSales(db: ReadDb, importId: number): { id: number }[] {
  return db.all<{ id: number }>(
    `WITH file AS (
       SELECT min(s.business_day) AS first_day, max(s.business_day) AS last_day,
              min(s.sold_at) AS first_at, max(s.sold_at) AS last_at, min(s.source) AS source
         FROM (SELECT sale_id FROM sale_lines WHERE import_id = ?
               UNION SELECT sale_id FROM reviews WHERE import_id = ? AND kind = 'changed-sale') l
         JOIN sales s ON s.id = l.sale_id)
     , versions AS (
       SELECT DISTINCT other.import_id AS id FROM sale_lines mine
         JOIN sale_lines other ON other.sale_id = mine.sale_id AND other.import_id <> mine.import_id
        WHERE mine.import_id = ?)
     SELECT s.id FROM file JOIN sales s ON s.business_day BETWEEN file.first_day AND file.last_day
      WHERE s.source = file.source AND s.undone_at IS NULL AND s.status <> 'void'
        AND s.import_id <> ?
        AND CASE WHEN s.sold_at IS NULL THEN s.business_day > file.first_day AND s.business_day < file.last_day
                 ELSE s.sold_at BETWEEN file.first_at AND file.last_at END
        AND EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.import_id IN (SELECT id FROM versions))
        AND NOT EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.import_id = ?)
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.sale_id = s.id AND (r.state = 'open' OR r.import_id = ?))
      ORDER BY s.business_day, s.sold_at LIMIT ?`,
    importId,
    importId,
    importId,
    importId,
    importId,
    importId,
    MOST,
  );
}
