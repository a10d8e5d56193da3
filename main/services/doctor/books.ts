import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type DatabaseFacts,
  type DiskFacts,
  judgeAuditLog,
  judgeCopies,
  judgeDatabase,
  judgeDisk,
} from '#shared/domain/doctor/books.ts';
import type { Check } from '#shared/domain/doctor/check.ts';
import { judgePasswordTime } from '#shared/domain/doctor/computer.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { readHead, readLastEnd } from '../../db/queries/epochs.ts';
import { readSetting } from '../../db/queries/settings.ts';
import { describeAlarm } from '../audit/alarm.ts';
import type { Core } from '../core.ts';

/** Bytes free and the size of one block, of the disk that holds a folder. */
export type FreeSpace = (folder: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;

/** What the books say of themselves without anybody reading all of them. */
export function checkBooks(core: Core): Check[] {
  const db = core.ledger.read;
  const alarm = describeAlarm(core);
  const signedTo = readLastEnd(db)?.seq ?? 0;
  return [
    judgeAuditLog({ alarm: alarm?.words ?? null, entries: readHead(db).seq, signedTo }),
    judgeCopies(readInstant(core, 'copy-made-at'), core.now()),
    judgePasswordTime(readInstant(core, 'password-check-ms')),
  ];
}

function readInstant(core: Core, name: 'copy-made-at' | 'password-check-ms'): UtcMs | null {
  const kept = readSetting(core.ledger.read, name);
  return kept !== null && /^\d{1,16}$/.test(kept) ? (Number(kept) as UtcMs) : null;
}

export async function checkDisk(core: Core, freeSpace: FreeSpace = statfs): Promise<Check> {
  return judgeDisk(await gatherDisk(core.ledger.access.path, freeSpace));
}

async function gatherDisk(path: string, freeSpace: FreeSpace): Promise<DiskFacts> {
  try {
    const { bavail, bsize } = await freeSpace(dirname(path));
    const sizes = [path, `${path}-wal`].map((file) => (existsSync(file) ? statSync(file).size : 0));
    return { free: bavail * bsize, books: sizes.reduce((sum, size) => sum + size, 0) };
  } catch (error) {
    // Some network drives cannot say it.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** Reads the whole ledger file in a thread. `tell` hears how far it is: 0 to 1. */
export async function checkDatabase(
  core: Core,
  signal: AbortSignal | undefined,
  tell: (fraction: number) => void,
): Promise<Check> {
  let facts: DatabaseFacts = null;
  for await (const news of core.workers.run('check-database', { access: core.ledger.access }, signal)) {
    if (news.type === 'progress') tell(news.tables / news.total);
    else facts = news;
  }
  return judgeDatabase(signal?.aborted ? null : facts);
}
