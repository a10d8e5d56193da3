import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSamples, type Sample } from '#test/fuzz/samples.ts';
import { KNOWN_SEEDS } from '#test/fuzz/seeds.ts';
import { tryInput } from '#test/fuzz/try-input.ts';

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

it(`${ROUNDS} damaged files of every layout end in rows or in a reason`, {
  timeout: 60_000 + ROUNDS * 30,
}, async () => {
  const seeds = [...KNOWN_SEEDS, ...Array.from({ length: ROUNDS }, (_, index) => index + 1)];
  for (const seed of seeds) {
    const tried = await tryInput(seed, samples, join(folder, 'input.bin')).catch((error: unknown) => {
      throw new Error(`seed ${seed} broke a reader`, { cause: error });
    });
    expect(tried.layout).not.toBe('');
  }
});
