import { type Message, say } from '../message.ts';
import type { Cents } from '../money.ts';
import { NOBODY, type Party, visiblePhone } from '../party.ts';
import type { Receipt } from '../receipt.ts';
import { inferAccount, MERCHANT_ACCOUNT, UTILITY_ACCOUNT } from '../statement/account.ts';
import type { BookedLine } from '../statement/types.ts';
import { cutText, MAX_TEXT, tidyText } from '../text-field.ts';
import type { UtcMs } from '../time.ts';
import type { C2bConfirmation } from './c2b-confirmation.ts';
import type { PulledRow } from './pull-answer.ts';
import { type PullZone, readPulledTime } from './pull-time.ts';

/** A payment as the books take it, whatever brought the news. Money that came in, completed, once. */
export type BookedPayment = BookedLine & { readonly direction: 'in'; readonly status: 'completed' };

/** A payment, or what its news does not say. */
export type ReadPayment =
  | { readonly ok: true; readonly payment: BookedPayment }
  | { readonly ok: false; readonly why: Message };

/**
 * A confirmation as a line of the books: the wording is that of a statement, with whoever paid cut out. Without a
 * receipt, an amount, a time or a number it was paid to, it can stand in no books.
 */
export function bookConfirmation(confirmation: C2bConfirmation): ReadPayment {
  const { receipt, amount, at, shortCode, type, reference, payerNumber, payerName, balance } = confirmation;
  if (shortCode === null) return { ok: false, why: say('confirmation.no-number') };
  if (receipt === null) return { ok: false, why: say('confirmation.no-receipt') };
  if (amount === null || amount <= 0) return { ok: false, why: say('confirmation.no-amount', { receipt }) };
  if (at === null) return { ok: false, why: say('confirmation.no-time', { receipt }) };
  const phrase = PHRASES.get((type ?? '').toLowerCase()) ?? UNKNOWN_PHRASE;
  const payment = bookPayment({
    receipt,
    amount,
    at,
    shortCode,
    phrase,
    reference,
    payerNumber,
    payerName,
    balance,
  });
  return { ok: true, payment };
}

/** Safaricom's words for what was paid. Words that nobody knows are not kept: they could be anything. */
const PHRASES: ReadonlyMap<string, string> = new Map([
  ['pay bill', 'Pay Bill'],
  ['paybill', 'Pay Bill'],
  ['buy goods', 'Buy Goods'],
  ['customer merchant payment', 'Customer Merchant Payment'],
]);
const UNKNOWN_PHRASE = 'Payment received';

/**
 * A pulled row as a line of the books. Its time is read in the zone that is known or assumed; without a time, too, it can
 * stand in no books.
 */
export function bookPulledRow(row: PulledRow, shortCode: string, zone: PullZone): BookedPayment | null {
  const { receipt, amount, time, type, reference, payerNumber, payerName } = row;
  const at = time === null ? null : readPulledTime(time, zone);
  if (receipt === null || amount === null || amount <= 0 || at === null) return null;
  const phrase = PULLED_PHRASES.find(([words]) => words.test(type ?? ''))?.[1] ?? UNKNOWN_PHRASE;
  return bookPayment({
    receipt,
    amount,
    at,
    shortCode,
    phrase,
    reference,
    payerNumber,
    payerName,
    balance: null,
  });
}

/** `c2b-pay-bill-debit`, `c2b-buy-goods-debit`. */
const PULLED_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/pay-?bill/i, 'Pay Bill'],
  [/buy-?goods/i, 'Buy Goods'],
];

export type PaymentNews = {
  readonly receipt: Receipt;
  readonly amount: Cents;
  readonly at: UtcMs;
  readonly shortCode: string;
  readonly phrase: string;
  readonly reference: string | null;
  readonly payerNumber: string | null;
  readonly payerName: string | null;
  readonly balance: Cents | null;
};

/** The line of the books that some news of a payment comes to. */
export function bookPayment(news: PaymentNews): BookedPayment {
  const accountReference = tidy(news.reference);
  return {
    row: 0,
    shortCode: news.shortCode,
    account: accountOf(news.phrase, accountReference),
    receipt: news.receipt,
    completedAt: news.at,
    precision: 'second',
    initiatedAt: null,
    status: 'completed',
    direction: 'in',
    amountCents: news.amount,
    balanceCents: news.balance,
    reasonType: null,
    linkedReceipt: null,
    accountReference,
    isMended: false,
    kind: 'customer-payment',
    party: partyOf(news.payerNumber, news.payerName),
    detailsTemplate: `${news.phrase} from {party}${accountReference === null ? '' : ' Acc. {ref}'}`,
    occurrence: 1,
  };
}

/** Tills: Merchant Account; PayBills: Utility Account. Only who pays a bill types an account. */
function accountOf(phrase: string, reference: string | null): string {
  if (phrase !== UNKNOWN_PHRASE) {
    const known = inferAccount(phrase, 'in', null);
    if (known !== null) return known;
  }
  return reference === null ? MERCHANT_ACCOUNT : UTILITY_ACCOUNT;
}

const LONGEST_PHONE = 20;

/** The payer. A digest of a number can be turned back into it by trying all numbers there are: it is not kept. */
function partyOf(number: string | null, name: string | null): Party {
  const tight = number?.replace(/\s+/g, '') ?? '';
  const isPhone = tight.length > 0 && tight.length <= LONGEST_PHONE && visiblePhone(tight) !== null;
  return { ...NOBODY, phone: isPhone ? tight : null, name: tidy(name) };
}

/** What a person typed or is called, fit to be kept; money is never held up by it. */
function tidy(text: string | null): string | null {
  if (text === null) return null;
  const tidied = tidyText(cutText(text, MAX_TEXT), MAX_TEXT);
  return tidied.ok && tidied.text !== '' ? tidied.text : null;
}
