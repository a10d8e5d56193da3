import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor } from '../db/ledger.ts';
import { areLive } from '../db/queries/live-items.ts';
import { daysOfItems } from '../db/queries/open-items.ts';
import { endParks, insertPark, placeQuestions } from '../db/queries/parks.ts';
import type { Core } from './core.ts';
import { doStep, gone, type Items, nameItems, recordNote } from './reconcile-acts.ts';

/** P: set aside with a note. The items stay open and keep their place in the books. */
export function parkItems(
  core: Core,
  actor: Actor,
  items: Items & { readonly note: string },
): Promise<Result<{ step: StepView }>> {
  const { note } = items;
  const [payments, sales] = [[...new Set(items.payments)], [...new Set(items.sales)]];
  return doStep(core, actor, 'park', 'parks', (db) => {
    if (payments.length + sales.length === 0)
      return fail('ledger/bad-input', say('reconcile.nothing-picked'));
    if (note === '') return fail('ledger/bad-input', say('reconcile.note-missing'));
    if (!areLive(db, payments, sales)) return gone();
    const replaced = endParks(db, payments, sales, core.now());
    const place = { note, staffId: actor.staffId, at: core.now() };
    const parks = [
      ...payments.map((id) => insertPark(db, { ...place, movementId: id, saleId: null })),
      ...sales.map((id) => insertPark(db, { ...place, movementId: null, saleId: id })),
    ];
    placeQuestions(db, payments, sales);
    const what = say('step.parked', nameItems(db, payments, sales));
    const touched = { parks, endedParks: replaced };
    const details = recordNote(db, { payments, sales }, note);
    return succeed({ what, touched, days: daysOfItems(db, payments, sales), details });
  });
}

/** Takes parked items up again. */
export function unparkItems(core: Core, actor: Actor, items: Items): Promise<Result<{ step: StepView }>> {
  const { payments, sales } = items;
  return doStep(core, actor, 'unpark', 'parks', (db) => {
    const endedParks = endParks(db, payments, sales, core.now());
    if (endedParks.length === 0) return fail('ledger/not-found', say('reconcile.not-parked'));
    placeQuestions(db, payments, sales);
    const what = say('step.unparked', nameItems(db, payments, sales));
    return succeed({ what, touched: { endedParks }, days: daysOfItems(db, payments, sales) });
  });
}
