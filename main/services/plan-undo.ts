import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Message, say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { UndoPlan } from '#shared/ipc/views.ts';
import { importsInState } from '../db/queries/imports.ts';
import { countUndoneRows, groupUndoRows, lastOfNextRows, type UndoGroup } from '../db/queries/plan-undo.ts';
import { type ImportToUndo, selectAppliedReviews, selectImportToUndo } from '../db/queries/undo-import.ts';
import type { Core } from './core.ts';
import { isInHand } from './work-in-hand.ts';

export type Fate = 'reversed' | 'shared' | 'matched' | 'edited' | 'decided';
type Fates = Record<Fate, number>;
/** Rows of the file that a person's decision on a question made count. */
type Decided = { readonly rows: ReadonlySet<number>; readonly vanished: number };

/** Rows whose fate is read between two turns of everybody else. */
const ROWS_A_LOOK = 20_000;

/** What undoing an import would do, row by row. Refuses one that is running, being undone, or undone for good. */
export async function planUndo(core: Core, importId: number): Promise<Result<UndoPlan>> {
  const found = findUndoable(core, importId);
  if (!found.ok) return found;
  const plan = await foresee(core, found.value);
  if (found.value.state === 'undone' && plan.reversed === 0) return notUndoable(say('undo.already-undone'));
  return succeed(plan);
}

/** The import, when it can be undone now. */
export function findUndoable(core: Core, importId: number): Result<ImportToUndo> {
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

/** Looks at every row once, many at a time with other work in between, and counts what would become of it. */
export async function foresee(core: Core, about: ImportToUndo): Promise<UndoPlan> {
  const db = core.ledger.read;
  const decided = decidedRows(core, about.id);
  const fates = noFates();
  const next = (after: number) => lastOfNextRows(db, about, after, ROWS_A_LOOK);
  let after = -1;
  for (let upTo = next(after); upTo !== null; upTo = next(after)) {
    const groups = groupUndoRows(db, { ...about, decided: decided.rows }, after, upTo);
    for (const { rows, isDecided, ...row } of groups) fates[fateOf(row, isDecided === 1)] += rows;
    after = upTo;
    await nextTurn();
  }
  return asPlan(about.id, fates, decided);
}

/** What a person decided with an import. */
export function decidedRows(core: Core, importId: number): Decided {
  const applied = selectAppliedReviews(core.ledger.read, importId);
  const rows = new Set(applied.flatMap((review) => review.row ?? []));
  return { rows, vanished: applied.length - rows.size };
}

/** What becomes of a live row. */
export function fateOf(
  row: Pick<UndoGroup, 'isShared' | 'isMatched' | 'isEdited'>,
  isDecided: boolean,
): Fate {
  if (isDecided) return 'decided';
  if (row.isShared) return 'shared';
  if (row.isMatched) return 'matched';
  return row.isEdited ? 'edited' : 'reversed';
}

export function noFates(): Fates {
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

/** How many rows this undoing has taken back, counted in the ledger itself. */
export async function countReversed(core: Core, about: ImportToUndo, undoneAt: number): Promise<number> {
  let reversed = 0;
  for (let after: number | null = -1; after !== null; ) {
    const some = countUndoneRows(core.ledger.read, { ...about, undoneAt }, after, ROWS_A_LOOK);
    reversed += some.undone;
    after = some.seen < ROWS_A_LOOK ? null : some.last;
    await nextTurn();
  }
  return reversed;
}
