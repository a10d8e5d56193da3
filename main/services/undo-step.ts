import { z } from 'zod';
import { type Message, say } from '#shared/domain/message.ts';
import { message } from '#shared/ipc/fields.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, ReadDb, WriteDb } from '../db/ledger.ts';
import { endClaim, reviveClaim } from '../db/queries/claims.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { readSaleFields } from '../db/queries/edit-sale.ts';
import { endLink, type Revived, reviveLink } from '../db/queries/links.ts';
import { revivePark } from '../db/queries/parks.ts';
import { selectReview } from '../db/queries/review-views.ts';
import { showStep } from '../db/queries/step-views.ts';
import { recordSaleChange } from './audit/record-change.ts';
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
  claims: ids,
  endedClaims: ids,
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
    const saleId = saleOf(db, touched);
    const before = saleId === null ? null : readSaleFields(db, saleId);
    const putBack = putBackStep(db, actor, row.action, touched, core.now());
    if (!putBack.ok) return putBack;
    db.run('UPDATE steps SET undone_at = ?, undone_by = ? WHERE id = ?', core.now(), actor.staffId, stepId);
    markDaysToMatch(db, touched.days ?? []);
    const change = saleId === null ? {} : recordSaleChange(db, saleId, before, readSaleFields(db, saleId));
    const details = { action: row.action, rules: Object.keys(touched.rules ?? {}), ...change };
    return succeed({ value: message.parse(JSON.parse(row.what)), details });
  });
  if (!undone.ok) return undone;
  await matchSoon(core, actor);
  core.tell('ledger:changed', { areas: ['matches', 'sales', 'reviews', 'rules', 'look-ups'] });
  return succeed({ step: showStep(core.ledger.read, stepId) });
}

/** The sale whose values a step changed, or a decision on a question about it. */
function saleOf(db: ReadDb, { sales, reviews }: Touched): number | null {
  const [review] = reviews ?? [];
  return sales?.[0] ?? (review === undefined ? null : (selectReview(db, review)?.saleId ?? null));
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
  return putBackLinks(db, actor, action, touched, at);
}

const REVIVALS: Readonly<Record<Exclude<Revived, 'back'>, Message>> = {
  gone: say('step.items-gone'),
  reversed: say('step.payment-reversed'),
  taken: say('step.items-taken'),
};

function putBackLinks(
  db: WriteDb,
  actor: Actor,
  action: StepAction,
  touched: Touched,
  at: number,
): Result<undefined> {
  if (!isAsLeft(db, touched)) return notUndoable(say('step.later-step'));
  for (const id of touched.links ?? []) endLink(db, id, actor.staffId, at);
  for (const id of touched.refusals ?? [])
    db.run('UPDATE refused_pairs SET ended_at = ? WHERE id = ?', at, id);
  for (const id of touched.endedRefusals ?? [])
    db.run('UPDATE refused_pairs SET ended_at = NULL WHERE id = ?', id);
  for (const id of touched.parks ?? []) db.run('UPDATE parks SET ended_at = ? WHERE id = ?', at, id);
  for (const id of touched.endedParks ?? []) {
    const revived = revivePark(db, id);
    // A decision or a void that is undone brings back the park of its item only if the item itself came back.
    const isMeant = action === 'park' || action === 'unpark';
    if (revived === 'taken') return notUndoable(say('step.later-step'));
    if (revived === 'gone' && isMeant) return notUndoable(say('step.items-gone'));
  }
  for (const id of touched.claims ?? []) endClaim(db, id, actor.staffId, at);
  for (const id of touched.endedClaims ?? [])
    if (reviveClaim(db, id) === 'taken') return notUndoable(say('step.later-step'));
  for (const id of touched.endedLinks ?? []) {
    const revived = reviveLink(db, id);
    if (revived !== 'back') return notUndoable(REVIVALS[revived]);
  }
  return succeed(undefined);
}

/** Whether everything the step made still stands, and everything it ended is still ended. */
function isAsLeft(db: WriteDb, touched: Touched): boolean {
  const isOpen = (table: 'links' | 'refused_pairs' | 'parks' | 'claims') => (id: number) =>
    db.get(`SELECT 1 FROM ${table} WHERE id = ? AND ended_at IS NULL`, id) !== undefined;
  return (
    (touched.links ?? []).every(isOpen('links')) &&
    (touched.refusals ?? []).every(isOpen('refused_pairs')) &&
    (touched.parks ?? []).every(isOpen('parks')) &&
    (touched.claims ?? []).every(isOpen('claims')) &&
    !(touched.endedLinks ?? []).some(isOpen('links')) &&
    !(touched.endedRefusals ?? []).some(isOpen('refused_pairs')) &&
    !(touched.endedParks ?? []).some(isOpen('parks')) &&
    !(touched.endedClaims ?? []).some(isOpen('claims'))
  );
}

function notUndoable(why: Message): Result<never> {
  return fail('ledger/not-undoable', why);
}
