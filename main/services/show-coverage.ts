import { say } from '#shared/domain/message.ts';
import { cents } from '#shared/domain/money.ts';
import {
  combineCoverage,
  coverDay,
  type Interval,
  mergeIntervals,
} from '#shared/domain/statement/coverage.ts';
import {
  addDays,
  type BusinessDay,
  MINUTE,
  parseBusinessDay,
  SECOND,
  type UtcMs,
} from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { CoverageDay } from '#shared/ipc/views.ts';
import type { ReadDb } from '../db/ledger.ts';
import { type AccountCoverage, selectCoverage, selectDayCounts } from '../db/queries/coverage.ts';
import { selectAnswered, selectPulledCodes } from '../db/queries/pulls.ts';
import type { Core } from './core.ts';
import { lostOf } from './pull/show-pulls.ts';
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
  const pulls = pulledTills(db, request.tillId, accounts, spanStart, begins.at(-1) ?? spanStart, core.now());
  const counts = selectDayCounts(db, request.tillId, first, last);
  return succeed({
    days: days.map((day, index) => {
      const start = begins[index] ?? spanStart;
      const end = begins[index + 1] ?? start;
      const covered = combineCoverage(accounts.map((account) => coverDay(account.intervals, start, end)));
      const { payments = 0, cents: paid = 0, open = 0 } = counts.get(day) ?? {};
      const pulled = combineCoverage(pulls.map(({ answered }) => coverDay(answered, start, end)));
      return {
        day,
        ...covered,
        pulled: pulled.state,
        pulledTo: pulled.coveredTo,
        lost: within(
          pulls.flatMap(({ lost }) => lost),
          start,
          end,
        ),
        payments,
        cents: cents(paid),
        openCount: open,
      };
    }),
  });
}

type PulledTill = { readonly answered: readonly Interval[]; readonly lost: readonly Interval[] };

/** What Pull answered for each till that the month is about; one that is not registered has nothing. */
function pulledTills(
  db: ReadDb,
  ofTillId: number | null,
  accounts: readonly AccountCoverage[],
  from: UtcMs,
  to: UtcMs,
  now: UtcMs,
): PulledTill[] {
  const codes = selectPulledCodes(db).filter((code) => ofTillId === null || code.tillId === ofTillId);
  const tills = [...new Set([...accounts, ...codes].map(({ tillId }) => tillId))];
  return tills.map((tillId) => {
    const ofTill = codes.filter((code) => code.tillId === tillId);
    return {
      answered: ofTill.flatMap(({ shortCode }) => selectAnswered(db, shortCode, from, to)),
      lost: ofTill.flatMap((code) => lostOf(db, code, now)),
    };
  });
}

/** The parts of some stretches that lie in a day, whole hours and pieces of them. */
function within(stretches: readonly Interval[], start: UtcMs, end: UtcMs): Interval[] {
  return mergeIntervals(stretches)
    .filter(({ from, to }) => from < end && to >= start)
    .map(({ from, to }) => ({
      from: Math.max(from, start) as UtcMs,
      to: Math.min(to, end - SECOND) as UtcMs,
    }))
    .filter(({ from, to }) => to - from >= MINUTE);
}

function daysOfMonth(month: string): BusinessDay[] {
  const first = parseBusinessDay(`${month}-01`);
  const days: BusinessDay[] = [];
  if (first === null) return days;
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}
