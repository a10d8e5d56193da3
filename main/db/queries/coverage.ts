import type { Interval } from '#shared/domain/statement/coverage.ts';
import { type BusinessDay, businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** What done statements vouch for, of one account that customers pay into. */
export type AccountCoverage = {
  readonly tillId: number;
  readonly accountId: number;
  readonly intervals: readonly Interval[];
};

/** The import whose rows nobody may see yet. */
const RUNNING = "SELECT id FROM imports WHERE state = 'running'";

type Account = { readonly id: number; readonly tillId: number; readonly name: string };
const CUSTOMERS_PAY_INTO = ['Merchant Account', 'Utility Account'];

/**
 * Coverage of the accounts that customers pay into, between two instants (`to` exclusive), of one till or of all.
 * Those are the accounts with a customer payment in that time; for a till without one, those that by their name
 * take customers' money, else all it has. An account that no statement covers is there with no interval. A file that does not say when it was made is sure only up
 * to its last line.
 */
export function selectCoverage(db: ReadDb, tillId: number | null, from: UtcMs, to: UtcMs): AccountCoverage[] {
  return customerAccounts(db, tillId, from, to).map((account) => ({
    tillId: account.tillId,
    accountId: account.id,
    intervals: db.all<Interval>(
      `WITH covers AS (
         SELECT coalesce(c.covered_from, c.first_at, c.covered_to) AS "from",
                CASE WHEN c.is_partial = 1 AND i.report_at IS NULL THEN coalesce(c.last_at, c.covered_from)
                     ELSE c.covered_to END AS "to"
           FROM import_accounts c JOIN imports i ON i.id = c.import_id
          WHERE c.account_id = ? AND i.state = 'done')
       SELECT "from", "to" FROM covers WHERE "to" >= ? AND "from" < ? ORDER BY 1, 2`,
      account.id,
      from,
      to,
    ),
  }));
}

function customerAccounts(db: ReadDb, tillId: number | null, from: UtcMs, to: UtcMs): Account[] {
  const paid = db.all<{ id: number }>(
    `SELECT DISTINCT account_id AS id FROM payment_days
      WHERE business_day BETWEEN ? AND ? AND items > 0 AND import_id IS NOT (${RUNNING})`,
    businessDayOf(from),
    businessDayOf(to),
  );
  const isPaid = new Set(paid.map((account) => account.id));
  const accounts = db.all<Account>(
    'SELECT id, till_id AS tillId, name FROM accounts WHERE ? IS NULL OR till_id = ? ORDER BY till_id, id',
    tillId,
    tillId,
  );
  return [...new Set(accounts.map((account) => account.tillId))].flatMap((till) => {
    const ofTill = accounts.filter((account) => account.tillId === till);
    const withCustomers = ofTill.filter((account) => isPaid.has(account.id));
    if (withCustomers.length > 0) return withCustomers;
    const byName = ofTill.filter((account) => CUSTOMERS_PAY_INTO.includes(account.name));
    return byName.length > 0 ? byName : ofTill;
  });
}

/** Payments and open questions of each day that has any, between two days inclusive. */
export function selectDayCounts(
  db: ReadDb,
  tillId: number | null,
  from: BusinessDay,
  to: BusinessDay,
): Map<BusinessDay, { payments: number; cents: number; open: number }> {
  const counts = new Map<BusinessDay, { payments: number; cents: number; open: number }>();
  for (const { day, payments, cents } of db.all<{ day: BusinessDay; payments: number; cents: number }>(
    `SELECT business_day AS day, sum(items) AS payments, sum(cents) AS cents FROM payment_days
      WHERE business_day BETWEEN ? AND ? AND (? IS NULL OR till_id = ?) AND items > 0
        AND import_id IS NOT (${RUNNING}) GROUP BY business_day`,
    from,
    to,
    tillId,
    tillId,
  ))
    counts.set(day, { payments, cents, open: 0 });
  for (const { day, open } of db.all<{ day: BusinessDay; open: number }>(
    `SELECT business_day AS day, sum(items) AS open FROM finding_days
      WHERE business_day BETWEEN ? AND ? AND is_parked = 0 AND items > 0
        AND (? IS NULL OR till_id IN (0, ?)) GROUP BY business_day`,
    from,
    to,
    tillId,
    tillId,
  ))
    counts.set(day, { ...(counts.get(day) ?? { payments: 0, cents: 0 }), open });
  return counts;
}
