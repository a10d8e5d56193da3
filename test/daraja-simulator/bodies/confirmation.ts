import { createHash } from 'node:crypto';
import { cents, toDecimal } from '#shared/domain/money.ts';
import type { BookPayment } from '../book.ts';
import { toStamp } from '../stamps.ts';

export type ConfirmationVersion = 'v1' | 'v2';

export type ConfirmationWords = {
  readonly version: ConfirmationVersion;
  /** Of the account after the payment; null before it, when it is only asked about. */
  readonly balance: number | null;
  readonly thirdPartyId: string;
};

/** A C2B validation or confirmation: the same keys, every value a text. */
export function confirmationBody(payment: BookPayment, words: ConfirmationWords): Record<string, string> {
  const [first = '', middle = '', ...last] = payment.payer.name.split(' ');
  return {
    // Tills say this; the portal's `Buy Goods` was not seen.
    TransactionType: payment.kind === 'buy-goods' ? 'Customer Merchant Payment' : 'Pay Bill',
    TransID: payment.receipt,
    TransTime: toStamp(payment.at),
    TransAmount: toDecimal(cents(payment.cents)),
    BusinessShortCode: payment.shortCode,
    BillRefNumber: payment.reference,
    InvoiceNumber: '',
    OrgAccountBalance: words.balance === null ? '' : toDecimal(cents(words.balance)),
    ThirdPartyTransID: words.thirdPartyId,
    MSISDN: words.version === 'v1' ? digestOf(payment.payer.number) : maskNumber(payment.payer.number),
    FirstName: first,
    MiddleName: last.length === 0 ? '' : middle,
    LastName: last.length === 0 ? middle : last.join(' '),
  };
}

function digestOf(number: string): string {
  return createHash('sha256').update(number).digest('hex');
}

/** `2547 ***** 126` */
function maskNumber(number: string): string {
  return `${number.slice(0, 4)} ***** ${number.slice(-3)}`;
}
