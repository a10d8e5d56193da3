import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { buildSamples } from './samples.ts';
import { tryInput } from './try-input.ts';

export type FuzzOrder = { readonly seeds: readonly number[]; readonly clock: SharedArrayBuffer };
export type FuzzNews =
  | {
      readonly type: 'tried';
      readonly counts: Record<string, number>;
      readonly slowest: { seed: number; ms: number };
    }
  | { readonly type: 'broke'; readonly seed: number; readonly words: string };

const { seeds, clock } = workerData as FuzzOrder;
/** The seed in hand, and since when (ms since the process began), for the thread that watches this one. */
const [seedInHand, since] = [new Int32Array(clock, 0, 1), new Float64Array(clock, 8, 1)];
const samples = buildSamples();
const folder = mkdtempSync(join(tmpdir(), 'daftari-fuzz-'));
const counts: Record<string, number> = {};
let slowest = { seed: 0, ms: 0 };
for (const seed of seeds) {
  seedInHand[0] = seed;
  since[0] = performance.timeOrigin + performance.now();
  const startedAt = performance.now();
  try {
    const { layout, ended } = await tryInput(seed, samples, join(folder, 'input.bin'));
    const key = `${layout}\t${ended === 'taken' ? 'taken' : 'refused'}`;
    counts[key] = (counts[key] ?? 0) + 1;
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ type: 'broke', seed, words } satisfies FuzzNews);
  }
  const ms = performance.now() - startedAt;
  if (ms > slowest.ms) slowest = { seed, ms };
}
seedInHand[0] = -1;
rmSync(folder, { recursive: true, force: true });
parentPort?.postMessage({ type: 'tried', counts, slowest } satisfies FuzzNews);
