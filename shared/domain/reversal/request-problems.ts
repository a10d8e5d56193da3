import { type Message, say } from '../message.ts';
import { type Cents, ZERO } from '../money.ts';
import { DAY, type UtcMs } from '../time.ts';
import type { ReversalMethod } from './state.ts';

/** What the books say about a payment that somebody wants sent back. */
export type PaymentFacts = {
  readonly kind: string;
  readonly direction: 'in' | 'out';
  readonly status: string;
  readonly amountCents: Cents;
  readonly at: UtcMs;
  readonly isUndone: boolean;
  /** A receipt of its own number, paid to a till of ours. */
  readonly isOurs: boolean;
  /** Linked to a reversal, sent back by a request of ours, or said to be reversed by a statement or by Safaricom. */
  readonly isReversed: boolean;
  readonly openReversal: string | null;
  readonly isSaleRefunded: boolean;
};

export type DayUse = { readonly count: number; readonly cents: number };

/** The owner's limits. Null = none. */
export type ReversalLimits = {
  readonly oldestDays: number | null;
  readonly dayCount: number | null;
  readonly dayCents: Cents | null;
  readonly personDayCount: number | null;
  readonly personDayCents: Cents | null;
  readonly mayBePart: boolean;
};

export type RequestFacts = {
  readonly payment: PaymentFacts | null;
  readonly method: ReversalMethod;
  readonly amountCents: Cents;
  readonly now: UtcMs;
  readonly limits: ReversalLimits;
  /** `asking`: somebody asks for it. `deciding`: it was asked for, and is held to everything again before it moves money. */
  readonly moment: 'asking' | 'deciding';
  /**
   * What of the day's limits is used, without this one: while asking, what was asked for today; while deciding, what was
   * approved or sent today.
   */
  readonly shopToday: DayUse;
  readonly personToday: DayUse;
  /** Only for `daraja`: whether the relay was reached in the last five minutes, and how the credential stands. */
  readonly isRelayFresh: boolean;
  readonly credential: 'working' | 'untried' | 'refused' | 'missing';
  /** The reversal operator's password has never been proved, and a call with it has no answer yet. */
  readonly isOperatorBeingTried: boolean;
  /** The customer paid to another number of the till than the one that the request names. */
  readonly isOtherNumber: boolean;
  /** Until when the recovery code that reset the owner's password keeps reversals off. */
  readonly offUntil: UtcMs | null;
};

/** Why a payment may not be sent back, each reason in a sentence, the plainest first; empty = it may be asked for. */
export function requestProblems(facts: RequestFacts): Message[] {
  const { payment } = facts;
  if (payment === null || payment.isUndone) return [say('reversal.no.not-in-books')];
  const about = paymentProblems(payment);
  // Of a payment that can never be sent back nothing else needs to be said.
  if (about.length > 0) return about;
  return [...amountProblems(facts, payment), ...limitProblems(facts, payment), ...wayProblems(facts)];
}

function paymentProblems(payment: PaymentFacts): Message[] {
  if (payment.kind === 'charge') return [say('reversal.no.charge')];
  if (payment.kind === 'sweep') return [say('reversal.no.sweep')];
  if (payment.kind !== 'customer-payment' || payment.direction !== 'in')
    return [say('reversal.no.not-a-payment')];
  if (!payment.isOurs) return [say('reversal.no.other-short-code')];
  if (payment.isReversed || payment.status === 'reversed') return [say('reversal.no.already')];
  if (payment.openReversal !== null) return [say('reversal.no.open', { name: payment.openReversal })];
  if (payment.status !== 'completed') return [say('reversal.no.not-completed')];
  if (payment.isSaleRefunded) return [say('reversal.no.refunded')];
  return [];
}

function amountProblems({ amountCents, limits }: RequestFacts, payment: PaymentFacts): Message[] {
  if (amountCents <= 0 || amountCents > payment.amountCents)
    return [say('reversal.no.amount', { most: { money: payment.amountCents } })];
  if (amountCents < payment.amountCents && !limits.mayBePart) return [say('reversal.no.part')];
  return [];
}

function limitProblems(facts: RequestFacts, payment: PaymentFacts): Message[] {
  const { limits, now, moment, amountCents, shopToday, personToday } = facts;
  const problems: Message[] = [];
  if (limits.oldestDays !== null && now - payment.at > limits.oldestDays * DAY)
    problems.push(say('reversal.no.too-old', { days: limits.oldestDays }));
  if (isOver(personToday.count + 1, limits.personDayCount))
    problems.push(say('reversal.no.person-count', { moment, most: limits.personDayCount ?? 0 }));
  if (isOver(personToday.cents + amountCents, limits.personDayCents))
    problems.push(
      say('reversal.no.person-cents', { moment, most: { money: limits.personDayCents ?? ZERO } }),
    );
  if (isOver(shopToday.count + 1, limits.dayCount))
    problems.push(say('reversal.no.shop-count', { moment, most: limits.dayCount ?? 0 }));
  if (isOver(shopToday.cents + amountCents, limits.dayCents))
    problems.push(say('reversal.no.shop-cents', { most: { money: limits.dayCents ?? ZERO } }));
  return problems;
}

function isOver(value: number, most: number | null): boolean {
  return most !== null && value > most;
}

function wayProblems(facts: RequestFacts): Message[] {
  const { method, moment, isRelayFresh, credential, isOperatorBeingTried, isOtherNumber } = facts;
  const { offUntil, now } = facts;
  const problems: Message[] = [];
  if (offUntil !== null && now < offUntil)
    problems.push(say('reversal.no.off-until', { until: { at: offUntil } }));
  if (method !== 'daraja') return problems;
  if (isOtherNumber) problems.push(say('reversal.no.other-number'));
  if (credential === 'missing') problems.push(say('reversal.no.no-operator'));
  else if (credential === 'refused') problems.push(say('reversal.no.operator-refused'));
  else if (credential === 'untried') problems.push(say('reversal.no.operator-untried'));
  // A wrong password is noticed only when its answer comes, and the third one locks the operator. By the time that
  // somebody decides on what is asked for now, the answer will be there.
  if (isOperatorBeingTried && moment === 'deciding') problems.push(say('reversal.no.operator-being-tried'));
  if (!isRelayFresh) problems.push(say('reversal.no.relay'));
  return problems;
}
