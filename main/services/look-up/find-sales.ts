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

/** Open sales that the payment may be held for: those of its very amount, then the nearest; or what a search names. */
export function findSales(
  core: Core,
  { lookUpId, search }: Input<'claim:sales'>,
): Result<Output<'claim:sales'>> {
  const db = core.ledger.read;
  const lookUp = selectLookUp(db, lookUpId);
  if (!lookUp) return fail('ledger/not-found', say('look-up.unknown'));
  const { movementId, paidAt, amount } = judge(gatherFacts(db, lookUp, { now: core.now(), isBrief: true }));
  const till = db.get<{ id: number }>('SELECT till_id AS id FROM movements WHERE id = ?', movementId);
  const dayOf = dayFinder(core);
  const today = dayOf(core.now());
  const paid = dayOf(paidAt ?? core.now());
  // A payment of today was just rung up, or is about to be; an older one belongs to its own time.
  const at = paid === today || paidAt === null ? core.now() : paidAt;
  // A wrong clock may put the payment after today.
  const [first, last] = paid < today ? [paid, today] : [today, paid];
  const days = { from: addDays(first, -1), to: addDays(last, 1) };
  const near = { at, tillId: till?.id ?? null, limit: MOST_SALES };
  const asked = readSearch(search);
  const found = selectOpenSales(
    db,
    { ...near, terms: JSON.stringify(asked.terms), amountCents: asked.amountCents },
    days,
  );
  const equal =
    asked.terms.length > 0 || amount === null
      ? []
      : selectOpenSales(db, { ...near, terms: NO_WORD, amountCents: amount }, days);
  const ids = [...new Set([...equal, ...found].map(({ id }) => id))].slice(0, MOST_SALES);
  return succeed({ sales: readSales(db, ids) });
}

/** A word that no sale has: only the amount is looked for. */
const NO_WORD = JSON.stringify(['\u0000']);

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
