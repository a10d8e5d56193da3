import { type Book as DemoBook, dayLetters } from '#main/demo/book.ts';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import type { Ids } from './ids.ts';

export type PaymentKind = 'pay-bill' | 'buy-goods' | 'business-payment';

/** A transaction as Safaricom knows it. */
export type BookPayment = {
  readonly receipt: string;
  readonly at: UtcMs;
  readonly cents: number;
  readonly kind: PaymentKind;
  readonly shortCode: string;
  readonly account: string;
  readonly payer: { readonly number: string; readonly name: string };
  /** Whose short code it is, where it is not the shop's. */
  readonly organisation: string | null;
  /** What the customer typed as the account; empty at a till. */
  readonly reference: string;
  /** `Completed`, `Cancelled`, `Declined`, `Expired`, `Authorized`…, verbatim. */
  readonly state: string;
  /** From when a question finds it: for a while after a payment Safaricom says 2032. */
  readonly knownFrom: UtcMs;
  readonly originatorConversationId: string;
  readonly conversationId: string;
};

export type BookReversal = {
  readonly receipt: string;
  readonly of: string;
  readonly at: UtcMs;
  readonly cents: number;
};

export type PaymentWords = Pick<BookPayment, 'at' | 'cents' | 'shortCode'> &
  Partial<Omit<BookPayment, 'at' | 'cents' | 'shortCode'>>;

/** Money that moved on an account: a payment, a charge, a sweep, a reversal. */
export type Entry = {
  readonly at: UtcMs;
  readonly shortCode: string;
  readonly account: string;
  readonly cents: number;
};

/** Everything that Safaricom knows about the shop. The faults change what it says, never what is here. */
export type Book = {
  readonly record: (words: PaymentWords) => BookPayment;
  /** Money that moved and is no payment of a customer. */
  readonly enter: (entry: Entry) => void;
  readonly find: (receipt: string) => BookPayment | null;
  readonly findByConversation: (originatorConversationId: string) => BookPayment | null;
  readonly payments: () => readonly BookPayment[];
  /** Sends a payment back, whoever asked for it. */
  readonly reverse: (payment: BookPayment, at: UtcMs, receipt?: string) => BookReversal;
  readonly reversalsOf: (receipt: string) => readonly BookReversal[];
  readonly findReversal: (receipt: string) => BookReversal | null;
  /** The balance of each account of a short code that has moved, in cents. */
  readonly balancesOf: (shortCode: string, at: UtcMs) => ReadonlyMap<string, number>;
  readonly newReceipt: (at: UtcMs) => string;
  /** `TAH0000000`: what stands where there is no transaction. */
  readonly placeholder: (at: UtcMs) => string;
};

export const ACCOUNT_OF: Readonly<Record<PaymentKind, string>> = {
  'pay-bill': 'Utility Account',
  'buy-goods': 'Merchant Account',
  'business-payment': 'Utility Account',
};

/** Receipts come from the demo's book, so that no two of one shop are alike. */
export function openSafaricomBook(ids: Ids, demo: DemoBook): Book {
  const payments = new Map<string, BookPayment>();
  const reversals: BookReversal[] = [];
  const entries: Entry[] = [];

  const record: Book['record'] = (words) => {
    const kind = words.kind ?? 'pay-bill';
    const payment: BookPayment = {
      kind,
      receipt: words.receipt ?? demo.receiptAt(words.at),
      account: ACCOUNT_OF[kind],
      payer: { number: '254708374149', name: demo.customer() },
      reference: '',
      organisation: null,
      state: 'Completed',
      knownFrom: words.at,
      originatorConversationId: ids.request(),
      conversationId: ids.conversation(words.at),
      ...words,
    };
    if (payments.has(payment.receipt)) throw new Error(`the book has ${payment.receipt} already`);
    payments.set(payment.receipt, payment);
    if (payment.state === 'Completed') entries.push({ ...payment, cents: signedCents(payment) });
    return payment;
  };
  const reverse: Book['reverse'] = (payment, at, receipt = demo.receiptAt(at)) => {
    const reversal = { receipt, of: payment.receipt, at, cents: payment.cents };
    reversals.push(reversal);
    entries.push({ at, shortCode: payment.shortCode, account: payment.account, cents: -payment.cents });
    return reversal;
  };
  const balancesOf: Book['balancesOf'] = (shortCode, at) => {
    const balances = new Map<string, number>();
    for (const entry of entries) {
      if (entry.shortCode !== shortCode || entry.at > at) continue;
      balances.set(entry.account, (balances.get(entry.account) ?? 0) + entry.cents);
    }
    return balances;
  };
  return {
    record,
    reverse,
    balancesOf,
    enter: (entry) => {
      entries.push(entry);
    },
    find: (receipt) => payments.get(receipt) ?? null,
    findByConversation: (id) =>
      [...payments.values()].find((each) => each.originatorConversationId === id) ?? null,
    payments: () => [...payments.values()],
    reversalsOf: (receipt) => reversals.filter((each) => each.of === receipt),
    findReversal: (receipt) => reversals.find((each) => each.receipt === receipt) ?? null,
    newReceipt: demo.receiptAt,
    placeholder: (at) => `${dayLetters(businessDayOf(at))}0000000`,
  };
}

function signedCents({ kind, cents }: BookPayment): number {
  return kind === 'business-payment' ? -cents : cents;
}
