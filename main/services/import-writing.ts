import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { deleteUnfinishedRows } from '../db/queries/delete-unfinished.ts';
import {
  addCounts,
  type ImportKind,
  importsInState,
  insertImport,
  noRows,
  type RowCounts,
  setImportState,
} from '../db/queries/imports.ts';
import { countTransaction } from './checkpoint.ts';
import type { Core } from './core.ts';
import { isInHand, putDown, takeInHand } from './work-in-hand.ts';

export const ROWS_A_TRANSACTION = 1_000;

export type ImportStart = {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly sha256: string;
  readonly layout: string;
  readonly readBy: string | null;
  /** An earlier import of the same file, whose rows are taken over. */
  readonly sameAs?: number;
};

/** Opens the row of an import. Only one runs at a time: the database says so, not this line alone. */
export function startImport(core: Core, actor: Actor, about: ImportStart): Result<number> {
  const isBusy = (['running', 'undoing'] as const).some(
    (state) => importsInState(core.ledger.read, state).length > 0,
  );
  if (isBusy) return fail('import/already-running', say('import.already-running'));
  const started = core.ledger.act(actor, 'import.started', 'import', (db) => {
    const id = insertImport(db, { ...about, at: core.now(), staffId: actor.staffId });
    const { kind, sha256, layout, sameAs } = about;
    const details = sameAs === undefined ? { kind, sha256, layout } : { kind, sha256, layout, sameAs };
    return succeed({ value: id, subject: `import:${id}`, details });
  });
  if (started.ok) takeInHand(core, started.value);
  return started;
}

/** Writes one batch in one transaction, then lets everybody else have a turn. */
export async function writeBatch(
  core: Core,
  actor: Actor,
  importId: number,
  total: RowCounts,
  write: (db: Parameters<Parameters<Core['ledger']['act']>[3]>[0], counts: RowCounts) => void,
): Promise<void> {
  const written = core.ledger.act(actor, 'import.rows', `import:${importId}`, (db) => {
    const counts = noRows();
    write(db, counts);
    addCounts(db, importId, counts);
    return succeed({ value: counts, details: { ...counts } });
  });
  if (!written.ok) throw new Error(`a batch of import ${importId} was refused: ${written.error.code}`);
  for (const name of Object.keys(total) as (keyof RowCounts)[]) total[name] += written.value[name];
  countTransaction(core);
  await nextTurn();
}

/** Takes back every row of an import that did not finish; nothing of it was ever visible. */
export async function rollBackImport(
  core: Core,
  actor: Actor,
  importId: number,
  state: 'failed' | 'cancelled',
): Promise<void> {
  let taken = 1;
  while (taken > 0) {
    const step = core.ledger.act(actor, 'import.rolled-back', `import:${importId}`, (db) => {
      const rows = deleteUnfinishedRows(db, importId, ROWS_A_TRANSACTION);
      if (rows === 0) setImportState(db, importId, state, core.now());
      return succeed({ value: rows, details: { rows, state } });
    });
    if (!step.ok) throw new Error(`import ${importId} cannot be rolled back: ${step.error.code}`);
    taken = step.value;
    countTransaction(core);
    await nextTurn();
  }
}

/** An import that a crash, a power cut or a full disk left running is taken back before anything else happens. */
export async function rollBackInterrupted(core: Core, actor: Actor): Promise<number> {
  const interrupted = importsInState(core.ledger.read, 'running').filter(({ id }) => !isInHand(core, id));
  for (const { id } of interrupted) {
    takeInHand(core, id);
    try {
      await rollBackImport(core, actor, id, 'failed');
    } finally {
      putDown(core, id);
    }
  }
  return interrupted.length;
}

/** SQLite's words for "no room", "cannot write" and "disk trouble": the import is taken back and the person told. */
export function isDiskTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code) || code === 'ENOSPC' || code === 'EIO';
}
