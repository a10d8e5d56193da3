import { message } from '#shared/ipc/fields.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../ledger.ts';

type StepRow = {
  id: number;
  at: StepView['at'];
  by: string;
  action: string;
  what: string;
  undoneAt: number | null;
};

/** Imports are undone on their own screen, with a plan of what stays and what goes. */
const UNDONE_ELSEWHERE = ['import', 'undo-import'];

/** What one step did, as the list of what was done shows it. Throws for an id that is not there: that is a bug. */
export function showStep(db: ReadDb, stepId: number): StepView {
  const row = db.get<StepRow>(
    `SELECT s.id, s.at, p.name AS by, s.action, s.what, s.undone_at AS undoneAt
       FROM steps s JOIN staff p ON p.id = s.staff_id WHERE s.id = ?`,
    stepId,
  );
  if (!row) throw new Error(`step ${stepId} is not there`);
  return asStep(row);
}

/** Steps newest first, those before `before`. */
export function selectSteps(db: ReadDb, before: number | null, limit: number): StepView[] {
  return db
    .all<StepRow>(
      `SELECT s.id, s.at, p.name AS by, s.action, s.what, s.undone_at AS undoneAt
         FROM steps s JOIN staff p ON p.id = s.staff_id WHERE ? IS NULL OR s.id < ? ORDER BY s.id DESC LIMIT ?`,
      before,
      before,
      limit,
    )
    .map(asStep);
}

function asStep({ undoneAt, what, ...row }: StepRow): StepView {
  const isUndone = undoneAt !== null;
  return {
    ...row,
    what: message.parse(JSON.parse(what)),
    isUndone,
    isUndoable: !isUndone && !UNDONE_ELSEWHERE.includes(row.action),
  };
}
