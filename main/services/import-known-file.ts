import type { Actor } from '../db/ledger.ts';
import type { RowCounts } from '../db/queries/imports.ts';
import { copyRows, findKnownFile, type KnownFile, selectNextRows } from '../db/queries/known-file.ts';
import { READING_VERSION } from '../readers/reading-version.ts';
import type { Core } from './core.ts';
import type { StatementRequest } from './import-statement.ts';
import { writeBatch } from './import-writing.ts';
import type { RunningJob } from './job-book.ts';

/** Rows copied in one transaction: as long as a transaction of rows that are read. */
const ROWS_AT_ONCE = 6_000;

/** The version that reads a file by itself; null when a person helps it, for then the bytes alone do not say what it reads. */
export function readingVersion({ shortCode, dates, password }: StatementRequest): string | null {
  const isHelped = shortCode !== undefined || dates !== undefined || password !== undefined;
  return isHelped ? null : READING_VERSION;
}

/** The import that brought the same file in whole, if each row of it is still in the books. */
export function recogniseFile(core: Core, request: StatementRequest, sha256: string): KnownFile | null {
  const readBy = readingVersion(request);
  const fileName = request.file.name;
  return readBy === null ? null : findKnownFile(core.ledger.read, { sha256, fileName, readBy });
}

export type CopyProgress = { readonly importId: number; readonly counts: RowCounts };

/**
 * Makes an import show what a known file shows, without reading that again. Returns the last row that it copied and
 * whether that was all; it stops before rows that left the books meanwhile, and when the job is cancelled.
 */
export async function copyKnownFile(
  core: Core,
  actor: Actor,
  known: KnownFile,
  { importId, counts }: CopyProgress,
  job: RunningJob,
): Promise<{ readonly copiedTo: number; readonly isWhole: boolean }> {
  let copiedTo = 0;
  while (counts.known < known.rows && !job.signal.aborted) {
    const next = selectNextRows(core.ledger.read, known.importId, copiedTo, ROWS_AT_ONCE);
    if (next === null) break;
    if (next.count === 0) throw new Error(`import ${known.importId} shows fewer rows than it counted`);
    const rows = { from: known.importId, to: importId, after: copiedTo, last: next.last };
    await writeBatch(core, actor, importId, counts, (db, batch) => {
      batch.known += copyRows(db, rows);
    });
    copiedTo = next.last;
    job.update({ stage: 'writing', rows: counts.known, fraction: counts.known / known.rows });
  }
  return { copiedTo, isWhole: counts.known === known.rows };
}
