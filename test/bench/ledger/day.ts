import { join } from 'node:path';
import { showRows } from '#main/services/show-reconcile.ts';
import { showSummary } from '#main/services/show-summary.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { openBenchShop } from './bench-shop.ts';
import { quantile, round, tableRow } from './measure.ts';
import { writeYearFile, writeYearSales } from './year-file.ts';
import { withYearLedger, type YearLedger } from './year-ledger.ts';

/** The bound: import, match and show an ordinary day with a million lines behind it. */
const MOST_MS = 300;
const LINES = 300;
const SALES = 200;
const FIRST = '2026-11-01';
const TIMES = 7;

/** Some ordinary days after the year, one after the other, each from the file to the screen. */
export const bench: Bench = async (args) => {
  const lines = numberOption(args, 'lines', 1_000_000);
  const times = await withYearLedger(lines, (ledger) => measureDays(ledger));
  const [medianMs, worstMs] = [round(quantile(times, 0.5), 0), round(quantile(times, 1), 0)];
  return {
    figures: { lines, dayLines: LINES, daySales: SALES, medianMs, worstMs, boundMs: MOST_MS },
    text: [
      tableRow('lines behind', 'median ms', 'worst ms', 'bound ms'),
      tableRow(lines, medianMs, worstMs, MOST_MS),
    ].join('\n'),
    areMet: medianMs <= MOST_MS,
  };
};

/** Milliseconds of each day: statement, sales, matching, summary and the first page. */
export async function measureDays({
  folder,
  vault,
}: Pick<YearLedger, 'folder' | 'vault'>): Promise<number[]> {
  const shop = await openBenchShop(folder, vault);
  const times: number[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const day = new Date(Date.parse(FIRST) + turn * 86_400_000).toISOString().slice(0, 10) as BusinessDay;
    const [statement, sales] = [join(folder, `${day}.csv`), join(folder, `${day}-sales.csv`)];
    writeYearFile(statement, { lines: LINES, days: 1, lastDay: day, seed: turn });
    writeYearSales(sales, { days: 1, lastDay: day, perDay: SALES, seed: turn });
    const started = performance.now();
    await shop.bringIn(statement);
    await shop.bringIn(sales);
    await shop.matchDays();
    const scope = { from: day, to: day, tillId: null };
    const summary = showSummary(shop.core, scope);
    const rows = showRows(shop.core, {
      ...scope,
      tab: 'todo',
      search: '',
      kinds: [],
      after: null,
      limit: 100,
    });
    times.push(performance.now() - started);
    if (!summary.ok || !rows.ok || summary.value.sales !== SALES)
      throw new Error(`${day} did not come in whole`);
  }
  await shop.close();
  return times;
}
