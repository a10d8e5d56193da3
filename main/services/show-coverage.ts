import { say } from '#shared/domain/message.ts';
import { cents } from '#shared/domain/money.ts';
import { combineCoverage, coverDay } from '#shared/domain/statement/coverage.ts';
import { addDays, type BusinessDay, parseBusinessDay } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { CoverageDay } from '#shared/ipc/views.ts';
import { selectCoverage, selectDayCounts } from '../db/queries/coverage.ts';
import type { Core } from './core.ts';
import { dayBegins } from './show-summary.ts';

/** Every day of a month (`2026-03`): how far statements cover it, what customers paid, and what is still open. */
export function showCoverage(
  core: Core,
  request: { month: string; tillId: number | null },
): Result<{ days: CoverageDay[] }> {
  const days = daysOfMonth(request.month);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined)
    return fail('ledger/bad-input', say('coverage.no-such-month'));
  const db = core.ledger.read;
  const begins = [...days, addDays(last, 1)].map((day) => dayBegins(core, day));
  const spanStart = dayBegins(core, first);
  const accounts = selectCoverage(db, request.tillId, spanStart, begins.at(-1) ?? spanStart);
  const counts = selectDayCounts(db, request.tillId, first, last);
  return succeed({
    days: days.map((day, index) => {
      const start = begins[index] ?? spanStart;
      const end = begins[index + 1] ?? start;
      const covered = combineCoverage(accounts.map((account) => coverDay(account.intervals, start, end)));
      const { payments = 0, cents: paid = 0, open = 0 } = counts.get(day) ?? {};
      return { day, ...covered, payments, cents: cents(paid), openCount: open };
    }),
  });
}

function daysOfMonth(month: string): BusinessDay[] {
  const first = parseBusinessDay(`${month}-01`);
  const days: BusinessDay[] = [];
  if (first === null) return days;
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}
