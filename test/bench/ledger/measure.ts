import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Runs `work` in a folder of its own under the temporary folder, which is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that Debian's `sqlite3` takes to import a CSV into a plain file, one column a cell, no index. */
export function timeSqliteImport(csv: string, headLines: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-bench-'));
  try {
    const started = performance.now();
    const done = spawnSync('sqlite3', [
      join(folder, 'plain.db'),
      `.import --csv --skip ${headLines} "${csv}" lines`,
    ]);
    const seconds = (performance.now() - started) / 1_000;
    if (done.error) throw done.error;
    if (done.status !== 0) throw new Error(`sqlite3 .import failed: ${done.stderr.toString()}`);
    return seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const childAnswer = z.record(z.string(), z.number());

/** Runs a script of this folder in a process of its own, so that its memory is its own. It prints one JSON object. */
export async function runChild(
  script: string,
  args: readonly string[],
  input = '',
): Promise<Readonly<Record<string, number>>> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  const status = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return childAnswer.parse(JSON.parse(text));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which `share` of the values lie; 1 is the worst. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Milliseconds of one call. */
export function timeCall(call: () => unknown): number {
  const started = performance.now();
  call();
  return performance.now() - started;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** A row of a table for a reader: cells of 14 characters, the first of 40. */
export function tableRow(...cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => (index === 0 ? String(cell).padEnd(40) : String(cell).padStart(14)))
    .join('');
}
