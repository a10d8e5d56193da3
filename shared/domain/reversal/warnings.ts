import { type Message, say } from '../message.ts';
import type { Cents } from '../money.ts';
import { DAY, HOUR, MINUTE, type UtcMs } from '../time.ts';
import { isOdd, spellOut } from './odd-text.ts';
import type { DayUse } from './request-problems.ts';

/** So many within an hour, or in a day, are out of the ordinary for a small shop. */
const MANY_AN_HOUR = 3;
const MANY_A_DAY = 5;
/** From this part of a cap on it is said that it is near. */
const NEAR = 0.8;
/** So long a word of Safaricom about the payment counts as fresh. */
export const FRESH_FOR = 15 * MINUTE;

export type SaleFacts = {
  readonly reference: string | null;
  /** Typed or edited by a person, and when. */
  readonly typedAt: UtcMs | null;
  readonly isAfterPayment: boolean;
  readonly amountCents: Cents;
  /**
   * `own`: the payment is matched with it; `one-of-several`: and with others beside it. `other`: the payment is matched with another sale.
   * `taken`: this sale is matched with another payment. `free`: neither is matched with anything.
   */
  readonly match: 'own' | 'one-of-several' | 'other' | 'taken' | 'free';
};

/** What the books say around a request, for whoever decides. */
export type WarningFacts = {
  readonly now: UtcMs;
  readonly amountCents: Cents;
  readonly paidCents: Cents;
  readonly paidAt: UtcMs;
  readonly isDaraja: boolean;
  /** When Safaricom last confirmed the payment to us, by Pull or a status answer; null = never. */
  readonly confirmedAt: UtcMs | null;
  /** The last sweep of the account since the payment. */
  readonly sweptAt: UtcMs | null;
  readonly balanceCents: Cents | null;
  /** Who asked, and what of theirs is approved or sent today if this is. */
  readonly requester: { readonly name: string; readonly cap: Cents | null; readonly usedCents: Cents };
  readonly dayCap: Cents | null;
  /** What is approved or sent today if this is. */
  readonly shopToday: DayUse;
  /** Asked for today and in the last hour, this one among them, and not turned down. */
  readonly askedToday: number;
  readonly lastHour: number;
  /** Others for the same customer in the last week, newest first. */
  readonly sameCustomer: readonly {
    readonly name: string;
    readonly at: UtcMs;
    readonly amountCents: Cents;
    readonly isSameRequester: boolean;
  }[];
  readonly sale: SaleFacts | null;
  /** The reversal operator has never brought an answer. */
  readonly isOperatorUntried: boolean;
  /** Whoever approves is the one who asked. */
  readonly isOwn: boolean;
  /** What others wrote and the approver reads: names, references, the reason. */
  readonly texts: readonly string[];
};

/** Everything out of the ordinary, each in a sentence, the weightiest first. Pure: the same facts, the same words. */
export function warningsOf(facts: WarningFacts): Message[] {
  return [
    ...personWarnings(facts),
    ...customerWarnings(facts),
    ...moneyWarnings(facts),
    ...evidenceWarnings(facts),
    ...textWarnings(facts),
  ];
}

function personWarnings({ isOwn, requester }: WarningFacts): Message[] {
  const { name, cap, usedCents } = requester;
  const warnings: Message[] = [];
  if (isOwn) warnings.push(say('reversal.warn.own', { name }));
  if (cap !== null && usedCents >= cap * NEAR)
    warnings.push(
      say('reversal.warn.near-person-cap', { name, used: { money: usedCents }, cap: { money: cap } }),
    );
  return warnings;
}

function customerWarnings({ sameCustomer }: WarningFacts): Message[] {
  const [last] = sameCustomer;
  if (last === undefined) return [];
  const values = {
    count: sameCustomer.length,
    name: last.name,
    amount: { money: last.amountCents },
    at: { at: last.at },
  };
  return sameCustomer.some(({ isSameRequester }) => isSameRequester)
    ? [say('reversal.warn.same-pair', values)]
    : [say('reversal.warn.same-customer', values)];
}

function moneyWarnings(facts: WarningFacts): Message[] {
  const { lastHour, askedToday, shopToday, dayCap, amountCents, paidCents, isDaraja, sweptAt, balanceCents } =
    facts;
  const warnings: Message[] = [];
  if (lastHour >= MANY_AN_HOUR) warnings.push(say('reversal.warn.many-this-hour', { count: lastHour }));
  else if (askedToday >= MANY_A_DAY) warnings.push(say('reversal.warn.many-today', { count: askedToday }));
  if (dayCap !== null && shopToday.cents >= dayCap * NEAR)
    warnings.push(
      say('reversal.warn.near-day-cap', {
        used: { money: shopToday.cents as Cents },
        cap: { money: dayCap },
      }),
    );
  if (amountCents < paidCents) warnings.push(say('reversal.warn.part', { paid: { money: paidCents } }));
  if (!isDaraja) return warnings;
  if (balanceCents !== null && balanceCents < amountCents)
    warnings.push(say('reversal.warn.low-balance', { balance: { money: balanceCents } }));
  if (sweptAt !== null) warnings.push(say('reversal.warn.swept', { at: { at: sweptAt } }));
  return warnings;
}

function evidenceWarnings(facts: WarningFacts): Message[] {
  const { now, paidAt, confirmedAt, sale, isOperatorUntried, isDaraja } = facts;
  const warnings: Message[] = [];
  // A clock that was set back makes nothing fresh.
  const isFresh = confirmedAt !== null && confirmedAt <= now && now - confirmedAt <= FRESH_FOR;
  if (!isFresh) warnings.push(say('reversal.warn.file-only'));
  if (sale === null) warnings.push(say('reversal.warn.no-sale'));
  else if (sale.isAfterPayment && sale.typedAt !== null)
    warnings.push(
      say('reversal.warn.sale-after', { sale: spellOut(sale.reference ?? ''), at: { at: sale.typedAt } }),
    );
  if (sale !== null) warnings.push(...saleWarnings(sale, facts.paidCents));
  if (now - paidAt > 7 * DAY)
    warnings.push(say('reversal.warn.old', { days: Math.floor((now - paidAt) / DAY) }));
  else if (now - paidAt < HOUR / 12) warnings.push(say('reversal.warn.just-paid'));
  if (isDaraja && isOperatorUntried) warnings.push(say('reversal.warn.operator-untried'));
  return warnings;
}

/** The clerk names the sale: it may be another than the one that was paid. */
function saleWarnings({ reference, match, amountCents }: SaleFacts, paidCents: Cents): Message[] {
  const warnings: Message[] = [];
  const sale = spellOut(reference ?? '–');
  if (match === 'other') warnings.push(say('reversal.warn.sale-other', { sale }));
  if (match === 'taken') warnings.push(say('reversal.warn.sale-taken', { sale }));
  // Of several sales that one payment settled, each is of less.
  if (amountCents !== paidCents && match !== 'one-of-several')
    warnings.push(
      say('reversal.warn.sale-amount', {
        sale,
        amount: { money: amountCents },
        paid: { money: paidCents },
      }),
    );
  return warnings;
}

/** S21: what looks like another text is shown spelt out, and said. */
function textWarnings({ texts }: WarningFacts): Message[] {
  const odd = texts.find(isOdd);
  return odd === undefined ? [] : [say('reversal.warn.odd-text', { text: spellOut(odd).slice(0, 120) })];
}
