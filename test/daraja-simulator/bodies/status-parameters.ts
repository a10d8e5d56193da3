import type { Book, BookPayment, BookReversal } from '../book.ts';
import { toStamp } from '../stamps.ts';
import type { Pair } from './result-body.ts';

const REASONS: Readonly<Record<BookPayment['kind'], string>> = {
  'pay-bill': 'Pay Bill Online',
  'buy-goods': 'Merchant Payment Online',
  'business-payment': 'Business Payment to Customer via API',
};

/** What a status result says of a payment that is known, in the keys and the order of production. */
export function statusParameters(payment: BookPayment, shopName: string, book: Book): Pair[] {
  const stamp = Number(toStamp(payment.at));
  const customer = `${payment.payer.number} - ${payment.payer.name}`;
  const shop = `${payment.shortCode} - ${payment.organisation ?? shopName}`;
  const isOut = payment.kind === 'business-payment';
  const isReversed = book.reversalsOf(payment.receipt).length > 0;
  return [
    { key: 'DebitPartyName', value: isOut ? shop : customer },
    { key: 'CreditPartyName', value: isOut ? customer : shop },
    { key: 'OriginatorConversationID', value: payment.originatorConversationId },
    { key: 'InitiatedTime', value: stamp },
    isOut
      ? { key: 'DebitPartyCharges', value: 'Fee For B2C Payment|KES|0.00' }
      : { key: 'CreditPartyCharges' },
    { key: 'DebitAccountType', value: isOut ? payment.account : 'MMF Account For Customer' },
    { key: 'TransactionReason' },
    { key: 'ReasonType', value: REASONS[payment.kind] },
    { key: 'TransactionStatus', value: isReversed ? 'Reversed' : payment.state },
    { key: 'FinalisedTime', value: stamp },
    { key: 'Amount', value: payment.cents / 100 },
    { key: 'ConversationID', value: payment.conversationId },
    { key: 'ReceiptNo', value: payment.receipt },
  ];
}

/** A reversal asked about by its own receipt: the shop pays the customer. */
export function reversalStatusParameters(
  reversal: BookReversal,
  payment: BookPayment,
  shopName: string,
): Pair[] {
  const stamp = Number(toStamp(reversal.at));
  return [
    { key: 'DebitPartyName', value: `${payment.shortCode} - ${shopName}` },
    { key: 'CreditPartyName', value: `${payment.payer.number} - ${payment.payer.name}` },
    { key: 'InitiatedTime', value: stamp },
    { key: 'DebitAccountType', value: payment.account },
    { key: 'TransactionReason' },
    { key: 'ReasonType', value: 'Transaction Reversal via API' },
    { key: 'TransactionStatus', value: 'Completed' },
    { key: 'FinalisedTime', value: stamp },
    { key: 'Amount', value: reversal.cents / 100 },
    { key: 'ReceiptNo', value: reversal.receipt },
  ];
}
