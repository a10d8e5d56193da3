import type { Cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { message } from '#shared/ipc/fields.ts';
import type { ImportAccountView, ImportView, RowProblemView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../ledger.ts';
import type { ImportKind } from './imports.ts';

type ImportRow = Omit<ImportView, 'isPartial' | 'isBalanced' | 'witness' | 'accounts'> & {
  readonly isPartial: 0 | 1;
  readonly isBalanced: 0 | 1 | null;
};

/** Imports of a kind, newest first, those before the id `before`. The sources that are no file are none. */
export function selectImports(
  db: ReadDb,
  kind: ImportKind,
  before: number | null,
  limit: number,
): ImportView[] {
  return db
    .all<ImportRow>(
      `SELECT i.id, i.kind, i.file_name AS fileName, i.sha256, i.layout, i.state, i.started_at AS at, p.name AS by,
              i.rows_read AS rows, i.rows_new AS new, i.rows_known AS known, i.rows_changed AS changed,
              i.rows_refused AS refused, i.warnings, coalesce(i.period_from, i.first_at) AS "from",
              coalesce(i.period_to, i.last_at) AS "to", i.covered_to AS coveredTo, i.is_partial AS isPartial,
              i.report_at AS reportAt, i.is_balanced AS isBalanced, i.total_cents AS totalCents,
              i.verification_code AS verificationCode, i.code_checked_at AS codeCheckedAt, c.name AS codeCheckedBy,
              i.seen_payments AS seen, i.payments AS seenOf
         FROM imports i JOIN staff p ON p.id = i.staff_id LEFT JOIN staff c ON c.id = i.code_checked_by
        WHERE i.kind = ? AND i.id > 0 AND (? IS NULL OR i.id < ?) ORDER BY i.id DESC LIMIT ?`,
      kind,
      before,
      before,
      limit,
    )
    .map((row) => asView(db, row));
}

/** One import, or null when the id names none. */
export function selectImport(db: ReadDb, importId: number): ImportView | null {
  const kind = db.get<{ kind: ImportKind }>('SELECT kind FROM imports WHERE id = ?', importId)?.kind;
  if (kind === undefined) return null;
  return selectImports(db, kind, importId + 1, 1)[0] ?? null;
}

function asView(db: ReadDb, row: ImportRow): ImportView {
  const { isPartial, isBalanced, ...rest } = row;
  return {
    ...rest,
    isPartial: isPartial === 1,
    isBalanced: asBoolean(isBalanced),
    witness: witnessOf(row),
    accounts: selectAccounts(db, row.id),
  };
}

/** What beside the file speaks for it. A code that Safaricom confirmed speaks for all of it. */
function witnessOf({ codeCheckedAt, seen, seenOf }: ImportRow): ImportView['witness'] {
  if (codeCheckedAt !== null) return 'code';
  if (seen === 0) return 'none';
  return seen < seenOf ? 'some' : 'all';
}

type AccountRow = Omit<ImportAccountView, 'isBalanced' | 'isPartial' | 'notStated'> & {
  readonly openingCents: Cents | null;
  readonly coveredTo: UtcMs | null;
  readonly isBalanced: 0 | 1 | null;
  readonly isPartial: 0 | 1;
  readonly notStated: string;
};

function selectAccounts(db: ReadDb, importId: number): ImportAccountView[] {
  return db
    .all<AccountRow>(
      `SELECT c.short_code AS shortCode, a.name AS account, c.rows, c.opening_cents AS openingCents,
              c.closing_cents AS closingCents, c.in_cents AS inCents, c.out_cents AS outCents,
              c.is_balanced AS isBalanced, c.breaks, c.covered_to AS coveredTo, c.is_partial AS isPartial,
              c.not_stated AS notStated
         FROM import_accounts c JOIN accounts a ON a.id = c.account_id
        WHERE c.import_id = ? ORDER BY c.short_code, a.id`,
      importId,
    )
    .map(({ isBalanced, isPartial, notStated, ...rest }) => ({
      ...rest,
      isBalanced: asBoolean(isBalanced),
      isPartial: isPartial === 1,
      notStated: JSON.parse(notStated) as string[],
    }));
}

function asBoolean(stored: 0 | 1 | null): boolean | null {
  return stored === null ? null : stored === 1;
}

export type StoredProblem = RowProblemView & { readonly id: number };

/** What an import had to say about its rows, in the order it was said, after the id `after`. */
export function selectProblems(db: ReadDb, importId: number, after: number, limit: number): StoredProblem[] {
  return db
    .all<{ id: number; row: number; severity: RowProblemView['severity']; reason: string }>(
      'SELECT id, row, severity, reason FROM import_problems WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?',
      importId,
      after,
      limit,
    )
    .map((problem) => ({ ...problem, reason: message.parse(JSON.parse(problem.reason)) }));
}
