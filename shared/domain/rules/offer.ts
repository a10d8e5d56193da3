import { namesNobody } from '../matching/evidence.ts';
import { findFullPhone } from '../party.ts';
import {
  hasPaymentMark,
  hasSaleMark,
  isSameRule,
  isTellingMark,
  type PaymentFacts,
  paymentText,
  readyMark,
  type SaleFacts,
  saleText,
} from './marks.ts';
import type { PaymentMark, RuleContent, SaleMark } from './types.ts';

/** One payment that a person said belongs to one sale of the same amount. */
export type Correction = {
  readonly link: number;
  readonly payment: PaymentFacts;
  readonly sale: SaleFacts;
  /** False when the program itself was sure enough to propose it: no reason for a rule, but it may speak against one. */
  readonly isOwnDecision: boolean;
};

/** A rule worth asking about, and the links that speak for it. */
export type Offer = {
  readonly rule: RuleContent;
  readonly times: number;
  readonly links: readonly number[];
};

/** A rule that was offered before. Said no to or taken away, it may come back when this many links speak for it. */
export type KnownRule = { readonly rule: RuleContent; readonly askAgainFrom: number };

/** Twice may be chance. */
export const LEAST_TIMES = 3;

/** Strongest first: a number says more than a name, and whose customer it was more than who stood at the till. */
const PAYMENT_MARKS: readonly PaymentMark['by'][] = ['account-reference', 'payer-name', 'payer-code'];
const SALE_MARKS: readonly SaleMark['by'][] = ['account-reference', 'customer', 'cashier'];

/**
 * The rule that the newest correction repeats, if people have decided so at least three times and never otherwise.
 * `corrections` stand newest first. Pure.
 */
export function offerRule(
  corrections: readonly Correction[],
  known: readonly KnownRule[] = [],
): Offer | null {
  const [newest] = corrections;
  if (!newest?.isOwnDecision) return null;
  for (const rule of rulesOf(newest)) {
    const offer = weighRule(rule, corrections);
    if (offer === null) continue;
    const before = known.filter((one) => isSameRule(one.rule, rule));
    // The strongest rule is known already: a weaker one for the same payments would only repeat it.
    if (before.some((one) => offer.times < one.askAgainFrom)) return null;
    return offer;
  }
  return null;
}

/** The rules that one correction would be an example of, strongest first. */
function rulesOf({ payment, sale }: Correction): RuleContent[] {
  return SALE_MARKS.flatMap((saleBy) =>
    PAYMENT_MARKS.flatMap((paymentBy): RuleContent[] => {
      const paid = paymentText(payment, paymentBy);
      const sold = saleText(sale, saleBy);
      if (paid === null || sold === null || !isTellingMark(paid) || !isTellingMark(sold)) return [];
      if (saleBy === 'customer' && namesNobody(sold)) return [];
      // A rule stands on the screens as it is written: no place for a customer's number.
      if (hasPhone(paid) || hasPhone(sold)) return [];
      return [{ kind: 'pair', payment: { by: paymentBy, text: paid }, sale: { by: saleBy, text: sold } }];
    }),
  );
}

function hasPhone(text: string): boolean {
  return findFullPhone(null, [text]) !== null;
}

/** True when a sale names somebody, so that a mark it lacks speaks against the rule. */
function saysWho(sale: SaleFacts, by: SaleMark['by']): boolean {
  const text = saleText(sale, by);
  return text !== null && !(by === 'customer' && namesNobody(text));
}

/** How many own decisions a rule would have foreseen. */
export function countSupport(rule: RuleContent, corrections: readonly Correction[]): number {
  const payment = readyMark(rule.payment);
  const sale = readyMark(rule.sale);
  return corrections.filter(
    (one) => one.isOwnDecision && hasPaymentMark(one.payment, payment) && hasSaleMark(one.sale, sale),
  ).length;
}

function weighRule(rule: RuleContent, corrections: readonly Correction[]): Offer | null {
  const payment = readyMark(rule.payment);
  const sale = readyMark(rule.sale);
  const links: number[] = [];
  for (const correction of corrections) {
    if (!hasPaymentMark(correction.payment, payment)) continue;
    if (hasSaleMark(correction.sale, sale)) {
      if (correction.isOwnDecision) links.push(correction.link);
    } else if (saysWho(correction.sale, rule.sale.by)) return null;
  }
  return links.length < LEAST_TIMES ? null : { rule, times: links.length, links };
}
