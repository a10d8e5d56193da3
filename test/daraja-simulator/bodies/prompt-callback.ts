import type { BookPayment } from '../book.ts';
import type { OpenPrompt, PromptEnd } from '../shop.ts';
import { toStamp } from '../stamps.ts';

/** What became of a prompt: the code is a number here, and a failure has nothing but its code and its sentence. */
export function promptBody(prompt: OpenPrompt, end: PromptEnd, payment: BookPayment | null): unknown {
  return {
    Body: {
      stkCallback: {
        MerchantRequestID: prompt.merchantRequestId,
        CheckoutRequestID: prompt.checkoutRequestId,
        ResultCode: /^\d+$/.test(end.code) ? Number(end.code) : end.code,
        ResultDesc: end.text,
        ...(payment === null ? {} : { CallbackMetadata: { Item: itemsOf(payment) } }),
      },
    },
  };
}

function itemsOf({ cents, receipt, at, payer }: BookPayment): readonly Readonly<Record<string, unknown>>[] {
  return [
    { Name: 'Amount', Value: cents / 100 },
    { Name: 'MpesaReceiptNumber', Value: receipt },
    // Always named, never filled.
    { Name: 'Balance' },
    { Name: 'TransactionDate', Value: Number(toStamp(at)) },
    { Name: 'PhoneNumber', Value: Number(payer.number) },
  ];
}
