import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { type StkOutcome, stkOutcome } from './codes.ts';
import { asCents, asObject, asStamp, asText } from './loose.ts';
import { firstValueOf, readParameters } from './parameters.ts';

/** What became of a prompt on a customer's phone. */
export type StkCallback = {
  readonly code: string | null;
  readonly text: string | null;
  readonly outcome: StkOutcome;
  readonly merchantRequestId: string | null;
  readonly checkoutRequestId: string | null;
  readonly receipt: Receipt | null;
  readonly amount: Cents | null;
  readonly at: UtcMs | null;
  readonly payerNumber: string | null;
};

/** `{Body: {stkCallback: {…}}}`, or what is inside; null for anything else. A failure has no metadata. */
export function readStkCallback(body: unknown): StkCallback | null {
  const outer = asObject(body);
  const inner = asObject(asObject(outer?.Body)?.stkCallback) ?? asObject(outer?.stkCallback) ?? outer;
  if (inner === null || asText(inner.CheckoutRequestID) === null || asText(inner.ResultCode) === null)
    return null;
  const items = readParameters(inner.CallbackMetadata, 'Item');
  const code = asText(inner.ResultCode);
  const receipt = asText(firstValueOf(items, 'MpesaReceiptNumber'));
  return {
    code,
    text: asText(inner.ResultDesc),
    outcome: code === null ? 'unknown' : stkOutcome(code),
    merchantRequestId: asText(inner.MerchantRequestID),
    checkoutRequestId: asText(inner.CheckoutRequestID),
    receipt: receipt === null ? null : parseReceipt(receipt),
    amount: asCents(firstValueOf(items, 'Amount')),
    at: asStamp(firstValueOf(items, 'TransactionDate')),
    payerNumber: asText(firstValueOf(items, 'PhoneNumber')),
  };
}
