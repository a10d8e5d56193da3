import { initialsOf } from '#shared/domain/look-up/customer.ts';
import { judge, type Verdict } from '#shared/domain/look-up/verdict.ts';
import { say } from '#shared/domain/message.ts';
import { findFullPhone, maskPhone } from '#shared/domain/party.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { PaymentView } from '#shared/ipc/views.ts';
import type { Actor, ReadDb } from '../../db/ledger.ts';
import { selectClaim } from '../../db/queries/claims.ts';
import { readPayment, readSale } from '../../db/queries/item-views.ts';
import { countWaiting, type LookUpRow, selectLookUp, selectLookUps } from '../../db/queries/look-ups.ts';
import type { Core } from '../core.ts';
import { readIdCursor, takePage } from '../pages.ts';
import { gatherFacts } from './gather-facts.ts';

/** One look-up with its verdict as the facts are now. */
export function showLookUp(core: Core, { lookUpId }: Input<'look-up:show'>): Result<LookUpView> {
  const lookUp = selectLookUp(core.ledger.read, lookUpId);
  return lookUp
    ? succeed(viewOf(core.ledger.read, lookUp, core.now()))
    : fail('ledger/not-found', say('look-up.unknown'));
}

/** Recent look-ups, newest first: one's own, or everybody's. */
export function listLookUps(
  core: Core,
  actor: Actor,
  request: Input<'look-up:list'>,
): Result<Output<'look-up:list'>> {
  const before = readIdCursor(request.after);
  if (!before.ok) return before;
  const db = core.ledger.read;
  const staffId = request.whose === 'mine' ? actor.staffId : null;
  const { page, next } = takePage(selectLookUps(db, staffId, before.value, request.limit + 1), request.limit);
  const now = core.now();
  const lookUps = page.map((lookUp) => {
    const facts = gatherFacts(db, lookUp, { now, isBrief: true });
    const { kind, tone, amount } = judge(facts);
    const { id, at, by, receipt } = lookUp;
    return {
      id,
      at,
      by,
      receipt,
      kind,
      tone,
      amountCents: amount,
      isWaiting: facts.asking.state === 'waiting',
    };
  });
  return succeed({ lookUps, next, waiting: countWaiting(db) });
}

/** The verdict alone, for the services that decide by it. */
export function judgeNow(db: ReadDb, lookUp: LookUpRow, now: UtcMs): Verdict {
  return judge(gatherFacts(db, lookUp, { now }));
}

/** How soon Safaricom may be asked the same again: a second question helps nobody while the first is under way. */
const ASK_AGAIN_AFTER = 20_000;

export function viewOf(db: ReadDb, lookUp: LookUpRow, now: UtcMs): LookUpView {
  const facts = gatherFacts(db, lookUp, { now });
  const verdict = judge(facts);
  const { id, at, by, receipt, cameAs } = lookUp;
  const { kind, tone, title, text, amount, paidAt, asOf, payer, movementId, saleId, claimId, canHold } =
    verdict;
  const payment = movementId === null ? null : readPayment(db, movementId);
  const sale = saleId === null ? null : readSale(db, saleId);
  const claim = claimId === null ? null : selectClaim(db, claimId);
  return {
    id,
    at,
    by,
    receipt,
    cameAs,
    kind,
    tone,
    title,
    text,
    amountCents: amount,
    paidAt,
    asOf,
    customer: {
      name: initialsOf(payer?.name ?? null),
      phone: maskPhone(payer?.phone ?? null),
      hasFullPhone: findFullPhone(payer?.phone ?? null, []) !== null,
    },
    payment: payment && paymentOf(payment),
    sale: sale && { id: sale.id, name: sale.reference, day: sale.day },
    claim: claim && { id: claim.id, at: claim.at, by: claim.by, note: claim.note },
    canHold,
    evidence: [...verdict.evidence],
    asking: {
      state: facts.asking.state,
      at: facts.asking.at,
      canAsk: mayAsk(lookUp, now),
    },
  };
}

function paymentOf(payment: PaymentView): LookUpView['payment'] {
  const { id, receipt, amountCents, day, till, kind, direction, reversal } = payment;
  return { id, receipt, amountCents, day, till, kind, direction, reversal };
}

/** Never while a question about it was put just now. */
export function mayAsk({ state, askedAt, at }: LookUpRow, now: UtcMs): boolean {
  return state !== 'waiting' || now - (askedAt ?? at) >= ASK_AGAIN_AFTER;
}
