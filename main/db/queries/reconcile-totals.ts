import type { ReadDb } from '../ledger.ts';
import type { Scope } from './findings.ts';
import { NOTICE_SOURCE } from './sightings.ts';

export type SideTotals = {
  readonly count: number;
  readonly cents: number;
  readonly matched: number;
  readonly matchedCents: number;
};

/** Customer payments of some days: all of them, and those that a link explains. From the days' totals (ADR 25). */
export function totalPayments(db: ReadDb, scope: Scope): SideTotals {
  return sumDays(
    db,
    `SELECT ${SUMS} FROM payment_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id = ?) AND import_id IS NOT (${RUNNING})`,
    scope,
  );
}

/** Customer payments of some days that only a notice has reported. */
export function totalReported(db: ReadDb, scope: Scope): SideTotals {
  return sumDays(
    db,
    `SELECT ${SUMS} FROM payment_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id = ?) AND import_id = ${NOTICE_SOURCE}`,
    scope,
  );
}

/** Sales of some days that M-PESA should have paid. Till 0 is any till. */
export function totalSales(db: ReadDb, scope: Scope): SideTotals {
  return sumDays(
    db,
    `SELECT ${SUMS} FROM sale_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id IN (0, ?)) AND kind = 'sale' AND tender = 'mpesa'
        AND import_id IS NOT (${RUNNING})`,
    scope,
  );
}

const SUMS = `coalesce(sum(items), 0) AS count, coalesce(sum(cents), 0) AS cents,
  coalesce(sum(matched), 0) AS matched, coalesce(sum(matched_cents), 0) AS matchedCents`;
/** The import whose rows nobody may see yet. */
const RUNNING = "SELECT id FROM imports WHERE state = 'running'";

function sumDays(db: ReadDb, sql: string, { from, to, tillId }: Scope): SideTotals {
  const row = db.get<SideTotals>(sql, from, to, tillId, tillId);
  if (!row) throw new Error('a sum gave no row');
  return row;
}

export type FilesOfDays = {
  readonly files: number;
  /** False if any file does not add up; null if any cannot say, or there is none. */
  readonly isBalanced: boolean | null;
  /** Of the customers' payments on them, those that Safaricom itself has shown or answered for. */
  readonly seen: number;
  readonly seenOf: number;
};

/** What the statements say about themselves that reach into a span of time (`from` inclusive, `to` exclusive). */
export function readFilesOf(db: ReadDb, tillId: number | null, from: number, to: number): FilesOfDays {
  const rows = db.all<{ balanced: number | null; importId: number; seen: number; seenOf: number }>(
    `SELECT ia.is_balanced AS balanced, ia.import_id AS importId, i.seen_payments AS seen, i.payments AS seenOf
       FROM import_accounts ia JOIN imports i ON i.id = ia.import_id JOIN accounts a ON a.id = ia.account_id
      WHERE i.state = 'done' AND ia.covered_to >= ? AND coalesce(ia.covered_from, ia.first_at, ia.covered_to) < ?
        AND (? IS NULL OR a.till_id = ?)`,
    from,
    to,
    tillId,
    tillId,
  );
  const isUnsaid = rows.length === 0 || rows.some((row) => row.balanced === null);
  const isBalanced = rows.some((row) => row.balanced === 0) ? false : isUnsaid ? null : true;
  const files = [...new Map(rows.map((row) => [row.importId, row])).values()];
  const seen = files.reduce((all, file) => all + file.seen, 0);
  const seenOf = files.reduce((all, file) => all + file.seenOf, 0);
  return { files: files.length, isBalanced, seen, seenOf };
}
