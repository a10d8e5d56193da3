import { cents, toDecimal } from '#shared/domain/money.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import type { BookPayment } from '../book.ts';

/** Whether the `Z` of a pulled time is true (`utc`) or stands behind Nairobi's clock (`nairobi`): nobody has proved it. */
export type PulledZone = 'utc' | 'nairobi';

export function pulledRow(payment: BookPayment, shopName: string, zone: PulledZone): Record<string, unknown> {
  return {
    transactionId: payment.receipt,
    trxDate: trxDateOf(payment.at, zone),
    msisdn: Number(payment.payer.number),
    sender: payment.payer.name,
    transactiontype: payment.kind === 'buy-goods' ? 'c2b-buy-goods-debit' : 'c2b-pay-bill-debit',
    billreference: payment.reference,
    amount: toDecimal(cents(payment.cents)),
    organizationname: shopName,
  };
}

function trxDateOf(at: UtcMs, zone: PulledZone): string {
  const shown = zone === 'utc' ? at : at + 3 * HOUR;
  return `${new Date(shown).toISOString().slice(0, 19)}Z`;
}
