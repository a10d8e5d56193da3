import type { MatchLine, MatchSale } from '../matching/types.ts';
import { MAX_MARK, type PaymentMark, type RuleContent, type SaleMark } from './types.ts';

/** What a rule sees of a payment and of a sale. */
export type PaymentFacts = Pick<MatchLine, 'accountReference' | 'party'>;
export type SaleFacts = Pick<MatchSale, 'accountReference' | 'customer' | 'cashier'>;

/** Fewer letters and digits than this say nothing about who it is. */
const LEAST_SIGNS = 3;

/** Upper-case words in NFKC; a split at single characters, so that no text makes it slow. */
export function wordsOf(text: string | null | undefined): string[] {
  return (
    (text ?? '')
      .normalize('NFKC')
      .toUpperCase()
      // Upper case takes some letters apart; put together again, the words of words are the same words.
      .normalize('NFKC')
      .split(/[^\p{L}\p{M}\p{N}]/u)
      .filter((word) => word !== '')
  );
}

/** True when a text says enough to be a mark. */
export function isTellingMark(text: string): boolean {
  return text.length <= MAX_MARK && wordsOf(text).join('').length >= LEAST_SIGNS;
}

/** True when two marks ask for the same thing, however they are written. */
export function isSameMark(a: PaymentMark | SaleMark, b: PaymentMark | SaleMark): boolean {
  return a.by === b.by && wordsOf(a.text).join(' ') === wordsOf(b.text).join(' ');
}

/** True when two rules say the same. */
export function isSameRule(a: RuleContent, b: RuleContent): boolean {
  return a.kind === b.kind && isSameMark(a.payment, b.payment) && isSameMark(a.sale, b.sale);
}

/** A mark made ready to compare with many items. */
export type Wanted<By> = { readonly by: By; readonly words: readonly string[] };

export function readyMark<By extends string>(mark: { readonly by: By; readonly text: string }): Wanted<By> {
  return { by: mark.by, words: wordsOf(mark.text) };
}

/** Names hold all the words, in any order; references and codes are the same as a whole. */
export function hasPaymentMark(payment: PaymentFacts, wanted: Wanted<PaymentMark['by']>): boolean {
  const text = paymentText(payment, wanted.by);
  return wanted.by === 'payer-name' ? hasWords(text, wanted.words) : isWhole(text, wanted.words);
}

export function hasSaleMark(sale: SaleFacts, wanted: Wanted<SaleMark['by']>): boolean {
  const text = saleText(sale, wanted.by);
  return wanted.by === 'account-reference' ? isWhole(text, wanted.words) : hasWords(text, wanted.words);
}

/** What a payment shows in the place a mark looks at. */
export function paymentText(payment: PaymentFacts, by: PaymentMark['by']): string | null {
  if (by === 'account-reference') return payment.accountReference;
  return by === 'payer-code' ? payment.party.code : payment.party.name;
}

export function saleText(sale: SaleFacts, by: SaleMark['by']): string | null {
  if (by === 'account-reference') return sale.accountReference;
  return by === 'cashier' ? (sale.cashier ?? null) : sale.customer;
}

function hasWords(text: string | null, wanted: readonly string[]): boolean {
  if (text === null || wanted.length === 0) return false;
  const words = new Set(wordsOf(text));
  return wanted.every((word) => words.has(word));
}

function isWhole(text: string | null, wanted: readonly string[]): boolean {
  return text !== null && wanted.length > 0 && wordsOf(text).join(' ') === wanted.join(' ');
}
