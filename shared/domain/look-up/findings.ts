import { type Cents, cents } from '../money.ts';
import type { UtcMs } from '../time.ts';
import type {
  ForeignConfirmation,
  KnownAnswer,
  KnownClaim,
  KnownMovement,
  LookUpFacts,
  NamedBy,
  ShownBefore,
  UsedFor,
} from './facts.ts';
import {
  answerOf,
  confirms,
  differs,
  isRefusal,
  newest,
  saysPaid,
  unheardOf,
  whatAnswerDenies,
} from './weigh-answers.ts';

/**
 * What is said of a receipt, strongest first. The first that the facts bear out is the verdict; everything else stands
 * in the evidence. Nothing below `reported` says anything about the payment: it says what nobody knows. What only a
 * relay reported falls with Safaricom's answer; what is settled does not.
 *
 * | kind | holds when |
 * |---|---|
 * | `reversed` | reversals in the books, a line that says so, or Safaricom's newest answer; of a part, below `amount-differs` |
 * | `failed` | the books say that it did not go through; or nothing is settled, and Safaricom says so |
 * | `another-short-code` | nothing is settled, and an answer or a confirmation names whom it was paid to: not us |
 * | `not-a-payment` | it is a charge, a sweep, a payment out … |
 * | `used` | linked with a sale |
 * | `asked-back` | a request of ours to send it back is open: whether the money is still here, nobody can say |
 * | `held` | held at the counter |
 * | `amount-differs` | the message names another amount than came in; or Safaricom another than a relay reported |
 * | `shown-before` | in the books, unused, and shown at the counter earlier |
 * | `settled` | a statement or Safaricom itself shows it |
 * | `reported` | a confirmation or an answer that a relay carried shows it |
 * | `pending` | Safaricom says that it has not finished |
 * | `not-known` | Safaricom does not know it (yet), for every short code that can be asked about |
 * | `unclear` | Safaricom's answer says nothing that is understood, or not to whom it was paid |
 * | `no-answer` | asked, no answer yet |
 * | `could-not-ask` | not in the books, and Safaricom could not be asked, or did not take the question |
 * | `not-asked` | not in the books, and nobody asked |
 */
export const VERDICT_KINDS = [
  'reversed',
  'failed',
  'another-short-code',
  'not-a-payment',
  'used',
  'asked-back',
  'held',
  'amount-differs',
  'shown-before',
  'settled',
  'reported',
  'pending',
  'not-known',
  'unclear',
  'no-answer',
  'could-not-ask',
  'not-asked',
] as const;
export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** Kinds that say that the money came to us and is still here. */
export function isReal(kind: VerdictKind): boolean {
  return ['used', 'held', 'amount-differs', 'shown-before', 'settled', 'reported'].includes(kind);
}

/** Kinds that know nothing of the payment. */
export function isUnknown(kind: VerdictKind): boolean {
  return ['pending', 'not-known', 'unclear', 'no-answer', 'could-not-ask', 'not-asked'].includes(kind);
}

/** What the facts come to: the payment that was found, and what speaks for the verdict. */
export type Findings = {
  readonly kind: VerdictKind;
  readonly facts: LookUpFacts;
  readonly payment: KnownMovement | null;
  readonly answer: KnownAnswer | null;
  readonly foreign: ForeignConfirmation | null;
  readonly usedFor: UsedFor | null;
  readonly claim: KnownClaim | null;
  readonly shown: ShownBefore | null;
  readonly amount: Cents | null;
  readonly paidAt: UtcMs | null;
  /** What reversals have left of it; null where nothing went back, or all of it. */
  readonly left: Cents | null;
  /** Safaricom's answer speaks against it, and decides. */
  readonly isDenied: boolean;
  /** Safaricom's answer bears it out: paid to us, and as much as was reported. */
  readonly isConfirmed: boolean;
  /** When what is said of the money was last known to be so. */
  readonly asOf: UtcMs;
};

/** Weighs the facts: which of them decide, and what they decide. */
export function find(facts: LookUpFacts): Findings {
  const payment = paymentOf(facts.movements);
  const answer = answerOf(facts.answers);
  const claim = newest(facts.claims.filter((each) => each.endedAt === null));
  const usedFor = lowest(facts.usedFor, (sale) => sale.saleId);
  const shown = newest(facts.shownBefore.filter((each) => each.counts));
  const foreign = newest(facts.foreign);
  const denied = whatAnswerDenies(payment, answer);
  const left = isReversed(facts, payment, answer) ? null : leftOf(facts, payment);
  const found = { facts, payment, answer, foreign, usedFor, claim, shown, left };
  // What decides names the amount and the time, too.
  const first = <T>(books: T, safaricom: T) =>
    denied === null ? (books ?? safaricom) : (safaricom ?? books);
  return {
    ...found,
    kind: kindOf(found, denied),
    isDenied: denied !== null,
    isConfirmed: confirms(answer, payment),
    amount: first(payment?.amount, answer?.amount) ?? foreign?.amount ?? null,
    paidAt: first(payment?.at, answer?.completedAt) ?? null,
    asOf: asOf(facts, payment, answer),
  };
}

type Found = Pick<
  Findings,
  'facts' | 'payment' | 'answer' | 'foreign' | 'usedFor' | 'claim' | 'shown' | 'left'
>;

function kindOf(found: Found, denied: ReturnType<typeof whatAnswerDenies>): VerdictKind {
  const { facts, payment, answer, foreign, usedFor, claim, shown, left } = found;
  if (isReversed(facts, payment, answer)) return 'reversed';
  if (payment !== null && hasFailed(payment)) return 'failed';
  if (denied !== null) return denied;
  const isIn = payment !== null || saysPaid(answer);
  if (!isIn && foreign !== null) return 'another-short-code';
  if (payment !== null && !isCustomerPayment(payment)) return 'not-a-payment';
  if (!isIn) return unknownKind(facts, answer);
  if (usedFor !== null) return 'used';
  if (facts.askedBack) return 'asked-back';
  if (claim !== null) return 'held';
  if (differs(facts.stated?.amount ?? null, payment?.amount ?? answer?.amount ?? null))
    return 'amount-differs';
  if (left !== null) return 'reversed';
  if (shown !== null) return 'shown-before';
  return payment?.isSettled === true ? 'settled' : 'reported';
}

/** Nothing says that it came in, or where it went. A new question does not take back what an answer said. */
function unknownKind(facts: LookUpFacts, answer: KnownAnswer | null): VerdictKind {
  const { asking, answers } = facts;
  if (answer?.fate === 'pending') return 'pending';
  if (answer?.fate === 'completed') return 'unclear';
  const isNotFound = answer?.fate === 'not-found';
  if (isNotFound && unheardOf(facts).length === 0) return 'not-known';
  if (asking.state === 'waiting' || asking.state === 'silent') return 'no-answer';
  if (!isNotFound && !answers.every(isRefusal)) return 'unclear';
  if (asking.state === 'could-not-ask') return 'could-not-ask';
  return isNotFound || answers.length === 0 ? 'not-asked' : 'could-not-ask';
}

function isReversed(facts: LookUpFacts, payment: KnownMovement | null, answer: KnownAnswer | null): boolean {
  const isBack = facts.reversals.length > 0 && (payment === null || wentBack(facts) >= payment.amount);
  return (
    isBack ||
    payment?.status === 'reversed' ||
    answer?.fate === 'reversed' ||
    facts.askedBack?.isBack === true
  );
}

function wentBack({ reversals }: LookUpFacts): number {
  return reversals.reduce((sum, { amount }) => sum + amount, 0);
}

function leftOf(facts: LookUpFacts, payment: KnownMovement | null): Cents | null {
  return payment === null || facts.reversals.length === 0 ? null : cents(payment.amount - wentBack(facts));
}

function hasFailed({ status }: KnownMovement): boolean {
  return status !== 'completed' && status !== 'reversed';
}

export function isCustomerPayment({ kind, direction }: KnownMovement): boolean {
  return kind === 'customer-payment' && direction === 'in';
}

/** A receipt is not unique: its charge shares it. The customer's payment speaks, a completed and settled one first. */
function paymentOf(movements: readonly KnownMovement[]): KnownMovement | null {
  const rank = (movement: KnownMovement) =>
    Number(!isCustomerPayment(movement)) * 4 + Number(hasFailed(movement)) * 2 + Number(!movement.isSettled);
  return [...movements].sort((a, b) => rank(a) - rank(b) || a.id - b.id)[0] ?? null;
}

/** The newest news that the money is where the verdict says. */
function asOf(facts: LookUpFacts, payment: KnownMovement | null, answer: KnownAnswer | null): UtcMs {
  const times = [...(payment?.sources.map(({ at }) => at) ?? []), ...(answer === null ? [] : [answer.at])];
  const latest = Math.max(...times.filter((at) => at <= facts.now));
  return (Number.isFinite(latest) ? latest : facts.now) as UtcMs;
}

function lowest<T>(items: readonly T[], keyOf: (item: T) => number): T | null {
  return [...items].sort((a, b) => keyOf(a) - keyOf(b))[0] ?? null;
}

/** For the evidence: sales that name the receipt and have nothing of it. */
export function othersNaming({ namedBy, usedFor }: LookUpFacts): NamedBy[] {
  return namedBy.filter((sale) => usedFor.every((used) => used.saleId !== sale.saleId));
}
