import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { KNOWN_SEEDS } from './seeds.ts';
import type { FuzzNews, FuzzOrder } from './worker.ts';

/** A damaged file may take this long, and the process this much memory; anything more is a fault. */
const MOST_MS = 2_000;
const MOST_RSS = 1_200 * 1024 * 1024;
const CHUNK = 2_000;

/**
 * `npm run fuzz -- [--inputs 100000] [--seed 1]`: damaged files of every layout, read as the product reads them. Exit
 * 0 when none crashed, none took longer than 2 s and memory stayed within its bound.
 */
const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' } } });
const first = Number(values.seed ?? 1);
const inputs = Number(values.inputs ?? 100_000);
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(inputs) || inputs < 1)
  throw new Error('--inputs and --seed are whole numbers');

const counts: Record<string, number> = {};
const faults: string[] = [];
let slowest = { seed: 0, ms: 0 };
let peak = 0;
const startedAt = performance.now();
await runChunk(KNOWN_SEEDS);
for (let from = first; from < first + inputs && faults.length < 20; from += CHUNK) {
  const count = Math.min(CHUNK, first + inputs - from);
  await runChunk(Array.from({ length: count }, (_, index) => from + index));
}
report();
process.exitCode = faults.length === 0 ? 0 : 1;

/** A thread a chunk, watched from here: a loop without end cannot stop this one. */
function runChunk(seeds: readonly number[]): Promise<void> {
  const clock = new SharedArrayBuffer(16);
  const order: FuzzOrder = { seeds, clock };
  const [seedInHand, since] = [new Int32Array(clock, 0, 1), new Float64Array(clock, 8, 1)];
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  });
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
      const ms = performance.timeOrigin + performance.now() - (since[0] ?? 0);
      if ((since[0] ?? 0) === 0 || (seedInHand[0] ?? -1) === -1 || ms < 5 * MOST_MS) return;
      faults.push(`seed ${seedInHand[0]}: no end after ${Math.round(ms)} ms`);
      clearInterval(watch);
      void worker.terminate();
    }, 200);
    worker.on('message', (news: FuzzNews) => {
      if (news.type === 'broke') faults.push(`seed ${news.seed}: ${news.words}`);
      else takeCounts(news);
    });
    worker.on('error', (error) => faults.push(`seed ${seedInHand[0]}: the thread ended: ${String(error)}`));
    worker.on('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });
}

function takeCounts(news: Extract<FuzzNews, { type: 'tried' }>): void {
  for (const [key, count] of Object.entries(news.counts)) counts[key] = (counts[key] ?? 0) + count;
  if (news.slowest.ms > slowest.ms) slowest = news.slowest;
}

function report(): void {
  if (slowest.ms > MOST_MS) faults.push(`seed ${slowest.seed}: ${Math.round(slowest.ms)} ms`);
  if (peak > MOST_RSS) faults.push(`the process held ${Math.round(peak / 1024 / 1024)} MB`);
  const layouts = [...new Set(Object.keys(counts).map((key) => key.split('\t')[0] as string))].sort();
  const lines = ['layout                  taken  refused'];
  for (const layout of layouts) {
    const [taken, refused] = [counts[`${layout}\ttaken`] ?? 0, counts[`${layout}\trefused`] ?? 0];
    lines.push(`${layout.padEnd(20)} ${String(taken).padStart(8)} ${String(refused).padStart(8)}`);
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const slow = `slowest ${Math.round(slowest.ms)} ms (seed ${slowest.seed})`;
  lines.push(`${total} damaged files in ${seconds} s; ${slow}; peak ${Math.round(peak / 1024 / 1024)} MB`);
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const fault of faults) process.stderr.write(`FAULT ${fault}\n`);
}
