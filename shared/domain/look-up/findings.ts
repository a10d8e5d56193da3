import type { Cents } from '../money.ts';
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

/**
 * What is said of a receipt, strongest first. The first that the facts bear out is the verdict; everything else stands
 * in the evidence. Nothing below `reported` says anything about the payment: it says what nobody knows.
 *
 * | kind | holds when |
 * |---|---|
 * | `reversed` | a reversal in the books, a line that says so, or Safaricom's newest answer |
 * | `failed` | the books say that it did not go through; or they have nothing, and Safaricom does |
 * | `another-short-code` | not in the books, and an answer or a confirmation names whom it was paid to: not us |
 * | `not-a-payment` | the books have the receipt, and it is a charge, a sweep, a payment out … |
 * | `used` | linked with a sale |
 * | `held` | held at the counter |
 * | `amount-differs` | the message names another amount than came in |
 * | `shown-before` | in the books, unused, and shown at the counter earlier |
 * | `settled` | a statement or Safaricom itself shows it |
 * | `reported` | a confirmation or an answer that a relay carried shows it |
 * | `pending` | Safaricom says that it has not finished |
 * | `not-known` | Safaricom does not know it (yet) |
 * | `unclear` | Safaricom's answer says nothing that is understood |
 * | `no-answer` | asked, no answer yet |
 * | `could-not-ask` | not in the books, and Safaricom could not be asked |
 * | `not-asked` | not in the books, and nobody asked |
 */
export const VERDICT_KINDS = [
  'reversed',
  'failed',
  'another-short-code',
  'not-a-payment',
  'used',
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
  const isPaidByAnswer = answer?.fate === 'completed' && answer.isOurs !== false && !answer.isFromUs;
  const found = { facts, payment, answer, foreign, usedFor, claim, shown };
  return {
    ...found,
    kind: kindOf(found, isPaidByAnswer),
    amount: payment?.amount ?? answer?.amount ?? foreign?.amount ?? null,
    paidAt: payment?.at ?? answer?.completedAt ?? null,
    asOf: asOf(facts, payment, answer),
  };
}

type Found = Omit<Findings, 'kind' | 'amount' | 'paidAt' | 'asOf'>;

function kindOf(found: Found, isPaidByAnswer: boolean): VerdictKind {
  const { facts, payment, answer, foreign, usedFor, claim, shown } = found;
  if (isReversed(facts, payment, answer)) return 'reversed';
  if (payment !== null && hasFailed(payment)) return 'failed';
  if (payment === null && answer?.fate === 'failed') return 'failed';
  if (payment === null && answer?.isFromUs === true) return 'not-a-payment';
  if (payment === null && (answer?.isOurs === false || (foreign !== null && !isPaidByAnswer)))
    return 'another-short-code';
  if (payment !== null && !isCustomerPayment(payment)) return 'not-a-payment';
  const isIn = payment !== null || isPaidByAnswer;
  if (isIn && usedFor !== null) return 'used';
  if (isIn && claim !== null) return 'held';
  if (isIn && differs(facts.stated?.amount ?? null, payment?.amount ?? answer?.amount ?? null))
    return 'amount-differs';
  if (isIn && shown !== null) return 'shown-before';
  if (payment?.isSettled === true) return 'settled';
  if (isIn) return 'reported';
  return unknownKind(facts, answer);
}

/** Nothing says that it came in, or where it went. A new question does not take back what an answer said. */
function unknownKind({ asking, answers }: LookUpFacts, answer: KnownAnswer | null): VerdictKind {
  if (answer?.fate === 'pending') return 'pending';
  if (answer?.fate === 'not-found') return 'not-known';
  if (asking.state === 'waiting' || asking.state === 'silent') return 'no-answer';
  if (answer !== null || answers.length > 0) return 'unclear';
  return asking.state === 'could-not-ask' ? 'could-not-ask' : 'not-asked';
}

function isReversed(facts: LookUpFacts, payment: KnownMovement | null, answer: KnownAnswer | null): boolean {
  if (facts.reversals.some((reversal) => payment === null || reversal.amount >= payment.amount)) return true;
  return payment?.status === 'reversed' || answer?.fate === 'reversed' || facts.askedBack?.isBack === true;
}

function hasFailed({ status }: KnownMovement): boolean {
  return status !== 'completed' && status !== 'reversed';
}

export function isCustomerPayment({ kind, direction }: KnownMovement): boolean {
  return kind === 'customer-payment' && direction === 'in';
}

export function differs(stated: Cents | null, known: Cents | null): boolean {
  return stated !== null && known !== null && stated !== known;
}

/** A receipt is not unique: its charge shares it. The customer's payment speaks, a completed and settled one first. */
function paymentOf(movements: readonly KnownMovement[]): KnownMovement | null {
  const rank = (movement: KnownMovement) =>
    Number(!isCustomerPayment(movement)) * 4 + Number(hasFailed(movement)) * 2 + Number(!movement.isSettled);
  return [...movements].sort((a, b) => rank(a) - rank(b) || a.id - b.id)[0] ?? null;
}

/**
 * The answer that counts: what is final before what is not, and what says something before what says nothing. A
 * reversal is the end, even when the answer to an earlier question comes in after it.
 */
const WEIGHT: Readonly<Record<KnownAnswer['fate'], number>> = {
  reversed: 4,
  completed: 3,
  failed: 3,
  pending: 2,
  'not-found': 1,
  unknown: 0,
};

function answerOf(answers: readonly KnownAnswer[]): KnownAnswer | null {
  const answered = answers.filter((each) => each.isAnswered);
  const most = Math.max(...answered.map((each) => WEIGHT[each.fate]));
  return newest(answered.filter((each) => WEIGHT[each.fate] === most));
}

/** The newest news that the money is where the verdict says. */
function asOf(facts: LookUpFacts, payment: KnownMovement | null, answer: KnownAnswer | null): UtcMs {
  const times = [...(payment?.sources.map(({ at }) => at) ?? []), ...(answer === null ? [] : [answer.at])];
  const latest = Math.max(...times.filter((at) => at <= facts.now));
  return (Number.isFinite(latest) ? latest : facts.now) as UtcMs;
}

function newest<T extends { readonly at: UtcMs; readonly id?: number }>(items: readonly T[]): T | null {
  return (
    [...items].sort(
      (a, b) =>
        b.at - a.at || (b.id ?? 0) - (a.id ?? 0) || JSON.stringify(a).localeCompare(JSON.stringify(b)),
    )[0] ?? null
  );
}

function lowest<T>(items: readonly T[], keyOf: (item: T) => number): T | null {
  return [...items].sort((a, b) => keyOf(a) - keyOf(b))[0] ?? null;
}

/** For the evidence: sales that name the receipt and have nothing of it. */
export function othersNaming({ namedBy, usedFor }: LookUpFacts): NamedBy[] {
  return namedBy.filter((sale) => usedFor.every((used) => used.saleId !== sale.saleId));
}
