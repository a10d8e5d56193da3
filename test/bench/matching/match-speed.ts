import { Worker } from 'node:worker_threads';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { type JoinTime, joinInDuckDb, joinInSqlite } from './speed-baselines.ts';
import { makeSpeedInput } from './speed-input.ts';
import type { SpeedJob, SpeedRun } from './speed-worker.ts';

/** The bounds, in milliseconds. */
const TARGETS: Readonly<Record<number, number>> = { 100000: 2_000, 1000000: 25_000 };
const MOST_GROWTH = 12;
const SUM_TRAP_MS = 200;

type Sized = SpeedRun & {
  readonly size: number;
  readonly allMs: readonly number[];
  readonly sqlite: JoinTime;
  readonly duckdb: JoinTime;
};

/**
 * `match-speed [--most N] [--runs N] [--json]`: match() at 10,000, 100,000 and 1,000,000 a side, each beside the plain
 * join of two databases on the same rows, and the sum search at its worst.
 */
export const bench: Bench = async (args) => {
  const most = numberOption(args, 'most', 1_000_000);
  const runs = numberOption(args, 'runs', 3);
  const sized: Sized[] = [];
  for (const size of [10_000, 100_000, 1_000_000].filter((one) => one <= most)) {
    const ours = await timeMatch({ size, runs });
    const input = makeSpeedInput(size);
    sized.push({ size, ...ours, sqlite: joinInSqlite(input), duckdb: await joinInDuckDb(input) });
  }
  const trap = await timeMatch({ size: 'sum-trap', runs });
  const growth = sized.slice(1).map(({ size, ms, cpuMs }, index) => ({
    from: sized[index]?.size ?? 0,
    to: size,
    times: ms / (sized[index]?.ms ?? 1),
    cpuTimes: cpuMs / (sized[index]?.cpuMs ?? 1),
  }));
  const targets = [
    ...sized.flatMap(({ size, ms }) => {
      const limit = TARGETS[size];
      return limit === undefined ? [] : [{ name: `match ${name(size)} × ${name(size)}`, limit, got: ms }];
    }),
    ...growth
      .filter(({ from }) => from >= 100_000)
      .map(({ from, to, cpuTimes }) => ({
        name: `growth ${name(from)} → ${name(to)}`,
        limit: MOST_GROWTH,
        got: cpuTimes,
      })),
    {
      name: 'sum search at its worst',
      limit: SUM_TRAP_MS,
      got: trap.areAllAmbiguous ? trap.ms : Number.POSITIVE_INFINITY,
    },
  ].map((target) => ({ ...target, isMet: target.got <= target.limit }));
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1_000);
  const figures = { bench: 'match-speed', sized, growth, trap, peakMb, targets };
  return { figures, text: reportOf(sized, targets, peakMb), areMet: targets.every(({ isMet }) => isMet) };
};

/** Matching keeps nearly all it makes: with less room for young objects, each is moved many times. */
const YOUNG_MB = 64;

/** The median run, in a fresh thread. */
function timeMatch(job: SpeedJob): Promise<SpeedRun & { readonly allMs: readonly number[] }> {
  const url = new URL('./speed-worker.ts', import.meta.url);
  const worker = new Worker(url, { workerData: job, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (timed: readonly SpeedRun[]) => {
      const sorted = [...timed].sort((a, b) => a.ms - b.ms);
      const median = sorted[(sorted.length - 1) >> 1];
      if (median === undefined) reject(new Error('nothing was run'));
      else resolve({ ...median, allMs: sorted.map(({ ms }) => ms) });
    });
  });
}

function name(size: number): string {
  return size >= 1_000_000 ? `${size / 1_000_000} M` : `${size / 1_000} k`;
}

function reportOf(
  sized: readonly Sized[],
  targets: readonly { name: string; limit: number; got: number; isMet: boolean }[],
  peakMb: number,
): string {
  const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`.padStart(11);
  const rows = sized.map(({ size, ms: ours, cpuMs, links, suggestions, sqlite, duckdb }) =>
    [
      `${name(size).padStart(6)} a side`,
      `match() ${ms(ours)} (processor ${ms(cpuMs)}), ${links} certain, ${suggestions} suggested`,
      `               SQLite: load ${ms(sqlite.loadMs)}, join ${ms(sqlite.joinMs)}, ${sqlite.pairs} pairs`,
      `               DuckDB: load ${ms(duckdb.loadMs)}, join ${ms(duckdb.joinMs)}, ${duckdb.pairs} pairs`,
    ].join('\n  '),
  );
  const met = targets.map(
    ({ name: what, limit, got, isMet }) =>
      `  ${what.padEnd(26)} ${isMet ? 'met   ' : 'MISSED'}  ${got.toFixed(got < 100 ? 1 : 0)} (≤ ${limit})`,
  );
  return [...rows, `peak memory ${peakMb} MB`, 'Targets', ...met].join('\n');
}
