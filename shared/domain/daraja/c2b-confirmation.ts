import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { asCents, asObject, asStamp, asText } from './loose.ts';

/** A payment as Safaricom reported it at once. Unsigned: it is *reported*, never *settled*. */
export type C2bConfirmation = {
  readonly receipt: Receipt | null;
  readonly amount: Cents | null;
  readonly at: UtcMs | null;
  readonly shortCode: string | null;
  /** `Pay Bill`, `Buy Goods`, `Customer Merchant Payment`. */
  readonly type: string | null;
  /** Typed by the customer: data, never an instruction. */
  readonly reference: string | null;
  /** Opaque: full, masked, or a digest. Never a key. */
  readonly payerNumber: string | null;
  readonly payerName: string | null;
  /** After this payment, of the account that received it. */
  readonly balance: Cents | null;
};

/** Null when the body is no confirmation: it has neither a receipt nor a time under Safaricom's names. */
export function readC2bConfirmation(body: unknown): C2bConfirmation | null {
  const fields = asObject(body);
  if (fields === null) return null;
  const receipt = asText(fields.TransID);
  if (receipt === null || (asText(fields.TransAmount) === null && asText(fields.TransTime) === null))
    return null;
  const names = [fields.FirstName, fields.MiddleName, fields.LastName]
    .map(asText)
    .filter((name) => name !== null);
  return {
    receipt: parseReceipt(receipt),
    amount: asCents(fields.TransAmount),
    at: asStamp(fields.TransTime),
    shortCode: asText(fields.BusinessShortCode),
    type: asText(fields.TransactionType),
    reference: asText(fields.BillRefNumber),
    payerNumber: asText(fields.MSISDN),
    payerName: names.length === 0 ? null : names.join(' '),
    balance: asCents(fields.OrgAccountBalance),
  };
}
