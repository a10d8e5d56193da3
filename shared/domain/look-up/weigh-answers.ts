import { meaningOf } from '../daraja/codes.ts';
import type { Cents } from '../money.ts';
import type { KnownAnswer, KnownMovement, LookUpFacts } from './facts.ts';

/** Newest first, and the same whatever the order they came in. */
export function newest<T extends { readonly at: number; readonly id?: number }>(
  items: readonly T[],
): T | null {
  return (
    [...items].sort(
      (a, b) =>
        b.at - a.at || (b.id ?? 0) - (a.id ?? 0) || JSON.stringify(a).localeCompare(JSON.stringify(b)),
    )[0] ?? null
  );
}

export function differs(stated: Cents | null, known: Cents | null): boolean {
  return stated !== null && known !== null && stated !== known;
}

/** Safaricom did not take the question: nothing is said of the payment, and why stands in its words. */
export function isRefusal({ isAnswered, fate, code }: KnownAnswer): boolean {
  return !isAnswered && (fate === 'failed' || (code !== null && meaningOf(code) === 'busy'));
}

/**
 * The answer that counts: what is final before what is not, what says to whom before what does not, and what says
 * something before what says nothing. A reversal is the end, even when the answer to an earlier question comes in after
 * it.
 */
export function answerOf(answers: readonly KnownAnswer[]): KnownAnswer | null {
  const answered = answers.filter((each) => each.isAnswered);
  const most = Math.max(...answered.map(weightOf));
  return newest(answered.filter((each) => weightOf(each) === most));
}

function weightOf({ fate, isOurs, isFromUs }: KnownAnswer): number {
  switch (fate) {
    case 'reversed':
      return 5;
    case 'failed':
      return 4;
    case 'completed':
      return isOurs !== null || isFromUs ? 4 : 3;
    case 'pending':
      return 2;
    case 'not-found':
      return 1;
    case 'unknown':
      return 0;
  }
}

/** The money came to a number of ours, by Safaricom's answer: one that does not say to whom is no such answer. */
export function saysPaid(answer: KnownAnswer | null): boolean {
  return answer?.fate === 'completed' && answer.isOurs === true && !answer.isFromUs;
}

/** The answer bears out a payment that only a relay reported: paid to us, and exactly as much. */
export function confirms(answer: KnownAnswer | null, payment: KnownMovement | null): boolean {
  return saysPaid(answer) && (payment === null || answer?.amount === payment.amount);
}

/** What the answer makes of a payment that nothing has settled, where it speaks against it. */
export function whatAnswerDenies(
  payment: KnownMovement | null,
  answer: KnownAnswer | null,
): 'failed' | 'not-a-payment' | 'another-short-code' | 'amount-differs' | null {
  if (answer === null || payment?.isSettled === true) return null;
  if (answer.fate === 'failed') return 'failed';
  if (answer.isFromUs) return 'not-a-payment';
  if (answer.fate !== 'completed') return null;
  if (answer.isOurs === false) return 'another-short-code';
  return payment !== null && differs(answer.amount, payment.amount) ? 'amount-differs' : null;
}

/** The short codes for which Safaricom answered that it does not know the receipt. */
export function notKnownFor({ answers }: LookUpFacts): string[] {
  return codesOf(answers.filter(({ isAnswered, fate }) => isAnswered && fate === 'not-found'));
}

/** The short codes that could be asked about and have not answered. */
export function unheardOf({ answers, askable }: LookUpFacts): string[] {
  const heard = codesOf(answers.filter(({ isAnswered }) => isAnswered));
  return askable.filter((code) => !heard.includes(code)).sort();
}

function codesOf(answers: readonly KnownAnswer[]): string[] {
  return [...new Set(answers.map(({ askedFor }) => askedFor))].sort();
}
