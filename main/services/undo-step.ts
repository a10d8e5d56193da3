import { z } from 'zod';
import { say } from '#shared/domain/message.ts';
import { message } from '#shared/ipc/fields.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { endLink, reviveLink } from '../db/queries/links.ts';
import { showStep } from '../db/queries/step-views.ts';
import type { Core } from './core.ts';
import { matchSoon } from './match-days.ts';
import type { StepAction, Touched } from './record-step.ts';
import { undoReviewDecision } from './reviews.ts';
import { undoSaleStep } from './type-sale.ts';
import { rulesTouched, undoRuleStep } from './undo-rule.ts';

const ids = z.array(z.number().int()).optional();
const touchedSchema = z.object({
  links: ids,
  endedLinks: ids,
  refusals: ids,
  endedRefusals: ids,
  parks: ids,
  endedParks: ids,
  movements: ids,
  sales: ids,
  reviews: ids,
  imports: ids,
  days: z.array(z.string()).optional(),
  rules: rulesTouched.optional(),
  saleBefore: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
});

type StepRow = { id: number; action: StepAction; what: string; touched: string; undone_at: number | null };

/** Puts back what one step did, however long ago, unless a later step stands in its way. */
export async function undoStep(
  core: Core,
  actor: Actor,
  stepId: number,
): Promise<Result<{ step: StepView }>> {
  const undone = core.ledger.act(actor, 'step.undone', `step:${stepId}`, (db) => {
    const row = db.get<StepRow>(
      'SELECT id, action, what, touched, undone_at FROM steps WHERE id = ?',
      stepId,
    );
    if (!row) return fail('ledger/not-found', say('step.not-found'));
    if (row.undone_at !== null) return fail('ledger/not-undoable', say('step.undone-before'));
    const touched = touchedSchema.parse(JSON.parse(row.touched)) as Touched;
    const putBack = putBackStep(db, actor, row.action, touched, core.now());
    if (!putBack.ok) return putBack;
    db.run('UPDATE steps SET undone_at = ?, undone_by = ? WHERE id = ?', core.now(), actor.staffId, stepId);
    markDaysToMatch(db, touched.days ?? []);
    return succeed({ value: message.parse(JSON.parse(row.what)), details: { action: row.action } });
  });
  if (!undone.ok) return undone;
  await matchSoon(core, actor);
  core.tell('ledger:changed', { areas: ['matches', 'sales', 'reviews', 'rules'] });
  return succeed({ step: showStep(core.ledger.read, stepId) });
}

function putBackStep(
  db: WriteDb,
  actor: Actor,
  action: StepAction,
  touched: Touched,
  at: number,
): Result<undefined> {
  if (action === 'import' || action === 'undo-import')
    return fail('ledger/not-undoable', say('step.undo-on-statements'));
  if (action === 'add-sale' || action === 'edit-sale' || action === 'void-sale') {
    const sale = undoSaleStep(db, actor, action, touched, at);
    if (!sale.ok) return sale;
  }
  if (action === 'review') {
    const review = undoReviewDecision(db, actor, touched, at);
    if (!review.ok) return review;
  }
  if (touched.rules !== undefined) {
    const rules = undoRuleStep(db, actor, touched.rules);
    if (!rules.ok) return rules;
  }
  return putBackLinks(db, actor, touched, at);
}

function putBackLinks(db: WriteDb, actor: Actor, touched: Touched, at: number): Result<undefined> {
  for (const id of touched.links ?? []) endLink(db, id, actor.staffId, at);
  for (const id of touched.refusals ?? [])
    db.run('UPDATE refused_pairs SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, id);
  for (const id of touched.endedRefusals ?? [])
    db.run('UPDATE refused_pairs SET ended_at = NULL WHERE id = ?', id);
  for (const id of touched.parks ?? [])
    db.run('UPDATE parks SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, id);
  for (const id of touched.endedParks ?? []) {
    const isFree = !db.get(
      `SELECT 1 FROM parks p JOIN parks o ON (o.movement_id = p.movement_id OR o.sale_id = p.sale_id)
        WHERE p.id = ? AND o.ended_at IS NULL`,
      id,
    );
    if (isFree) db.run('UPDATE parks SET ended_at = NULL WHERE id = ?', id);
  }
  for (const id of touched.endedLinks ?? [])
    if (!reviveLink(db, id)) return fail('ledger/not-undoable', say('step.items-taken'));
  return succeed(undefined);
}
