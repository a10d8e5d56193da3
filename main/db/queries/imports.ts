import type { Message } from '#shared/domain/message.ts';
import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import type { StatementHead } from '#shared/domain/statement/types.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type ImportKind = 'statement' | 'sales';
export type ImportState = 'running' | 'done' | 'undoing' | 'undone' | 'failed' | 'cancelled';

export type NewImport = {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly sha256: string;
  readonly layout: string;
  readonly at: number;
  readonly staffId: number;
  /** The version that read the file by itself; null for sales, and when a person helped. */
  readonly readBy: string | null;
};

/** Rows of one batch by what became of them. */
export type RowCounts = {
  new: number;
  known: number;
  changed: number;
  refused: number;
  warnings: number;
  totalCents: number;
};

export function noRows(): RowCounts {
  return { new: 0, known: 0, changed: 0, refused: 0, warnings: 0, totalCents: 0 };
}

/** Files are numbered from 1: what lies below are sources that are no file, and 0 is none at all. */
export function insertImport(db: WriteDb, start: NewImport): number {
  return db.run(
    `INSERT INTO imports (id, kind, file_name, sha256, layout, state, started_at, staff_id, read_by)
     VALUES ((SELECT max(0, max(id)) + 1 FROM imports), ?, ?, ?, ?, 'running', ?, ?, ?)`,
    start.kind,
    start.fileName,
    start.sha256,
    start.layout,
    start.at,
    start.staffId,
    start.readBy,
  ).lastId;
}

export function addCounts(db: WriteDb, importId: number, counts: RowCounts): void {
  const read = counts.new + counts.known + counts.changed + counts.refused;
  db.run(
    `UPDATE imports SET rows_read = rows_read + ?, rows_new = rows_new + ?, rows_known = rows_known + ?,
       rows_changed = rows_changed + ?, rows_refused = rows_refused + ?, warnings = warnings + ?,
       total_cents = total_cents + ? WHERE id = ?`,
    read,
    counts.new,
    counts.known,
    counts.changed,
    counts.refused,
    counts.warnings,
    counts.totalCents,
    importId,
  );
}

export function insertProblem(
  db: WriteDb,
  importId: number,
  row: number,
  severity: 'refused' | 'warning' | 'review' | 'break',
  reason: Message,
): void {
  db.run(
    'INSERT INTO import_problems (import_id, row, severity, reason) VALUES (?, ?, ?, ?)',
    importId,
    row,
    severity,
    JSON.stringify(reason).slice(0, 2000),
  );
}

export function setImportState(db: WriteDb, importId: number, state: ImportState, at: number | null): void {
  db.run(
    'UPDATE imports SET state = ?, finished_at = coalesce(?, finished_at) WHERE id = ?',
    state,
    at,
    importId,
  );
}

/** What the file as a whole turned out to cover. */
export function describeImport(
  db: WriteDb,
  importId: number,
  about: {
    head: Pick<StatementHead, 'periodFrom' | 'periodTo' | 'reportAt' | 'verificationCode'> | null;
    firstAt: number | null;
    lastAt: number | null;
    coveredTo: number | null;
    isPartial: boolean;
    isBalanced: boolean | null;
  },
): void {
  db.run(
    `UPDATE imports SET period_from = ?, period_to = ?, report_at = ?, first_at = ?, last_at = ?, covered_to = ?,
       is_partial = ?, is_balanced = ?, verification_code = ? WHERE id = ?`,
    about.head?.periodFrom ?? null,
    about.head?.periodTo ?? null,
    about.head?.reportAt ?? null,
    about.firstAt,
    about.lastAt,
    about.coveredTo,
    about.isPartial ? 1 : 0,
    about.isBalanced === null ? null : Number(about.isBalanced),
    about.head?.verificationCode ?? null,
    importId,
  );
}

/** Says who saw Safaricom confirm the printed code of a file, or, with null, that nobody did. */
export function markCodeChecked(
  db: WriteDb,
  importId: number,
  by: { readonly at: number; readonly staffId: number } | null,
): void {
  db.run(
    'UPDATE imports SET code_checked_at = ?, code_checked_by = ? WHERE id = ?',
    by?.at ?? null,
    by?.staffId ?? null,
    importId,
  );
}

export function insertImportAccount(
  db: WriteDb,
  importId: number,
  accountId: number,
  checks: AccountChecks,
  coveredFrom: number | null,
): void {
  db.run(
    `INSERT INTO import_accounts (import_id, account_id, short_code, rows, opening_cents, closing_cents, in_cents,
       out_cents, is_balanced, breaks, first_at, last_at, covered_from, covered_to, is_partial, not_stated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    importId,
    accountId,
    checks.shortCode,
    checks.rows,
    checks.openingCents,
    checks.closingCents,
    checks.sumInCents,
    checks.sumOutCents,
    checks.balanced === null ? null : Number(checks.balanced),
    checks.breaks.length,
    checks.firstAt,
    checks.lastAt,
    coveredFrom,
    checks.coveredTo,
    checks.isPartial ? 1 : 0,
    JSON.stringify(checks.notStated),
  );
}

export function importsInState(db: ReadDb, state: ImportState): { id: number; kind: ImportKind }[] {
  return db.all<{ id: number; kind: ImportKind }>('SELECT id, kind FROM imports WHERE state = ?', state);
}
