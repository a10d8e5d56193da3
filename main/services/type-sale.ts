import { randomBytes } from 'node:crypto';
import { say } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { utcMs } from '#shared/ipc/fields.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import {
  hasLaterDecision,
  hasPaymentFor,
  insertTypedSale,
  readSaleFields,
  type SaleFields,
  saleFields,
  updateSale,
} from '../db/queries/edit-sale.ts';
import { endParks } from '../db/queries/parks.ts';
import { isMatchedByPerson, releaseItem, undoItem } from '../db/queries/undo-import.ts';
import { recordSaleChange } from './audit/record-change.ts';
import type { Core } from './core.ts';
import { doStep } from './reconcile-acts.ts';
import type { Touched } from './record-step.ts';
import { type CheckedFields, checkSale } from './sale-input.ts';

type Done = Promise<Result<{ step: StepView }>>;

/** What undoing an edit or a void needs: the sale as it was, and when the step changed it. */
const saleBefore = saleFields.extend({ changedAt: utcMs });

/** A person types a sale. It says so for ever, and whether its payment was in the ledger before it. */
export async function addSale(core: Core, actor: Actor, typed: Input<'sale:add'>): Done {
  const done = await doStep(core, actor, 'add-sale', 'sales', (db) => {
    const checked = checkSale(core, db, typed, null);
    if (!checked.ok) return checked;
    const sale: SaleFields = {
      ...checked.value,
      status: 'closed',
      accountReference: null,
      description: null,
      ...signature(db, actor, core.now(), checked.value),
    };
    const identity = JSON.stringify(['typed', randomBytes(16).toString('hex')]);
    const saleId = insertTypedSale(db, identity, sale);
    return succeed({
      what: say('step.added-sale', nameSale(sale)),
      touched: { sales: [saleId] },
      days: [sale.day],
      details: recordSaleChange(db, saleId, null, sale),
    });
  });
  return tellSales(core, done);
}

/** A person corrects a sale. What a file said of it stays its evidence; the values before are kept in the step. */
export async function editSale(core: Core, actor: Actor, typed: Input<'sale:edit'>): Done {
  const { saleId } = typed;
  const done = await doStep(core, actor, 'edit-sale', `sale:${saleId}`, (db) => {
    const before = readSaleFields(db, saleId);
    if (before === null || before.status === 'void') return notThere();
    const checked = checkSale(core, db, typed, before);
    if (!checked.ok) return checked;
    if (isMatchedByPerson(db, { type: 'sale', id: saleId }) && changesMatch(before, checked.value))
      return matched();
    const at = core.now();
    const { isAfterPayment, ...by } = signature(db, actor, at, checked.value);
    const after: SaleFields = {
      ...before,
      ...checked.value,
      ...by,
      note: checked.value.note ?? before.note,
      isAfterPayment: before.isAfterPayment === 1 ? 1 : isAfterPayment,
    };
    const days = releaseItem(db, { type: 'sale', id: saleId }, actor.staffId, at);
    updateSale(db, saleId, after);
    return succeed({
      details: recordSaleChange(db, saleId, before, after),
      what: say('step.edited-sale', nameSale(after)),
      touched: { sales: [saleId], saleBefore: { ...before, changedAt: at } },
      days: days.add(before.day).add(after.day),
    });
  });
  return tellSales(core, done);
}

/**
 * A sale that should not be there: it no longer counts, and stays visible with the reason, who said so and when. The
 * file it came from brings no news of it any more.
 */
export async function voidSale(core: Core, actor: Actor, request: Input<'sale:void'>): Done {
  const { saleId, note } = request;
  const done = await doStep(core, actor, 'void-sale', `sale:${saleId}`, (db) => {
    const before = readSaleFields(db, saleId);
    if (before === null || before.status === 'void') return notThere();
    if (isMatchedByPerson(db, { type: 'sale', id: saleId })) return matched();
    const at = core.now();
    const endedParks = endParks(db, [], [saleId], at);
    const days = releaseItem(db, { type: 'sale', id: saleId }, actor.staffId, at);
    const after: SaleFields = { ...before, status: 'void', note, typedBy: actor.staffId, typedAt: at };
    updateSale(db, saleId, after);
    return succeed({
      details: recordSaleChange(db, saleId, before, after),
      what: say('step.voided-sale', nameSale(before)),
      touched: { sales: [saleId], endedParks, saleBefore: { ...before, changedAt: at } },
      days: days.add(before.day),
    });
  });
  return tellSales(core, done);
}

/**
 * Puts a sale back to what it was before a step: a typed one leaves the live books, an edited or voided one gets its
 * values back. Refused when a person has matched or changed it since.
 */
export function undoSaleStep(
  db: WriteDb,
  actor: Actor,
  action: 'add-sale' | 'edit-sale' | 'void-sale',
  touched: Touched,
  at: UtcMs | number,
): Result<undefined> {
  const [saleId] = touched.sales ?? [];
  const now = saleId === undefined ? null : readSaleFields(db, saleId);
  if (saleId === undefined || now === null) return notThere();
  const sale = { type: 'sale', id: saleId } as const;
  if (isMatchedByPerson(db, sale)) return matched();
  if (action === 'add-sale') {
    markDaysToMatch(db, undoItem(db, sale, actor.staffId, at));
    return succeed(undefined);
  }
  const { changedAt, ...before } = saleBefore.parse(touched.saleBefore);
  const isAsLeft =
    action === 'void-sale' ? now.status === 'void' : now.typedAt === changedAt && now.status !== 'void';
  if (!isAsLeft || hasLaterDecision(db, saleId, changedAt, 0)) return changedSince();
  markDaysToMatch(db, releaseItem(db, sale, actor.staffId, at));
  updateSale(db, saleId, before);
  return succeed(undefined);
}

/** Who typed it, when, and whether a payment it could be written for was already known. */
function signature(db: WriteDb, actor: Actor, at: UtcMs, sale: CheckedFields) {
  const isAfterPayment = sale.tender === 'mpesa' && hasPaymentFor(db, sale) ? (1 as const) : (0 as const);
  return { typedBy: actor.staffId, typedAt: at, isAfterPayment };
}

/** Whether an edit touches what a match stands on. */
function changesMatch(before: SaleFields, after: CheckedFields): boolean {
  return (
    before.amountCents !== after.amountCents ||
    before.kind !== after.kind ||
    before.tender !== after.tender ||
    before.tillId !== after.tillId ||
    before.day !== after.day
  );
}

function nameSale(sale: { reference: string | null; amountCents: Cents }) {
  return { reference: sale.reference ?? '–', amount: { money: sale.amountCents } };
}

function tellSales<T>(core: Core, done: Result<T>): Result<T> {
  if (done.ok) core.tell('ledger:changed', { areas: ['sales'] });
  return done;
}

function notThere() {
  return fail('ledger/not-found', say('sale.not-found'));
}

function matched() {
  return fail('ledger/already-matched', say('sale.matched-by-person'));
}

function changedSince() {
  return fail('ledger/changed-meanwhile', say('sale.changed-since'));
}
