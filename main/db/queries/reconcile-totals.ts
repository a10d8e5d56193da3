import type { ReadDb } from '../ledger.ts';
import type { Scope } from './findings.ts';

export type SideTotals = {
  readonly count: number;
  readonly cents: number;
  readonly matched: number;
  readonly matchedCents: number;
};

/** Customer payments of some days: all of them, and those that a link explains. */
export function totalPayments(db: ReadDb, scope: Scope): SideTotals {
  const row = db.get<SideTotals>(
    `SELECT count(*) AS count, coalesce(sum(m.amount_cents), 0) AS cents,
            coalesce(sum(m.is_matched), 0) AS matched,
            coalesce(sum(CASE WHEN m.is_matched THEN m.amount_cents END), 0) AS matchedCents
       FROM (SELECT p.amount_cents,
                    EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = p.id AND l.is_active = 1
                      AND l.kind IN ('sale', 'day-total', 'reversal-of')) AS is_matched
               FROM live_movements p
      WHERE p.business_day BETWEEN ? AND ? AND (? IS NULL OR p.till_id = ?)
        AND p.kind = 'customer-payment' AND p.direction = 'in' AND p.status = 'completed') m`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
  return row ?? { count: 0, cents: 0, matched: 0, matchedCents: 0 };
}

/** Sales of some days that M-PESA should have paid. */
export function totalSales(db: ReadDb, scope: Scope): SideTotals {
  const row = db.get<SideTotals>(
    `SELECT count(*) AS count, coalesce(sum(s.amount_cents), 0) AS cents,
            coalesce(sum(l.sale_id IS NOT NULL), 0) AS matched,
            coalesce(sum(CASE WHEN l.sale_id IS NOT NULL THEN s.amount_cents END), 0) AS matchedCents
       FROM live_sales s
       LEFT JOIN link_items l ON l.sale_id = s.id AND l.is_active = 1 AND l.kind = 'sale'
      WHERE s.business_day BETWEEN ? AND ? AND (? IS NULL OR s.till_id IS NULL OR s.till_id = ?)
        AND s.tender = 'mpesa' AND s.kind = 'sale' AND s.status = 'closed'`,
    scope.from,
    scope.to,
    scope.tillId,
    scope.tillId,
  );
  return row ?? { count: 0, cents: 0, matched: 0, matchedCents: 0 };
}

export type FilesOfDays = {
  readonly files: number;
  /** False if any file does not add up; null if any cannot say, or there is none. */
  readonly isBalanced: boolean | null;
};

/** What the statements say about themselves that reach into a span of time (`from` inclusive, `to` exclusive). */
export function readFilesOf(db: ReadDb, tillId: number | null, from: number, to: number): FilesOfDays {
  const rows = db.all<{ balanced: number | null; importId: number }>(
    `SELECT ia.is_balanced AS balanced, ia.import_id AS importId
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
  return { files: new Set(rows.map((row) => row.importId)).size, isBalanced };
}
