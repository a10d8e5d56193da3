import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { type Book, chargeRow, clock, later, type Payment, tillRow } from './book.ts';

/** Something that goes wrong, or only differently, at the counter. Its amounts are its own, so that it stands out. */
export type DemoEvent = (book: Book, at: UtcMs) => void;

/** Somebody paid and nobody rang it up. */
export const payWithoutSale: DemoEvent = (book, at) => {
  book.pay(at, 1_370_00);
};

/** Paid while the power was out: the sale stands on paper and is typed in later. */
export const payOnPaper: DemoEvent = (book, at) => {
  book.pay(at, PAPER_CENTS);
};
export const PAPER_CENTS = 1_485_00;

/** Rung up as M-PESA, and no payment came. */
export const sellWithoutPayment: DemoEvent = (book, at) => {
  book.sell(at, 2_085_00);
};

/** The sale is KES 1,240; the customer paid KES 1,140. */
export const payTooLittle: DemoEvent = (book, at) => {
  const paid = book.pay(at, 1_140_00);
  book.sell(later(at, 40), 1_240_00, { receipt: paid.receipt });
};

/** One message shown at two counters. */
export const useReceiptTwice: DemoEvent = (book, at) => {
  const paid = book.pay(at, 915_00);
  book.sell(later(at, 30), 915_00, { receipt: paid.receipt });
  book.sell(later(at, 1_900), 915_00, { receipt: paid.receipt });
};

/** A code that is in no statement. */
export const typeUnknownReceipt: DemoEvent = (book, at) => {
  book.sell(at, 1_655_00, { receipt: book.receiptAt(at) });
};

/** The cashier read one character wrong. */
export const mistypeReceipt: DemoEvent = (book, at) => {
  const paid = book.pay(at, 735_00);
  const wrong = paid.receipt.endsWith('4') ? '7' : '4';
  book.sell(later(at, 55), 735_00, { receipt: `${paid.receipt.slice(0, -1)}${wrong}` });
};

/** One payment for two baskets. */
export const payForTwoSales: DemoEvent = (book, at) => {
  const paid = book.pay(at, 1_930_00);
  book.sell(later(at, 35), 1_280_00, { receipt: paid.receipt });
  book.sell(later(at, 80), 650_00, { receipt: paid.receipt });
};

/** Two phones, one basket. */
export const payInTwoParts: DemoEvent = (book, at) => {
  book.pay(at, 2_415_00);
  book.pay(later(at, 70), 1_795_00);
  book.sell(later(at, 130), 4_210_00);
};

/** Three people pay the same within a minute, and no code was typed: nobody can tell them apart. */
export const payTheSame: DemoEvent = (book, at) => {
  for (const seconds of [0, 15, 30]) book.pay(later(at, seconds), 195_00);
  for (const seconds of [35, 50, 65]) book.sell(later(at, seconds), 195_00);
};

/** Safaricom's charge without the payment it belongs to. */
export const chargeForNothing: DemoEvent = (book, at) => {
  book.till.push(chargeRow(at, book.receiptAt(at), 27_50));
};

/** The customer tried, and it did not go through; then it did. */
export const failFirst: DemoEvent = (book, at) => {
  const { receiptAt, customer, till } = book;
  const party = `25474****321 - ${customer()}`;
  const details = `Merchant Payment from ${party}`;
  till.push(tillRow({ at, receipt: receiptAt(at), details, party, status: 'Failed', cents: 560_00 }));
  const paid = book.pay(later(at, 90), 560_00);
  book.sell(later(at, 120), 560_00, { receipt: paid.receipt });
};

/** The payment went back to the customer after the goods had left. */
export const reverseAfterSale: DemoEvent = (book, at) => {
  const paid = book.pay(at, 1_465_00);
  book.sell(later(at, 45), 1_465_00, { receipt: paid.receipt });
  sendBack(book, paid, later(at, 3_600));
};

/** Goods came back, the shop wrote a refund, and the payment was sent back. */
export const reverseWithRefund: DemoEvent = (book, at) => {
  const paid = book.pay(at, 1_825_00);
  const { reference } = book.sell(later(at, 45), 1_825_00, { receipt: paid.receipt });
  sendBack(book, paid, later(at, 5_400));
  book.sell(later(at, 5_500), -1_825_00, { kind: 'refund', reference: `${reference}-R` });
};

function sendBack(book: Book, paid: Payment, at: UtcMs): void {
  const details = 'Pay Merchant Reversal by MfanoOperator';
  const row = { at, receipt: book.receiptAt(at), details, cents: paid.cents, linkedReceipt: paid.receipt };
  book.till.push(tillRow({ ...row, reason: 'Pay Merchant Reversal', direction: 'out' }));
}

/** A loan in the morning: money in that nobody sold anything for. */
export const borrow: DemoEvent = (book, at) => {
  const words = {
    details: 'Loan Disbursement',
    reason: 'Loan Disbursement',
    party: '804080 - MKOPO WA MFANO',
  };
  book.till.push(tillRow({ at, receipt: book.receiptAt(at), cents: 8_000_00, ...words }));
};

export const repay: DemoEvent = (book, at) => {
  const words = { details: 'Loan Repayment', reason: 'Loan Repayment', party: '804080 - MKOPO WA MFANO' };
  book.till.push(tillRow({ at, receipt: book.receiptAt(at), cents: 8_240_00, direction: 'out', ...words }));
};

/** A delivery that was paid one day and written down two days later. */
export function deliverLate(book: Book, paidOn: BusinessDay, soldOn: BusinessDay): void {
  const paid = book.pay(clock(paidOn, '11:12'), 2_640_00);
  book.sell(clock(soldOn, '09:20'), 2_640_00, { receipt: paid.receipt });
}

/** Deliveries are written with a date alone. */
export const deliver: DemoEvent = (book, at) => {
  const paid = book.pay(at, 3_115_00);
  book.sell(later(at, 600), 3_115_00, { receipt: paid.receipt, isDateOnly: true });
};
