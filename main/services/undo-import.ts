import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { UndoPlan } from '#shared/ipc/views.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { importsInState, setImportState } from '../db/queries/imports.ts';
import {
  closePointlessReviews,
  type ImportToUndo,
  moveHome,
  selectImportToUndo,
  selectUndoRows,
  type UndoRow,
  undoItem,
} from '../db/queries/undo-import.ts';
import { countTransaction } from './checkpoint.ts';
import type { Core } from './core.ts';
import { isDiskTrouble, rollBackInterrupted } from './import-writing.ts';
import type { RunningJob } from './job-book.ts';
import { matchChangedDays } from './match-days.ts';
import {
  countReversed,
  decidedRows,
  type Fate,
  fateOf,
  findUndoable,
  foresee,
  noFates,
  planUndo,
} from './plan-undo.ts';
import { recordStep } from './record-step.ts';
import { settleReported } from './settle-reported.ts';
import { isInHand, putDown, takeInHand } from './work-in-hand.ts';

/** A row to undo costs several statements: fewer a transaction than an import writes, so that nobody waits. */
const ROWS_A_TRANSACTION = 300;

/**
 * Takes an import back, a batch a transaction: rows that only this file shows leave the live books, rows that another
 * file, Pull or a notice also shows hang on that one from now on, and rows that a person matched, corrected or decided stay. Once begun
 * it is carried through: killed in between, the next start finishes it. Undone rows stay findable.
 */
export async function undoImport(
  core: Core,
  actor: Actor,
  importId: number,
  job: RunningJob,
): Promise<Result<UndoPlan>> {
  job.update({ stage: 'undoing', importId });
  try {
    return await undoFromStart(core, actor, importId, job);
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    core.log.error('an undo met a full disk; the next import or undo carries it through', {
      importId,
      error,
    });
    return fail('import/disk-full', say('undo.disk-trouble'));
  }
}

async function undoFromStart(
  core: Core,
  actor: Actor,
  importId: number,
  job: RunningJob,
): Promise<Result<UndoPlan>> {
  await rollBackInterrupted(core, actor);
  await settleReported(core, actor);
  const finished = (await finishInterruptedUndo(core, actor)).get(importId);
  if (finished) {
    await matchChangedDays(core, actor);
    return succeed(finished);
  }
  const planned = await planUndo(core, importId);
  if (!planned.ok) return planned;
  const begun = core.ledger.act(actor, 'import.undo-started', `import:${importId}`, (db) => {
    const still = findUndoable(core, importId);
    if (!still.ok) return still;
    setImportState(db, importId, 'undoing', core.now());
    const { reversed, shared, kept, blocked } = planned.value;
    return succeed({ value: undefined, details: { reversed, shared, kept, blocked } });
  });
  if (!begun.ok) return begun;
  const done = await carryInHand(core, actor, importId, (rows, fraction) => job.update({ rows, fraction }));
  job.update({ stage: 'matching', fraction: null, secondsLeft: null });
  await matchChangedDays(core, actor);
  return succeed(done);
}

/**
 * Finishes what a crash, a power cut or a full disk interrupted, and says what became of each. The days it touched wait
 * to be matched.
 */
export async function finishInterruptedUndo(core: Core, actor: Actor): Promise<Map<number, UndoPlan>> {
  const finished = new Map<number, UndoPlan>();
  for (const { id } of importsInState(core.ledger.read, 'undoing'))
    if (!isInHand(core, id)) finished.set(id, await carryInHand(core, actor, id, () => undefined));
  return finished;
}

type Progress = (rows: number, fraction: number) => void;

async function carryInHand(
  core: Core,
  actor: Actor,
  importId: number,
  progress: Progress,
): Promise<UndoPlan> {
  takeInHand(core, importId);
  try {
    return await carryThrough(core, actor, importId, progress);
  } finally {
    putDown(core, importId);
  }
}

/** The undoing itself, from the first row: what an interrupted run already did is no longer live and is skipped. */
async function carryThrough(
  core: Core,
  actor: Actor,
  importId: number,
  progress: Progress,
): Promise<UndoPlan> {
  const about = selectImportToUndo(core.ledger.read, importId);
  if (about?.state !== 'undoing' || about.finishedAt === null)
    throw new Error(`import ${importId} is not being undone`);
  let seen = 0;
  for (let after: number | null = -1; after !== null; ) {
    const batch = undoBatch(core, actor, about, about.finishedAt, after);
    seen += batch.rows;
    after = batch.next;
    progress(seen, about.rowsRead > 0 ? Math.min(1, seen / about.rowsRead) : 1);
    await nextTurn();
  }
  await closeReviews(core, actor, about, about.finishedAt);
  return finishUndo(core, actor, about, about.finishedAt);
}

/** One transaction: some rows, each to its fate, and the days they leave behind. */
function undoBatch(
  core: Core,
  actor: Actor,
  about: ImportToUndo,
  undoneAt: number,
  after: number,
): { rows: number; next: number | null } {
  const undone = core.ledger.act(actor, 'import.undo-rows', `import:${about.id}`, (db) => {
    const decided = decidedRows(core, about.id);
    const rows = selectUndoRows(db, about.kind, about.id, after, ROWS_A_TRANSACTION);
    const fates = noFates();
    const days = new Set<string>();
    for (const row of rows) {
      const fate = fateOf({ ...row, isShared: row.other === null ? 0 : 1 }, decided.rows.has(row.row));
      fates[fate] += 1;
      meetFate(db, about, row, fate, { staffId: actor.staffId, undoneAt, days });
    }
    markDaysToMatch(db, days);
    const last = rows.length < ROWS_A_TRANSACTION ? null : (rows.at(-1)?.row ?? null);
    return succeed({ value: { rows: rows.length, next: last }, details: { ...fates } });
  });
  if (!undone.ok) throw new Error(`rows of import ${about.id} cannot be undone: ${undone.error.code}`);
  countTransaction(core);
  return undone.value;
}

function meetFate(
  db: WriteDb,
  about: ImportToUndo,
  row: UndoRow,
  fate: Fate,
  undo: { staffId: number; undoneAt: number; days: Set<string> },
): void {
  if (fate === 'shared' && row.home === about.id && row.other !== null) {
    moveHome(db, about.kind, row.itemId, row.other);
    // Less is certain of a payment that no statement shows any more.
    if (row.other < 0) undo.days.add(row.day);
  }
  if (fate !== 'reversed') return;
  const type = about.kind === 'statement' ? 'payment' : 'sale';
  for (const day of undoItem(db, { type, id: row.itemId }, undo.staffId, undo.undoneAt)) undo.days.add(day);
  undo.days.add(row.day);
}

async function closeReviews(core: Core, actor: Actor, about: ImportToUndo, undoneAt: number): Promise<void> {
  for (let closed = ROWS_A_TRANSACTION; closed === ROWS_A_TRANSACTION; ) {
    const undo = { importId: about.id, undoneAt, staffId: actor.staffId, at: core.now() };
    const done = core.ledger.act(actor, 'import.undo-reviews', `import:${about.id}`, (db) => {
      const reviews = closePointlessReviews(db, undo, ROWS_A_TRANSACTION);
      return succeed({ value: reviews, details: { reviews } });
    });
    if (!done.ok) throw new Error(`questions of import ${about.id} cannot be closed: ${done.error.code}`);
    closed = done.value;
    await nextTurn();
  }
}

/** The counts are taken from the ledger, so that they are whole even when the undoing was interrupted. */
async function finishUndo(
  core: Core,
  actor: Actor,
  about: ImportToUndo,
  undoneAt: number,
): Promise<UndoPlan> {
  const left = await foresee(core, about);
  const reversed = await countReversed(core, about, undoneAt);
  const done = core.ledger.act(actor, 'import.undone', `import:${about.id}`, (db) => {
    const plan: UndoPlan = { ...left, reversed };
    setImportState(db, about.id, 'undone', null);
    const what = say('step.undid-import', { file: about.fileName, rows: reversed });
    recordStep(db, actor, core.now(), 'undo-import', what, { imports: [about.id] });
    const { shared, kept, blocked } = plan;
    return succeed({ value: plan, details: { reversed, shared, kept, blocked } });
  });
  if (!done.ok) throw new Error(`the undoing of import ${about.id} cannot be finished: ${done.error.code}`);
  return done.value;
}
