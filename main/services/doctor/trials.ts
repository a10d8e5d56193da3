import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '#shared/domain/doctor/check.ts';
import { judgeClock, judgeNode, judgeTrial, type Trial } from '#shared/domain/doctor/computer.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { openEncrypted } from '../../db/cipher.ts';
import type { Workers } from '../../work/workers.ts';

export type ComputerParts = {
  readonly now: () => UtcMs;
  /** The threads that read files. */
  readonly workers: Pick<Workers, 'run'>;
  /** False for a window: it is never told where anything lies on this computer. */
  readonly showsFolders: boolean;
};

/** Tries what Daftari needs of any computer. Everything that it makes is gone at the end. */
export async function checkComputer({ now, workers, showsFolders }: ComputerParts): Promise<Check[]> {
  const folder = showsFolders ? tmpdir() : null;
  const trials = [
    await tryInFolder('temp-folder', (at) => writeFileSync(join(at, 'probe'), 'probe')),
    await tryInFolder('cipher', tryCipher),
    await tryInFolder('workers', (at) => tryWorkers(at, workers)),
  ];
  return [
    judgeNode(process.versions.node, process.versions.electron !== undefined),
    judgeClock(now()),
    ...trials.map((trial) => judgeTrial(trial, folder)),
  ];
}

/** Tries something in a folder of its own; whatever it throws is how it ended. */
async function tryInFolder(
  name: Trial['name'],
  attempt: (folder: string) => void | Promise<void>,
): Promise<Trial> {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), 'daftari-doctor-'));
    await attempt(folder);
    return { name, cause: null };
  } catch (error) {
    return { name, cause: causeOf(error) };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The system's own code where there is one: its sentence would name a folder. */
export function causeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

/** Writes an encrypted file, and sees that the key opens it, another does not, and nothing in it is in clear. */
function tryCipher(folder: string): void {
  const path = join(folder, 'probe.db');
  const key = randomBytes(32);
  const written = openEncrypted(path, key, { readonly: false });
  written.prepare('CREATE TABLE probe (word TEXT)').run();
  written.prepare('INSERT INTO probe VALUES (?)').run('in-clear-nowhere');
  written.close();
  if (readFileSync(path).includes('in-clear-nowhere')) throw new Error('the file is not encrypted');
  openEncrypted(path, key, { readonly: true }).close();
  let opened = true;
  try {
    openEncrypted(path, randomBytes(32), { readonly: true }).close();
  } catch {
    opened = false;
  }
  if (opened) throw new Error('another key opens the file');
}

/** Lets the reading thread read a tiny file. */
async function tryWorkers(folder: string, workers: Pick<Workers, 'run'>): Promise<void> {
  const path = join(folder, 'probe.csv');
  writeFileSync(path, 'time,amount\n2026-01-01 08:00,1.00\n');
  let sales = 0;
  for await (const news of workers.run('read-sales', { file: { path, name: 'probe.csv' } }))
    if (news.type === 'rows') sales += news.sales.length;
  if (sales !== 1) throw new Error('the thread did not read the file');
}
