import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { App } from '#main/app-types.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { ask, openBenchApp } from './ask.ts';
import { openBenchShop, openBenchVault } from './bench-shop.ts';
import { inFolder, quantile, round, tableRow } from './measure.ts';
import { writeYearFile, writeYearSales } from './year-file.ts';

/** The bound: any answer, writes included, while a long import runs. */
const MOST_MS = 100;
const BETWEEN_MS = 15;
const DAY = '2026-11-05';

type Timed = { readonly name: string; readonly ms: number };

/** A window that goes on asking and writing while a long file comes in, is matched, and is undone. */
export const bench: Bench = async (args) => {
  const lines = numberOption(args, 'lines', 1_000_000);
  const timed = await inFolder((folder) => measureWhileImporting(folder, lines));
  const names = [...new Set(timed.map(({ name }) => name))];
  const answers = names.map((name) => {
    const times = timed.filter((one) => one.name === name).map(({ ms }) => ms);
    return {
      name,
      answers: times.length,
      medianMs: round(quantile(times, 0.5), 1),
      p99Ms: round(quantile(times, 0.99), 1),
      worstMs: round(quantile(times, 1), 1),
    };
  });
  return {
    figures: { lines, boundMs: MOST_MS, answers },
    text: [
      tableRow('answer', 'asked', 'median ms', '99 % ms', 'worst ms'),
      ...answers.map((one) => tableRow(one.name, one.answers, one.medianMs, one.p99Ms, one.worstMs)),
      `bound: ${MOST_MS} ms`,
    ].join('\n'),
    areMet: answers.every((one) => one.worstMs <= MOST_MS),
  };
};

async function measureWhileImporting(folder: string, lines: number): Promise<Timed[]> {
  const vault = openBenchVault();
  const [day, sales, year] = [join(folder, 'day.csv'), join(folder, 'sales.csv'), join(folder, 'year.csv')];
  writeYearFile(day, { lines: 300, days: 1, lastDay: DAY, seed: 5 });
  writeYearSales(sales, { perDay: 200, days: 1, lastDay: DAY, seed: 5 });
  writeYearFile(year, { lines, days: 365, lastDay: '2026-10-31' });
  const shop = await openBenchShop(folder, vault);
  await shop.bringIn(day);
  await shop.bringIn(sales);
  await shop.matchDays();
  await shop.close();
  const app = await openBenchApp(shop.profile, vault);
  try {
    const admitted = await app.admitFile('main', year);
    if (!admitted.ok) throw new Error(admitted.error.code);
    const job = await startJob(app, 'import:start', { token: admitted.value.token, kind: 'statement' });
    const during = await askUntilOver(app, job.id, 'import');
    const done = await showJob(app, job.id);
    const undo = await startJob(app, 'import:undo', { importId: done.importId });
    return [...during, ...(await askUntilOver(app, undo.id, 'undo'))];
  } finally {
    await app.close();
  }
}

const jobView = z.object({
  id: z.string(),
  state: z.string(),
  stage: z.string(),
  importId: z.number().nullable(),
});

async function startJob(app: App, channel: string, input: unknown): Promise<z.infer<typeof jobView>> {
  return jobView.parse(await ask(app, channel, input));
}

async function showJob(app: App, jobId: string): Promise<z.infer<typeof jobView>> {
  return jobView.parse(await ask(app, 'job:show', { jobId }));
}

async function askUntilOver(app: App, jobId: string, during: string): Promise<Timed[]> {
  const timed: Timed[] = [];
  const scope = { from: DAY, to: DAY, tillId: null };
  const rows = { ...scope, tab: 'all', search: '', kinds: [], after: null, limit: 100 };
  const questions: readonly [name: string, channel: string, input: unknown][] = [
    ['summary', 'reconcile:summary', scope],
    ['rows', 'reconcile:rows', rows],
    ['search', 'ledger:search', { search: 'UKE', limit: 20 }],
    ['park (a write)', 'reconcile:park', { payments: [1], sales: [], note: 'measured' }],
    ['unpark (a write)', 'reconcile:unpark', { payments: [1], sales: [] }],
    ['files', 'import:list', { kind: 'statement', after: null, limit: 50 }],
  ];
  for (;;) {
    const job = await showJob(app, jobId);
    if (job.state !== 'running') {
      if (job.state !== 'done') throw new Error(`the ${during} ended as ${job.state}`);
      return timed;
    }
    for (const [name, channel, input] of questions) {
      const started = performance.now();
      await ask(app, channel, input);
      timed.push({ name: `${name}, during ${during}: ${job.stage}`, ms: performance.now() - started });
      await wait(BETWEEN_MS);
    }
  }
}
