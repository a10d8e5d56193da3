import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Message, say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { UndoPlan } from '#shared/ipc/views.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { importsInState, setImportState } from '../db/queries/imports.ts';
import {
  closePointlessReviews,
  countUndoneRows,
  type ImportToUndo,
  moveHome,
  selectAppliedReviews,
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
import { recordStep } from './record-step.ts';
import { isInHand, putDown, takeInHand } from './work-in-hand.ts';

type Fate = 'reversed' | 'shared' | 'matched' | 'edited' | 'decided';
type Fates = Record<Fate, number>;
/** Rows of the file that a person's decision on a question made count. */
type Decided = { readonly rows: ReadonlySet<number>; readonly vanished: number };

/** Rows whose fate is read between two turns of everybody else. */
const ROWS_A_LOOK = 2_000;
/** A row to undo costs several statements: fewer a transaction than an import writes, so that nobody waits. */
const ROWS_A_TRANSACTION = 300;

/** What undoing an import would do, row by row. Refuses one that is running, being undone, or undone for good. */
export async function planUndo(core: Core, importId: number): Promise<Result<UndoPlan>> {
  const found = findUndoable(core, importId);
  if (!found.ok) return found;
  const plan = await foresee(core, found.value);
  if (found.value.state === 'undone' && plan.reversed === 0) return notUndoable(say('undo.already-undone'));
  return succeed(plan);
}

/**
 * Takes an import back, a batch a transaction: rows that only this file shows leave the live books, rows that another
 * file also shows hang on that one from now on, and rows that a person matched, corrected or decided stay. Once begun
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

function findUndoable(core: Core, importId: number): Result<ImportToUndo> {
  const found = selectImportToUndo(core.ledger.read, importId);
  if (!found) return fail('ledger/not-found', say('import.not-found'));
  // A running import may be adding its evidence to the very rows that would go.
  const isOwned = ({ id }: { id: number }) => isInHand(core, id);
  if (importsInState(core.ledger.read, 'running').some(isOwned)) return notUndoable(say('undo.import-runs'));
  if (importsInState(core.ledger.read, 'undoing').some(isOwned)) return notUndoable(say('undo.being-undone'));
  if (!['done', 'undoing', 'undone'].includes(found.state)) return notUndoable(say('undo.never-finished'));
  return succeed(found);
}

function notUndoable(why: Message) {
  return fail('import/not-undoable', why);
}

/** Reads every row once, with other work in between, and counts what would become of it. */
async function foresee(core: Core, about: ImportToUndo): Promise<UndoPlan> {
  const decided = decidedRows(core, about.id);
  const fates = noFates();
  for (let after = -1; ; ) {
    const rows = selectUndoRows(core.ledger.read, about.kind, about.id, after, ROWS_A_LOOK);
    for (const row of rows) fates[fateOf(row, decided)] += 1;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_A_LOOK) break;
    after = last.row;
    await nextTurn();
  }
  return asPlan(about.id, fates, decided);
}

function decidedRows(core: Core, importId: number): Decided {
  const applied = selectAppliedReviews(core.ledger.read, importId);
  const rows = new Set(applied.flatMap((review) => review.row ?? []));
  return { rows, vanished: applied.length - rows.size };
}

function fateOf(row: UndoRow, decided: Decided): Fate {
  if (decided.rows.has(row.row)) return 'decided';
  if (row.other !== null) return 'shared';
  if (row.isMatched) return 'matched';
  return row.isEdited ? 'edited' : 'reversed';
}

function noFates(): Fates {
  return { reversed: 0, shared: 0, matched: 0, edited: 0, decided: 0 };
}

function asPlan(importId: number, fates: Fates, decided: Decided): UndoPlan {
  const reasons: Message[] = [];
  if (fates.shared > 0) reasons.push(say('undo.shared', { count: fates.shared }));
  if (fates.matched > 0) reasons.push(say('undo.kept-matched', { count: fates.matched }));
  if (fates.edited > 0) reasons.push(say('undo.kept-edited', { count: fates.edited }));
  if (fates.decided > 0) reasons.push(say('undo.blocked-decided', { count: fates.decided }));
  if (decided.vanished > 0) reasons.push(say('undo.blocked-vanished', { count: decided.vanished }));
  return {
    importId,
    reversed: fates.reversed,
    shared: fates.shared,
    kept: fates.matched + fates.edited,
    blocked: fates.decided + decided.vanished,
    reasons,
  };
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
      const fate = fateOf(row, decided);
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
  if (fate === 'shared' && row.home === about.id && row.other !== null)
    moveHome(db, about.kind, row.itemId, row.other);
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

async function countReversed(core: Core, about: ImportToUndo, undoneAt: number): Promise<number> {
  let reversed = 0;
  for (let after: number | null = -1; after !== null; ) {
    const some = countUndoneRows(core.ledger.read, { ...about, undoneAt }, after, ROWS_A_LOOK);
    reversed += some.undone;
    after = some.seen < ROWS_A_LOOK ? null : some.last;
    await nextTurn();
  }
  return reversed;
}
