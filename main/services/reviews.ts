import { type Message, say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, ReadDb, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import {
  decideOpenReview,
  detachRow,
  isTakenOut,
  readMovementState,
  readSaleState,
  reopenReview,
  reviveMovement,
  reviveSale,
} from '../db/queries/decide-review.ts';
import { hasLaterDecision, readSaleFields, saleFields, updateSale } from '../db/queries/edit-sale.ts';
import { importsInState } from '../db/queries/imports.ts';
import { incomingLine, type StoredReview, selectReview, selectReviews } from '../db/queries/review-views.ts';
import { forgetSighting } from '../db/queries/sightings.ts';
import { type Item, isMatchedByPerson, releaseItem, undoItem } from '../db/queries/undo-import.ts';
import { applyReview } from './apply-review.ts';
import { recordSaleChange } from './audit/record-change.ts';
import { type Core, dayFinder } from './core.ts';
import { describeReview, isAboutSale, nameReview, sourceOf } from './describe-review.ts';
import { readIdCursor, takePage } from './pages.ts';
import { doStep } from './reconcile-acts.ts';
import type { Touched } from './record-step.ts';

const REVIEWS_A_PAGE = 50;

/** Lines and sales that a later file changed or lacks, newest question first. */
export function listReviews(core: Core, request: Input<'review:list'>): Result<Output<'review:list'>> {
  const before = readIdCursor(request.after);
  if (!before.ok) return before;
  const db = core.ledger.read;
  const found = selectReviews(db, request.state, before.value, REVIEWS_A_PAGE + 1);
  const { page, next } = takePage(found, REVIEWS_A_PAGE);
  return succeed({ reviews: page.map((review) => describeReview(db, review)), next });
}

/**
 * `keep` leaves the ledger as it is. `apply` takes the version of the newer file: what it changed is changed, what
 * it lacks leaves the live books. Refused when a person has matched the item, when there is nothing left to keep, and
 * while a file is brought in or undone: its rows are not yet, or no longer, to be built on.
 */
export async function decideReview(
  core: Core,
  actor: Actor,
  request: Input<'review:decide'>,
): Promise<Result<{ step: StepView }>> {
  const { reviewId, decision } = request;
  const done = await doStep(core, actor, 'review', `review:${reviewId}`, (db) => {
    const review = selectReview(db, reviewId);
    if (!review) return fail('ledger/not-found', say('review.not-found'));
    if (review.state !== 'open') return fail('ledger/changed-meanwhile', say('review.decided-before'));
    if (isImportUnderWay(db)) return importRuns();
    const at = core.now();
    const name = nameReview(db, review);
    if (decision === 'keep') {
      if (!canBeKept(db, review))
        return fail('ledger/changed-meanwhile', say('review.nothing-to-keep', { name }));
      decideOpenReview(db, reviewId, 'kept', actor.staffId, at);
      const kept = change(sayDecided('kept', review, name), { reviews: [reviewId] }, []);
      return succeed({ ...kept, details: { decision } });
    }
    const { saleId } = review;
    const before = saleId === null ? null : readSaleFields(db, saleId);
    const applied = applyReview(db, actor, review, name, at, dayFinder(core));
    if (!applied.ok) return applied;
    decideOpenReview(db, reviewId, 'applied', actor.staffId, at);
    const touched = { ...applied.value.touched, reviews: [reviewId] };
    const changed = saleId === null ? {} : recordSaleChange(db, saleId, before, readSaleFields(db, saleId));
    const taken = change(sayDecided('applied', review, name), touched, applied.value.days);
    return succeed({ ...taken, details: { decision, ...changed } });
  });
  if (done.ok) core.tell('ledger:changed', { areas: ['reviews', 'sales'] });
  return done;
}

function sayDecided(decision: 'kept' | 'applied', review: StoredReview, name: string): Message {
  const source = sourceOf(review);
  return source === 'file'
    ? say(`step.review-${decision}`, { name, file: review.fileName })
    : say(`step.review-${decision}-news`, { name, source });
}

function isImportUnderWay(db: ReadDb): boolean {
  return importsInState(db, 'running').length + importsInState(db, 'undoing').length > 0;
}

function importRuns(): Result<never> {
  return fail('import/already-running', say('review.import-runs'));
}

/** What an undone file brought cannot be kept; what a person took out can be kept out. */
function canBeKept(db: ReadDb, review: StoredReview): boolean {
  const known = isAboutSale(review)
    ? readSaleState(db, review.saleId ?? 0)
    : readMovementState(db, review.movementId ?? 0);
  return known.isLive || isTakenOut(db, review);
}

function change(what: Message, touched: Touched, days: Iterable<string>) {
  return { what, touched, days };
}

/** Takes a decision back: the ledger is as it was before it, and the question is open again. */
export function undoReviewDecision(
  db: WriteDb,
  actor: Actor,
  touched: Touched,
  at: UtcMs | number,
): Result<undefined> {
  if (isImportUnderWay(db)) return importRuns();
  const review = selectReview(db, touched.reviews?.[0] ?? 0);
  if (!review || review.decidedAt === null) return fail('ledger/not-found', say('review.not-found'));
  if (review.state === 'applied') {
    const undone = putBack(db, actor, review, review.decidedAt, touched, at);
    if (!undone.ok) return undone;
  }
  // A file that has been undone meanwhile asks nothing any more.
  if (review.importState === 'done') reopenReview(db, review.id);
  else decideOpenReview(db, review.id, 'kept', actor.staffId, at);
  return succeed(undefined);
}

function putBack(
  db: WriteDb,
  actor: Actor,
  review: StoredReview,
  decidedAt: UtcMs,
  touched: Touched,
  at: UtcMs | number,
): Result<undefined> {
  const name = nameReview(db, review);
  const made: Item[] = [
    ...(touched.movements ?? []).map((id) => ({ type: 'payment', id }) as const),
    ...(touched.sales ?? []).map((id) => ({ type: 'sale', id }) as const),
  ];
  if (made.some((item) => isMatchedByPerson(db, item)))
    return fail('ledger/already-matched', say('review.matched-by-person', { name }));
  for (const item of made) markDaysToMatch(db, undoItem(db, item, actor.staffId, at));
  detachNews(db, review);
  if (touched.saleBefore) return putSaleBack(db, actor, review, decidedAt, touched.saleBefore, at);
  return revive(db, review, decidedAt, name);
}

/** What a decision made count is evidence of nothing again. */
function detachNews(db: WriteDb, review: StoredReview): void {
  if (review.row !== null) detachRow(db, review.importId, review.row);
  if (review.kind !== 'changed-line') return;
  const { line, sighting } = incomingLine(review);
  if (sighting !== undefined) forgetSighting(db, line.receipt, sighting);
}

/** The sale was changed in place: its values before come back, unless somebody has changed it since. */
function putSaleBack(
  db: WriteDb,
  actor: Actor,
  review: StoredReview,
  decidedAt: UtcMs,
  saleBefore: NonNullable<Touched['saleBefore']>,
  at: UtcMs | number,
): Result<undefined> {
  const saleId = review.saleId ?? 0;
  const name = nameReview(db, review);
  const now = readSaleFields(db, saleId);
  const before = saleFields.parse(saleBefore);
  const isAsLeft =
    now !== null && now.typedAt === before.typedAt && (now.status === 'void') === (before.status === 'void');
  if (!isAsLeft || hasLaterDecision(db, saleId, decidedAt, review.id))
    return fail('ledger/changed-meanwhile', say('sale.changed-since'));
  const sale = { type: 'sale', id: saleId } as const;
  if (isMatchedByPerson(db, sale))
    return fail('ledger/already-matched', say('review.matched-by-person', { name }));
  markDaysToMatch(db, releaseItem(db, sale, actor.staffId, at));
  updateSale(db, saleId, before);
  return succeed(undefined);
}

function revive(db: WriteDb, review: StoredReview, decidedAt: UtcMs, name: string): Result<undefined> {
  const id = review.saleId ?? review.movementId ?? 0;
  const isSale = isAboutSale(review);
  const came = isSale ? reviveSale(db, id, decidedAt) : reviveMovement(db, id, decidedAt);
  if (came === 'taken') return fail('ledger/not-undoable', say('review.cannot-put-back', { name }));
  markDaysToMatch(db, [(isSale ? readSaleState(db, id) : readMovementState(db, id)).day]);
  return succeed(undefined);
}
