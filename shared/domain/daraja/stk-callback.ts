import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { type StkOutcome, stkContradicts, stkOutcome } from './codes.ts';
import { asCents, asObject, asStamp, asText } from './loose.ts';
import { isDisputed, type Parameters, readParameters, soleValueOf } from './parameters.ts';

/** What became of a prompt on a customer's phone. */
export type StkCallback = {
  readonly code: string | null;
  readonly text: string | null;
  readonly outcome: StkOutcome;
  readonly isContradictory: boolean;
  readonly merchantRequestId: string | null;
  readonly checkoutRequestId: string | null;
  readonly receipt: Receipt | null;
  readonly amount: Cents | null;
  readonly at: UtcMs | null;
  readonly payerNumber: string | null;
  readonly items: Parameters;
};

/** `{Body: {stkCallback: {…}}}`, or what is inside; null for anything else. A failure has no metadata. */
export function readStkCallback(body: unknown): StkCallback | null {
  const outer = asObject(body);
  const inner = asObject(asObject(outer?.Body)?.stkCallback) ?? asObject(outer?.stkCallback) ?? outer;
  if (inner === null || asText(inner.CheckoutRequestID) === null || asText(inner.ResultCode) === null)
    return null;
  const items = readParameters(inner.CallbackMetadata, 'Item');
  const code = asText(inner.ResultCode);
  const text = asText(inner.ResultDesc);
  const isContradictory = code !== null && stkContradicts(code, text);
  const isUncertain =
    isContradictory || ['MpesaReceiptNumber', 'Amount'].some((key) => isDisputed(items, key));
  const receipt = asText(soleValueOf(items, 'MpesaReceiptNumber'));
  return {
    code,
    text,
    outcome: code === null || isUncertain ? 'unknown' : stkOutcome(code),
    isContradictory,
    merchantRequestId: asText(inner.MerchantRequestID),
    checkoutRequestId: asText(inner.CheckoutRequestID),
    receipt: receipt === null ? null : parseReceipt(receipt),
    amount: asCents(soleValueOf(items, 'Amount')),
    at: asStamp(soleValueOf(items, 'TransactionDate')),
    payerNumber: asText(soleValueOf(items, 'PhoneNumber')),
    items,
  };
}
