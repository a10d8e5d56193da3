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
  const days = await withYearLedger(lines, (ledger) => measureDays(ledger));
  const of = (name: keyof MeasuredDay, share: number) =>
    round(
      quantile(
        days.map((day) => day[name]),
        share,
      ),
      0,
    );
  const [medianMs, worstMs] = [of('ms', 0.5), of('ms', 1)];
  const processorMs = of('processorMs', 0.5);
  return {
    figures: { lines, dayLines: LINES, daySales: SALES, medianMs, worstMs, processorMs, boundMs: MOST_MS },
    text: [
      tableRow('lines behind', 'median ms', 'worst ms', 'processor ms', 'bound ms'),
      tableRow(lines, medianMs, worstMs, processorMs, MOST_MS),
    ].join('\n'),
    areMet: medianMs <= MOST_MS,
  };
};

/** What a day took by the clock, and by the processor in all threads. */
export type MeasuredDay = { readonly ms: number; readonly processorMs: number };

/** Each day: statement, sales, matching, summary and the first page. */
export async function measureDays({
  folder,
  vault,
}: Pick<YearLedger, 'folder' | 'vault'>): Promise<MeasuredDay[]> {
  const shop = await openBenchShop(folder, vault);
  const days: MeasuredDay[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const day = new Date(Date.parse(FIRST) + turn * 86_400_000).toISOString().slice(0, 10) as BusinessDay;
    const [statement, sales] = [join(folder, `${day}.csv`), join(folder, `${day}-sales.csv`)];
    writeYearFile(statement, { lines: LINES, days: 1, lastDay: day, seed: turn });
    writeYearSales(sales, { days: 1, lastDay: day, perDay: SALES, seed: turn });
    const [started, worked] = [performance.now(), process.cpuUsage()];
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
    const { user, system } = process.cpuUsage(worked);
    days.push({ ms: performance.now() - started, processorMs: (user + system) / 1_000 });
    if (!summary.ok || !rows.ok || summary.value.sales !== SALES)
      throw new Error(`${day} did not come in whole`);
  }
  await shop.close();
  return days;
}
