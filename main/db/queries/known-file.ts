import type { AccountChecks, NotStated } from '#shared/domain/statement/checks.ts';
import type { StatementHead } from '#shared/domain/statement/types.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** What a head says that the ledger keeps. */
export type KeptHead = Pick<StatementHead, 'periodFrom' | 'periodTo' | 'reportAt' | 'verificationCode'>;

/** An import of which every row is in the books as it stands in its file. */
export type KnownFile = {
  readonly importId: number;
  readonly layout: string;
  readonly rows: number;
  /** How many of them are customers' payments. */
  readonly payments: number;
  readonly head: KeptHead;
};

type KnownFileRow = {
  importId: number;
  layout: string;
  rows: number;
  payments: number;
  periodFrom: KeptHead['periodFrom'];
  periodTo: KeptHead['periodTo'];
  reportAt: KeptHead['reportAt'];
  verificationCode: string | null;
};

/**
 * The newest import that is done of the same bytes under the same name, read by the same version of this program
 * without a person's help, so that reading again would say the same. Only one that came in whole and without a remark,
 * of tills that are still ours, and of which no row was taken out of the books: each of its rows is then known.
 */
export function findKnownFile(
  db: ReadDb,
  file: { readonly sha256: string; readonly fileName: string; readonly readBy: string },
): KnownFile | null {
  const found = db.get<KnownFileRow>(
    `SELECT i.id AS importId, i.layout, i.rows_read AS rows, i.payments, i.period_from AS periodFrom, i.period_to AS periodTo,
            i.report_at AS reportAt, i.verification_code AS verificationCode
       FROM imports i
      WHERE i.sha256 = ? AND i.kind = 'statement' AND i.state = 'done' AND i.file_name = ? AND i.read_by = ?
        AND i.rows_read = i.rows_new + i.rows_known
        AND NOT EXISTS (SELECT 1 FROM import_problems p WHERE p.import_id = i.id)
        AND NOT EXISTS (SELECT 1 FROM import_accounts a JOIN accounts c ON c.id = a.account_id
          LEFT JOIN till_numbers n ON n.number = a.short_code
          WHERE a.import_id = i.id AND n.till_id IS NOT c.till_id)
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.state = 'applied' AND r.movement_id IS NOT NULL
          AND EXISTS (SELECT 1 FROM statement_lines l WHERE l.movement_id = r.movement_id AND l.import_id = i.id))
      ORDER BY i.id DESC LIMIT 1`,
    file.sha256,
    file.fileName,
    file.readBy,
  );
  if (!found) return null;
  const { importId, layout, rows, payments, verificationCode, ...times } = found;
  return {
    importId,
    layout,
    rows,
    payments,
    head: verificationCode === null ? times : { ...times, verificationCode },
  };
}

/** What the checks of a known file said, account by account. It has no breaks: those are remarks. */
export function selectKnownChecks(db: ReadDb, importId: number): AccountChecks[] {
  type Row = Omit<AccountChecks, 'balanced' | 'breaks' | 'isPartial' | 'notStated'> & {
    balanced: 0 | 1 | null;
    isPartial: 0 | 1;
    notStated: string;
  };
  return db
    .all<Row>(
      `SELECT i.short_code AS shortCode, a.name AS account, i.rows, i.opening_cents AS openingCents,
              i.closing_cents AS closingCents, i.in_cents AS sumInCents, i.out_cents AS sumOutCents,
              i.is_balanced AS balanced, i.first_at AS firstAt, i.last_at AS lastAt, i.covered_to AS coveredTo,
              i.is_partial AS isPartial, i.not_stated AS notStated
         FROM import_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE i.import_id = ? ORDER BY i.account_id, i.short_code`,
      importId,
    )
    .map((row) => ({
      ...row,
      balanced: row.balanced === null ? null : row.balanced === 1,
      breaks: [],
      isPartial: row.isPartial === 1,
      notStated: JSON.parse(row.notStated) as NotStated[],
    }));
}

/** The next rows of a known file, after a row number: how many, and the last of them. */
export type NextRows = { readonly count: number; readonly last: number };

/** Null when a row among them is about a movement that has left the books. */
export function selectNextRows(db: ReadDb, importId: number, after: number, most: number): NextRows | null {
  const found = db.get<{ count: number; last: number | null; gone: number | null }>(
    `SELECT count(*) AS count, max(row) AS last, max(undone_at IS NOT NULL) AS gone FROM (
       SELECT l.row, m.undone_at FROM statement_lines l CROSS JOIN movements m ON m.id = l.movement_id
        WHERE l.import_id = ? AND l.row > ? ORDER BY l.row LIMIT ?)`,
    importId,
    after,
    most,
  );
  if (!found || found.gone === 1) return null;
  return { count: found.count, last: found.last ?? after };
}

/** Another import shows the same movements in the same rows. */
export function copyRows(
  db: WriteDb,
  rows: { readonly from: number; readonly to: number; readonly after: number; readonly last: number },
): number {
  return db.run(
    `INSERT INTO statement_lines (import_id, row, movement_id)
     SELECT ?, row, movement_id FROM statement_lines WHERE import_id = ? AND row > ? AND row <= ? ORDER BY row`,
    rows.to,
    rows.from,
    rows.after,
    rows.last,
  ).changes;
}
