import type { Message } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { type PaymentFacts, requestProblems } from '#shared/domain/reversal/request-problems.ts';
import { OPEN_REVERSALS, type ReversalMethod, SENT_BACK } from '#shared/domain/reversal/state.ts';
import { businessDayOf, MINUTE, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { selectCredential } from '../../db/queries/credentials.ts';
import { numbersPaid, payingNumber } from '../../db/queries/paying-number.ts';
import {
  type AskedPayment,
  credentialsOf,
  hasReversalLine,
  hasReversalLink,
  isSaleRefunded,
  lastWordOn,
  relayReachedAt,
  salesOfPayment,
} from '../../db/queries/reversal-facts.ts';
import { askedSince, decidedSince } from '../../db/queries/reversal-use.ts';
import { reversalsOf } from '../../db/queries/reversals.ts';
import { readSetting } from '../../db/queries/settings.ts';
import { isBeingTried } from '../safaricom/may-ask.ts';
import { readLimits } from './limits.ts';

/** A relay that was reached so lately will bring the answer. */
const RELAY_FRESH_FOR = 5 * MINUTE;

export type Asking = {
  readonly payment: AskedPayment | null;
  readonly method: ReversalMethod;
  readonly amountCents: Cents;
  readonly requestedBy: number;
  /** The request itself, when it is held to everything again. */
  readonly exceptId: number | null;
  /** The number that it names, once it is asked for. */
  readonly shortCode: string | null;
  readonly saleId: number | null;
  readonly now: UtcMs;
};

/** Why this may not be sent back, by the books as they are at this moment; empty = it may. */
export function problemsOf(db: ReadDb, asking: Asking): Message[] {
  const { payment, method, amountCents, requestedBy, exceptId, now } = asking;
  const since = dayBegan(now);
  const used = exceptId === null ? askedSince : decidedSince;
  const shortCode = asking.shortCode ?? (payment === null ? null : payingNumber(db, payment));
  return requestProblems({
    payment: payment === null ? null : paymentFacts(db, payment, asking),
    method,
    amountCents,
    now,
    limits: readLimits(db),
    moment: exceptId === null ? 'asking' : 'deciding',
    shopToday: used(db, since, { requestedBy: null, exceptId }),
    personToday: used(db, since, { requestedBy, exceptId }),
    isRelayFresh: isRelayFresh(db, now),
    credential: credentialState(db, shortCode),
    isOperatorBeingTried: shortCode !== null && isOperatorBeingTried(db, shortCode),
    isOtherNumber: payment !== null && isOtherNumber(db, payment, asking.shortCode),
    offUntil: offUntil(db),
  });
}

/** The day in Nairobi, whenever the shop's own day begins: nobody gets two days' worth by setting it. */
export function dayBegan(now: UtcMs): UtcMs {
  return startOfDay(businessDayOf(now));
}

function paymentFacts(db: ReadDb, payment: AskedPayment, { exceptId, saleId }: Asking): PaymentFacts {
  const { receipt, tillId } = payment;
  const others = reversalsOf(db, receipt, tillId).filter(({ id }) => id !== exceptId);
  const open = others.find(({ state }) => OPEN_REVERSALS.includes(state));
  const sales = [...salesOfPayment(db, payment.id), ...(saleId === null ? [] : [saleId])];
  return {
    kind: payment.kind,
    direction: payment.direction,
    status: payment.status,
    amountCents: payment.amountCents,
    at: payment.at,
    isUndone: payment.isUndone,
    isOurs: payingNumber(db, payment) !== null,
    isReversed:
      hasReversalLink(db, payment.id) ||
      hasReversalLine(db, receipt, tillId) ||
      lastWordOn(db, receipt)?.fate === 'reversed' ||
      others.some(({ state }) => SENT_BACK.includes(state)),
    openReversal: open === undefined ? null : reversalName(open.id),
    isSaleRefunded: sales.some((id) => isSaleRefunded(db, id)),
  };
}

function isRelayFresh(db: ReadDb, now: UtcMs): boolean {
  const reached = relayReachedAt(db);
  return reached !== null && reached <= now + MINUTE && now - reached <= RELAY_FRESH_FOR;
}

/**
 * The way to Safaricom must have carried an answer since it was last changed: the app and the look-up operator. The
 * reversal operator has no harmless question to try; untried, it is a warning to whoever approves.
 */
function credentialState(
  db: ReadDb,
  shortCode: string | null,
): 'working' | 'untried' | 'refused' | 'missing' {
  const known = shortCode === null ? [] : credentialsOf(db, shortCode);
  const stateOf = (kind: (typeof known)[number]['kind']) => known.find((each) => each.kind === kind)?.state;
  if (stateOf('app') === undefined || stateOf('reversal-operator') === undefined) return 'missing';
  if (known.some(({ kind, state }) => state === 'refused' && kind !== 'look-up-operator')) return 'refused';
  return stateOf('app') === 'working' && stateOf('look-up-operator') === 'working' ? 'working' : 'untried';
}

/** The books have learnt since it was asked for which number the customer paid to, and it is not the one it names. */
function isOtherNumber(db: ReadDb, payment: AskedPayment, shortCode: string | null): boolean {
  const known = numbersPaid(db, payment);
  return shortCode !== null && known.length > 0 && !known.includes(shortCode);
}

/** The first call with an operator that is not proved yet is alone: the next waits for its answer. */
function isOperatorBeingTried(db: ReadDb, shortCode: string): boolean {
  const operator = selectCredential(db, shortCode, 'reversal-operator');
  return operator?.state === 'untried' && operator.name !== null && isBeingTried(db, operator.name);
}

/** Until when the recovery code that reset an owner's password keeps reversals off; null = it does not. */
export function offUntil(db: ReadDb): UtcMs | null {
  const until = Number(readSetting(db, 'reversals-off-until') ?? Number.NaN);
  return Number.isSafeInteger(until) ? (until as UtcMs) : null;
}
