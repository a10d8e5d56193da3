import { judge } from '#shared/domain/look-up/verdict.ts';
import { say } from '#shared/domain/message.ts';
import { readSearch } from '#shared/domain/search.ts';
import { addDays, HOUR, type UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { selectOpenSales } from '../../db/queries/candidates.ts';
import { readPayments, readSales } from '../../db/queries/item-views.ts';
import { selectLookUp } from '../../db/queries/look-ups.ts';
import { selectPaymentsOfAmount } from '../../db/queries/search.ts';
import { type Core, dayFinder } from '../core.ts';
import { gatherFacts } from './gather-facts.ts';

const MOST_SALES = 12;

/** Open sales near the payment, for whoever holds it: those of its day and the day after, or what a search names. */
export function findSales(
  core: Core,
  { lookUpId, search }: Input<'claim:sales'>,
): Result<Output<'claim:sales'>> {
  const db = core.ledger.read;
  const lookUp = selectLookUp(db, lookUpId);
  if (!lookUp) return fail('ledger/not-found', say('look-up.unknown'));
  const { movementId, paidAt } = judge(gatherFacts(db, lookUp, { now: core.now(), isBrief: true }));
  const till = db.get<{ id: number }>('SELECT till_id AS id FROM movements WHERE id = ?', movementId);
  const at = core.now();
  const { terms, amountCents } = readSearch(search);
  const dayOf = dayFinder(core);
  const near = {
    at,
    tillId: till?.id ?? null,
    terms: JSON.stringify(terms),
    amountCents,
    limit: MOST_SALES,
  };
  const paid = dayOf(paidAt ?? at);
  const today = dayOf(at);
  // A wrong clock may put the payment after today.
  const [first, last] = paid < today ? [paid, today] : [today, paid];
  const found = selectOpenSales(db, near, { from: addDays(first, -1), to: addDays(last, 1) });
  return succeed({
    sales: readSales(
      db,
      found.map(({ id }) => id),
    ),
  });
}

const MOST_PAYMENTS = 8;
/** A clock at the counter and a memory of when are both rough. */
const AROUND = 3 * HOUR;

/** Customers' payments of an amount: for a code that is no receipt, the amount and the time find what came in. */
export function searchPayments(
  core: Core,
  { amountCents, at }: Input<'look-up:search'>,
): Result<Output<'look-up:search'>> {
  const db = core.ledger.read;
  const dayOf = dayFinder(core);
  // A day may begin at any hour: six hours touch two days at most.
  const days =
    at === null ? [] : [...new Set([dayOf((at - AROUND) as UtcMs), dayOf((at + AROUND) as UtcMs)])];
  const near = at === null ? null : { at, within: AROUND, days };
  return succeed({
    payments: readPayments(db, selectPaymentsOfAmount(db, amountCents, near, MOST_PAYMENTS)),
  });
}
