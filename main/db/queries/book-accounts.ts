import { accountKey } from '#shared/domain/balance/account-name.ts';
import type { BookSide, Moment } from '#shared/domain/balance/compare.ts';
import type { BalanceLine } from '#shared/domain/balance/last-balance.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import { addDays, businessDayOf, type TimePrecision, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import { tillOfNumber } from './tills.ts';

/** What the books have of an account of a short code, up to an instant. */
export function selectBookSide(db: ReadDb, shortCode: string, account: string, asOf: UtcMs): BookSide {
  const tillId = tillOfNumber(db, shortCode);
  if (tillId === null) return { type: 'no-till' };
  const accountId = accountIn(db, tillId, account);
  if (accountId === null) return { type: 'no-account' };
  const [last = null, before = null] = lastMoments(db, accountId, asOf);
  return {
    type: 'account',
    last,
    before,
    intervals: selectIntervals(db, accountId, asOf),
    numbers: countNumbers(db, accountId, last?.at ?? asOf, asOf),
    reportedOnly: countReported(db, tillId, last?.at ?? null, asOf),
  };
}

/** The one account of that name, however either source spells it. */
function accountIn(db: ReadDb, tillId: number, account: string): number | null {
  const key = accountKey(account);
  const same = db
    .all<{ id: number; name: string }>('SELECT id, name FROM accounts WHERE till_id = ?', tillId)
    .filter(({ name }) => accountKey(name) === key);
  return same.length === 1 ? (same[0]?.id ?? null) : null;
}

type LineRow = {
  readonly at: UtcMs;
  readonly precision: TimePrecision;
  readonly direction: 'in' | 'out';
  readonly amountCents: Cents;
  readonly balanceCents: Cents | null;
};

/** The lines of the last two times at or before an instant, newest first. */
function lastMoments(db: ReadDb, accountId: number, asOf: UtcMs): Moment[] {
  const since = firstDayToLookAt(db, accountId, asOf);
  if (since === null) return [];
  const moments: { at: UtcMs; precision: TimePrecision; lines: BalanceLine[] }[] = [];
  const rows = db.each<LineRow>(
    `SELECT completed_at AS at, time_precision AS precision, direction, amount_cents AS amountCents,
            balance_cents AS balanceCents
       FROM movements
      WHERE business_day >= ? AND business_day <= ? AND completed_at <= ? AND account_id = ? AND import_id > 0
        AND status = 'completed' AND undone_at IS NULL
      ORDER BY business_day DESC, completed_at DESC, id DESC`,
    since,
    addDays(businessDayOf(asOf), 1),
    asOf,
    accountId,
  );
  for (const { at, precision, direction, amountCents, balanceCents } of rows) {
    const open = moments.at(-1);
    const line = { signedCents: cents(direction === 'in' ? amountCents : -amountCents), balanceCents };
    if (open?.at === at) open.lines.push(line);
    else if (moments.length === 2) break;
    else moments.push({ at, precision, lines: [line] });
  }
  return moments;
}

/** The last line is not before this day: an import whose lines of the account begin by then has one there. */
function firstDayToLookAt(db: ReadDb, accountId: number, asOf: UtcMs): string | null {
  const found = db.get<{ at: UtcMs | null }>(
    `SELECT max(c.first_at) AS at FROM import_accounts c JOIN imports i ON i.id = c.import_id
      WHERE c.account_id = ? AND i.state = 'done' AND c.first_at <= ?`,
    accountId,
    asOf,
  );
  return found?.at == null ? null : addDays(businessDayOf(found.at), -1);
}

/** What done statements vouch for. A file that does not say when it was made is sure only up to its last line. */
function selectIntervals(db: ReadDb, accountId: number, asOf: UtcMs): Interval[] {
  return db.all<Interval>(
    `WITH covers AS (
       SELECT coalesce(c.covered_from, c.first_at, c.covered_to) AS "from",
              CASE WHEN c.is_partial = 1 AND i.report_at IS NULL THEN coalesce(c.last_at, c.covered_from)
                   ELSE c.covered_to END AS "to"
         FROM import_accounts c JOIN imports i ON i.id = c.import_id
        WHERE c.account_id = ? AND i.state = 'done')
     SELECT "from", "to" FROM covers WHERE "from" <= ? AND "to" IS NOT NULL ORDER BY 1, 2`,
    accountId,
    asOf,
  );
}

/** Under how many printed numbers statements speak of that stretch of the account. */
function countNumbers(db: ReadDb, accountId: number, from: UtcMs, to: UtcMs): number {
  const found = db.get<{ n: number }>(
    `SELECT count(DISTINCT c.short_code) AS n FROM import_accounts c JOIN imports i ON i.id = c.import_id
      WHERE c.account_id = ? AND i.state = 'done' AND coalesce(c.covered_from, c.first_at) <= ?
        AND coalesce(c.covered_to, c.last_at) >= ?`,
    accountId,
    to,
    from,
  );
  return found?.n ?? 0;
}

/** Payments to the till after its last line that only Pull or a confirmation has shown. */
function countReported(db: ReadDb, tillId: number, after: UtcMs | null, asOf: UtcMs): number {
  if (after === null) return 0;
  const found = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM movements
      WHERE business_day BETWEEN ? AND ? AND completed_at > ? AND completed_at <= ? AND till_id = ? AND import_id < 0
        AND undone_at IS NULL`,
    addDays(businessDayOf(after), -1),
    addDays(businessDayOf(asOf), 1),
    after,
    asOf,
    tillId,
  );
  return found?.n ?? 0;
}
