import { say } from '#shared/domain/message.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import {
  attachLine,
  attachSaleLine,
  readMovementState,
  readSaleState,
  sameMovement,
} from '../db/queries/decide-review.ts';
import { readSaleFields, type SaleFields, updateSale } from '../db/queries/edit-sale.ts';
import { insertMovement } from '../db/queries/insert-movements.ts';
import { endParks } from '../db/queries/parks.ts';
import { recordSale } from '../db/queries/record-sale.ts';
import { incomingLine, incomingSale, type StoredReview } from '../db/queries/review-views.ts';
import { noteSighting } from '../db/queries/sightings.ts';
import { isMatchedByPerson, releaseItem, undoItem } from '../db/queries/undo-import.ts';
import type { Touched } from './record-step.ts';

type DayOf = (at: UtcMs) => BusinessDay;
type Applied = Result<{ touched: Touched; days: Set<string> }>;

/** Takes the version of the newer file. What goes carries the time of the decision, so that undo knows it again. */
export function applyReview(
  db: WriteDb,
  actor: Actor,
  review: StoredReview,
  name: string,
  at: UtcMs,
  dayOf: DayOf,
): Applied {
  if (review.kind === 'changed-line') return applyLine(db, actor, review, name, at);
  if (review.kind === 'changed-sale') return applySale(db, actor, review, name, at, dayOf);
  return takeOut(db, actor, review, name, at);
}

/** The old movement leaves the live books and the line of the newer file, or what was reported, stands in its place. */
function applyLine(db: WriteDb, actor: Actor, review: StoredReview, name: string, at: UtcMs): Applied {
  const out = takeOut(db, actor, review, name, at);
  if (!out.ok) return out;
  const { line, place, sighting } = incomingLine(review);
  const same = sameMovement(db, line, place.tillId);
  const movementId = same ?? insertMovement(db, line, place);
  if (sighting === undefined) attachLine(db, review.importId, line.row, movementId);
  else noteSighting(db, movementId, sighting);
  const { touched, days } = out.value;
  return succeed({
    touched: same === null ? { ...touched, movements: [movementId] } : touched,
    days: days.add(place.businessDay),
  });
}

/** The sale takes the values of the newer file, in place; who typed or corrected it before stays said. */
function applySale(
  db: WriteDb,
  actor: Actor,
  review: StoredReview,
  name: string,
  at: UtcMs,
  dayOf: DayOf,
): Applied {
  const saleId = review.saleId ?? 0;
  const { sale, place: stored } = incomingSale(review);
  // The owner may have moved the start of the day since the file came.
  const businessDay = sale.soldAt === null ? sale.day : dayOf(sale.soldAt);
  const place = { ...stored, businessDay };
  const before = readSaleFields(db, saleId);
  if (before === null) {
    const recorded = recordSale(db, sale, place);
    if (recorded.became === 'changed')
      return fail('ledger/changed-meanwhile', say('review.changed-meanwhile', { name }));
    const sales = recorded.became === 'new' ? [recorded.saleId] : [];
    return succeed({ touched: { sales }, days: new Set([businessDay]) });
  }
  const item = { type: 'sale', id: saleId } as const;
  if (isMatchedByPerson(db, item)) return matched(name);
  const days = releaseItem(db, item, actor.staffId, at);
  const after: SaleFields = {
    ...before,
    soldAt: sale.soldAt,
    soldPrecision: sale.precision,
    day: businessDay,
    amountCents: sale.amountCents,
    kind: sale.kind,
    status: sale.status,
    receipt: sale.receipt,
    accountReference: sale.accountReference,
    phone: sale.phone?.slice(0, 20) ?? null,
    customer: sale.customer,
    cashier: sale.cashier,
    description: sale.description,
  };
  updateSale(db, saleId, after);
  attachSaleLine(db, review.importId, sale.row, saleId);
  return succeed({ touched: { saleBefore: before }, days: days.add(before.day).add(after.day) });
}

/** What the newer file no longer says leaves the live books; nothing to do when it has left them already. */
function takeOut(db: WriteDb, actor: Actor, review: StoredReview, name: string, at: UtcMs): Applied {
  const isSale = review.saleId !== null;
  const id = review.saleId ?? review.movementId ?? 0;
  const { day, isLive } = isSale ? readSaleState(db, id) : readMovementState(db, id);
  if (!isLive) return succeed({ touched: {}, days: new Set([day]) });
  const item = { type: isSale ? 'sale' : 'payment', id } as const;
  if (isMatchedByPerson(db, item)) return matched(name);
  const endedParks = isSale ? endParks(db, [], [id], at) : endParks(db, [id], [], at);
  const days = undoItem(db, item, actor.staffId, at);
  return succeed({ touched: { endedParks }, days: days.add(day) });
}

function matched(name: string): Result<never> {
  return fail('ledger/already-matched', say('review.matched-by-person', { name }));
}
