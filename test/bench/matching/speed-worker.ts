import { parentPort, workerData } from 'node:worker_threads';
import { match } from '#shared/domain/matching/match.ts';
import { makeSpeedInput, makeSumTrap } from './speed-input.ts';

/** Runs match() in a thread of its own, as the app does, so that no run inherits the memory of another. */
export type SpeedJob = { readonly size: number | 'sum-trap'; readonly runs: number };

export type SpeedRun = {
  /** By the clock, and what the processor worked in this thread. */
  readonly ms: number;
  readonly cpuMs: number;
  readonly links: number;
  readonly suggestions: number;
  readonly areAllAmbiguous: boolean;
};

function timeOnce(input: Parameters<typeof match>[0]): SpeedRun {
  const cpu = process.threadCpuUsage();
  const start = performance.now();
  const { links, suggestions } = match(input);
  const ms = performance.now() - start;
  const { user, system } = process.threadCpuUsage(cpu);
  return {
    ms,
    cpuMs: (user + system) / 1_000,
    links: links.length,
    suggestions: suggestions.length,
    areAllAmbiguous: suggestions.every(({ ambiguityGroup }) => ambiguityGroup !== null),
  };
}

const { size, runs } = workerData as SpeedJob;
match(makeSpeedInput(20_000, 2));
const input = size === 'sum-trap' ? makeSumTrap() : makeSpeedInput(size);
parentPort?.postMessage(Array.from({ length: runs }, () => timeOnce(input)));
