import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSamples, type Sample } from '#test/fuzz/samples.ts';
import { KNOWN_SEEDS } from '#test/fuzz/seeds.ts';
import { tryInput } from '#test/fuzz/try-input.ts';
import type { FuzzNews, FuzzOrder } from '#test/fuzz/worker.ts';

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 1_500);
let folder = '';
let samples: Sample[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-fuzz-'));
  samples = buildSamples();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('every sound sample is taken whole', async () => {
  for (const sample of samples) {
    const only: Sample[] = [{ ...sample, weight: 1 }];
    const tried = await tryInput(0, only, join(folder, 'sound.bin'), (bytes) => bytes);
    expect(tried).toMatchObject({ layout: sample.layout, ended: 'taken' });
    expect(tried.rows).toBeGreaterThan(0);
  }
});

it(`${ROUNDS} damaged files of every layout, and those that once broke something, end in rows or in a reason`, {
  timeout: 60_000 + ROUNDS * 30,
}, async () => {
  // In a thread, as the product reads them: there the PDF library cannot end the process.
  const seeds = [...KNOWN_SEEDS, ...Array.from({ length: ROUNDS }, (_, index) => index + 1)];
  const order: FuzzOrder = { seeds, clock: new SharedArrayBuffer(16) };
  const worker = new Worker(new URL('../../../fuzz/worker.ts', import.meta.url), {
    workerData: order,
    stderr: true,
  });
  const news: FuzzNews[] = [];
  worker.on('message', (message: FuzzNews) => news.push(message));
  await new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', resolve);
  });
  const [tried, ...others] = news.toReversed();
  expect(others).toEqual([]);
  const counts = tried?.type === 'tried' ? Object.values(tried.counts) : [];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(seeds.length);
});
