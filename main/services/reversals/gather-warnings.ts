import type { Message } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { type SaleFacts, warningsOf } from '#shared/domain/reversal/warnings.ts';
import { DAY, HOUR, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readSaleFields } from '../../db/queries/edit-sale.ts';
import {
  type AskedPayment,
  confirmedAt,
  credentialsOf,
  isSalePaidAgain,
  lastBalance,
  livePaymentOf,
  readAskedPayment,
  salesOfPayment,
  sweptSince,
} from '../../db/queries/reversal-facts.ts';
import {
  askedSince,
  decidedSince,
  reversalsForPayer,
  selectApproverFacts,
} from '../../db/queries/reversal-use.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';
import { selectPerson } from '../../db/queries/staff.ts';
import { dayBegan } from './gather-facts.ts';
import { readLimits } from './limits.ts';

/** Everything out of the ordinary about a request that waits, by the books as they are now. */
export function gatherWarnings(db: ReadDb, reversal: ReversalRow, now: UtcMs): Message[] {
  const payment = readAskedPayment(
    db,
    livePaymentOf(db, reversal.receipt, reversal.tillId) ?? reversal.movementId,
  );
  if (payment === null) return [];
  const { requestedBy, shortCode, method } = reversal;
  const limits = readLimits(db);
  const since = dayBegan(now);
  const approvers = selectApproverFacts(db);
  const person = selectPerson(db, requestedBy);
  const sale = saleFacts(db, reversal.saleId, payment);
  const isDaraja = method === 'daraja';
  const name = person?.name ?? '';
  const everybody = { requestedBy: null, exceptId: null };
  // What would count of the day's limits with this one: they are held to what is approved and sent in a day.
  const usedWith = (of: number | null) => {
    const { count, cents } = decidedSince(db, since, { requestedBy: of, exceptId: reversal.id });
    return { count: count + 1, cents: cents + reversal.amountCents };
  };
  const account = { id: payment.accountId, name: payment.account, shortCode };
  return warningsOf({
    now,
    amountCents: reversal.amountCents,
    paidCents: payment.amountCents,
    paidAt: payment.at,
    isDaraja,
    confirmedAt: confirmedAt(db, payment.id, payment.receipt),
    sweptAt: sweptSince(db, payment.tillId, payment.day, payment.at),
    balanceCents: lastBalance(db, account)?.cents ?? null,
    requester: {
      name,
      cap: limits.personDayCents,
      usedCents: usedWith(requestedBy).cents as Cents,
    },
    dayCap: limits.dayCents,
    shopToday: usedWith(null),
    askedToday: askedSince(db, since, everybody).count,
    lastHour: askedSince(db, (now - HOUR) as UtcMs, everybody).count,
    sameCustomer: reversalsForPayer(db, payment.id, (now - 7 * DAY) as UtcMs, reversal.id).map((other) => ({
      name: reversalName(other.id),
      at: other.at,
      amountCents: other.amountCents,
      isSameRequester: other.requestedBy === requestedBy,
    })),
    sale,
    isOperatorUntried: credentialsOf(db, shortCode).some(
      ({ kind, state }) => kind === 'reversal-operator' && state === 'untried',
    ),
    // Who will sign is not known yet: said where nobody else can.
    isOwn: approvers.every(({ id }) => id === requestedBy),
    texts: [payment.name, payment.accountReference, sale?.reference, reversal.note, name].filter(
      (text) => text !== null && text !== undefined,
    ),
  });
}

function saleFacts(db: ReadDb, saleId: number | null, payment: AskedPayment): SaleFacts | null {
  const sale = saleId === null ? null : readSaleFields(db, saleId);
  if (sale === null || saleId === null) return null;
  const { reference, typedAt, isAfterPayment, amountCents } = sale;
  const match = matchOf(db, saleId, payment);
  return { reference, typedAt, isAfterPayment: isAfterPayment === 1, amountCents, match };
}

function matchOf(db: ReadDb, saleId: number, payment: AskedPayment): SaleFacts['match'] {
  const own = salesOfPayment(db, payment.id);
  if (own.includes(saleId)) return own.length === 1 ? 'own' : 'one-of-several';
  if (own.length > 0) return 'other';
  return isSalePaidAgain(db, saleId, payment) ? 'taken' : 'free';
}
