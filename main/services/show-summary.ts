import { cents } from '#shared/domain/money.ts';
import { combineCoverage, coverDay } from '#shared/domain/statement/coverage.ts';
import { addDays, type BusinessDay, startMinutesOf, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { ReconcileSummary } from '#shared/ipc/views.ts';
import { selectCoverage } from '../db/queries/coverage.ts';
import type { Scope } from '../db/queries/findings.ts';
import { countAcceptable, countKinds, countTabs } from '../db/queries/reconcile-rows.ts';
import { readFilesOf, totalPayments, totalReported, totalSales } from '../db/queries/reconcile-totals.ts';
import { selectDayStarts } from '../db/queries/tills.ts';
import type { Core } from './core.ts';

/** The truth of some days in a glance: what was paid, what is matched, what is open, and how far the files reach. */
export function showSummary(core: Core, scope: Scope): Result<ReconcileSummary> {
  const db = core.ledger.read;
  const payments = totalPayments(db, scope);
  const reported = totalReported(db, scope);
  const sales = totalSales(db, scope);
  const tabs = countTabs(db, scope);
  const acceptable = countAcceptable(db, scope);
  const openCents = payments.cents - payments.matchedCents + sales.cents - sales.matchedCents;
  return succeed({
    payments: payments.count,
    paymentsCents: cents(payments.cents),
    matchedPayments: payments.matched,
    matchedCents: cents(payments.matchedCents),
    openCents: cents(openCents),
    reported: { count: reported.count, cents: cents(reported.cents) },
    sales: sales.count,
    salesCents: cents(sales.cents),
    tabs: { ...tabs, all: tabs.todo + tabs.matched + tabs.parked },
    acceptable: { count: acceptable.count, cents: cents(acceptable.cents) },
    kinds: countKinds(db, scope),
    coverage: coverageOf(core, scope),
  });
}

/** How far statements cover the last day, and whether the files of all the days add up. */
function coverageOf(core: Core, scope: Scope): ReconcileSummary['coverage'] {
  const db = core.ledger.read;
  const end = dayBegins(core, addDays(scope.to, 1));
  const lastDay = dayBegins(core, scope.to);
  const { files, isBalanced, seen, seenOf } = readFilesOf(db, scope.tillId, dayBegins(core, scope.from), end);
  const accounts = selectCoverage(db, scope.tillId, lastDay, end).map((one) =>
    coverDay(one.intervals, lastDay, end),
  );
  const reached = accounts.map((one) => one.coveredTo).filter((at) => at !== null);
  return {
    coveredTo: reached.length === 0 ? null : (Math.min(...reached) as UtcMs),
    isPartial: combineCoverage(accounts).state !== 'full',
    isBalanced,
    files,
    witness: seen === 0 ? 'none' : seen < seenOf ? 'some' : 'all',
    seen,
    seenOf,
  };
}

/** The first instant of a business day by the day starts the owner has set. */
export function dayBegins(core: Pick<Core, 'ledger'>, day: BusinessDay): UtcMs {
  return startOfDay(day, startMinutesOf(day, selectDayStarts(core.ledger.read)));
}
