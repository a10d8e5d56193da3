import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { ReconcilePage } from '#shared/ipc/views.ts';
import { selectDaysWithRows } from '../db/queries/reconcile-rows.ts';
import type { Core } from './core.ts';
import { type RowsRequest, readCursor, showRows } from './show-reconcile.ts';

/** Days that are looked through between two turns of everybody else: a busy shop's week takes some 30 ms. */
const DAYS_A_LOOK = 7;

/**
 * One page of the reconcile screen, however many days are asked for. Only days that may have such rows are looked at,
 * a week at a time, so that a search that finds nothing in a year keeps nobody else waiting.
 */
export async function findRows(core: Core, request: RowsRequest): Promise<Result<ReconcilePage>> {
  const from = request.after === null ? null : readCursor(request.after)?.day;
  if (from === undefined) return showRows(core, request);
  const weeks = splitIntoRuns(
    selectDaysWithRows(core.ledger.read, { ...request, from: from ?? request.from }),
  );
  const rows: ReconcilePage['rows'] = [];
  for (const week of weeks) {
    const last = rows.at(-1);
    if (last && rows.length === request.limit) return succeed({ rows, next: last.cursor });
    const page = showRows(core, { ...request, ...week, limit: request.limit - rows.length });
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    if (page.value.next !== null) return succeed({ rows, next: page.value.next });
    await nextTurn();
  }
  return succeed({ rows, next: null });
}

type Run = { readonly from: BusinessDay; readonly to: BusinessDay };

/** Days that follow one another, a week at most. */
function splitIntoRuns(days: readonly BusinessDay[]): Run[] {
  const runs: Run[] = [];
  let length = 0;
  for (const day of days) {
    const run = runs.at(-1);
    length += 1;
    if (run && length <= DAYS_A_LOOK && day === addDays(run.to, 1))
      runs[runs.length - 1] = { ...run, to: day };
    else {
      runs.push({ from: day, to: day });
      length = 1;
    }
  }
  return runs;
}
