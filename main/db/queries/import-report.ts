import type { Message } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** What became of one file, as the command line tells it. */
export type ImportReport = {
  readonly layout: string;
  readonly rows: number;
  readonly new: number;
  readonly known: number;
  readonly refused: readonly ReportedRow[];
  /** Receipts and references that an earlier file had and this one lacks, although it covers their time. */
  readonly missing: readonly string[];
  readonly breaks: readonly ReportedBreak[];
  /** Null: the layout states nothing to check with. */
  readonly isBalanced: boolean | null;
  readonly coveredTo: UtcMs | null;
  readonly isPartial: boolean;
  readonly accounts: readonly AccountReport[];
};

/** A row that was not taken, or that differs from what the ledger knows and waits for a person. */
export type ReportedRow = { readonly row: number; readonly reason: Message };

/** `account` is null when the break is in the totals of the file. `row` 0 likewise. */
export type ReportedBreak = ReportedRow & {
  readonly account: string | null;
  readonly shortCode: string | null;
};

export type AccountReport = {
  readonly shortCode: string;
  readonly account: string;
  readonly rows: number;
  readonly openingCents: Cents | null;
  readonly closingCents: Cents | null;
  readonly isBalanced: boolean | null;
  readonly coveredTo: UtcMs | null;
  readonly isPartial: boolean;
};

type ImportRow = {
  layout: string;
  rows_read: number;
  rows_new: number;
  rows_known: number;
  is_balanced: number | null;
  covered_to: UtcMs | null;
  is_partial: number;
};

/** Reads what the ledger kept about one import that is done. */
export function selectImportReport(db: ReadDb, importId: number): ImportReport {
  const found = db.get<ImportRow>(
    `SELECT layout, rows_read, rows_new, rows_known, is_balanced, covered_to, is_partial FROM imports WHERE id = ?`,
    importId,
  );
  if (!found) throw new Error(`there is no import ${importId}`);
  return {
    layout: found.layout,
    rows: found.rows_read,
    new: found.rows_new,
    known: found.rows_known,
    refused: selectRefused(db, importId),
    missing: selectMissing(db, importId),
    breaks: selectBreaks(db, importId),
    isBalanced: toBoolean(found.is_balanced),
    coveredTo: found.covered_to,
    isPartial: found.is_partial === 1,
    accounts: selectAccounts(db, importId),
  };
}

function selectRefused(db: ReadDb, importId: number): ReportedRow[] {
  return db
    .all<{ row: number; reason: string }>(
      `SELECT row, reason FROM import_problems
        WHERE import_id = ? AND severity IN ('refused', 'review') ORDER BY row, id`,
      importId,
    )
    .map(({ row, reason }) => ({ row, reason: JSON.parse(reason) as Message }));
}

function selectMissing(db: ReadDb, importId: number): string[] {
  return db
    .all<{ name: string }>(
      `SELECT coalesce(m.receipt, s.reference, 'sale-' || s.id) AS name FROM reviews r
         LEFT JOIN movements m ON m.id = r.movement_id LEFT JOIN sales s ON s.id = r.sale_id
        WHERE r.import_id = ? AND r.kind IN ('vanished-line', 'vanished-sale') ORDER BY r.id`,
      importId,
    )
    .map((row) => row.name);
}

function selectBreaks(db: ReadDb, importId: number): ReportedBreak[] {
  return db
    .all<{ row: number; reason: string; account: string | null; number: string | null }>(
      `SELECT p.row, p.reason, a.name AS account,
              (SELECT i.short_code FROM import_accounts i
                WHERE i.import_id = p.import_id AND i.account_id = m.account_id) AS number
         FROM import_problems p
         LEFT JOIN statement_lines l ON l.import_id = p.import_id AND l.row = p.row
         LEFT JOIN movements m ON m.id = l.movement_id
         LEFT JOIN accounts a ON a.id = m.account_id
        WHERE p.import_id = ? AND p.severity = 'break' ORDER BY p.id`,
      importId,
    )
    .map(({ row, reason, account, number }) => ({
      row,
      reason: JSON.parse(reason) as Message,
      account,
      shortCode: number,
    }));
}

function selectAccounts(db: ReadDb, importId: number): AccountReport[] {
  return db
    .all<{
      short_code: string;
      name: string;
      rows: number;
      opening_cents: Cents | null;
      closing_cents: Cents | null;
      is_balanced: number | null;
      covered_to: UtcMs | null;
      is_partial: number;
    }>(
      `SELECT i.short_code, a.name, i.rows, i.opening_cents, i.closing_cents, i.is_balanced, i.covered_to, i.is_partial
         FROM import_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE i.import_id = ? ORDER BY i.short_code, i.account_id`,
      importId,
    )
    .map((row) => ({
      shortCode: row.short_code,
      account: row.name,
      rows: row.rows,
      openingCents: row.opening_cents,
      closingCents: row.closing_cents,
      isBalanced: toBoolean(row.is_balanced),
      coveredTo: row.covered_to,
      isPartial: row.is_partial === 1,
    }));
}

function toBoolean(stored: number | null): boolean | null {
  return stored === null ? null : stored === 1;
}
