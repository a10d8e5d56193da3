import { type Cents, subtract, sum, ZERO } from '#shared/domain/money.ts';
import type { PaymentView, SaleView } from '#shared/ipc/views.ts';

/** What the picked sides say: nothing to compare yet, equal, or how much is missing on which side. */
export type SumState =
  | { readonly state: 'incomplete' }
  | { readonly state: 'equal' }
  | { readonly state: 'find-sales'; readonly by: Cents }
  | { readonly state: 'find-payments'; readonly by: Cents };

export type SumMeter = { readonly paid: Cents; readonly sold: Cents } & SumState;

/** Money in counts for the shop, money out against it, so that a refund meets the payment that carried it. */
export function signedAmount(payment: Pick<PaymentView, 'amountCents' | 'direction'>): Cents {
  return payment.direction === 'in' ? payment.amountCents : subtract(ZERO, payment.amountCents);
}

/** Compares what is picked on both sides. */
export function readMeter(
  payments: readonly Pick<PaymentView, 'amountCents' | 'direction'>[],
  sales: readonly Pick<SaleView, 'amountCents'>[],
): SumMeter {
  const paid = sum(payments.map(signedAmount));
  const sold = sum(sales.map((sale) => sale.amountCents));
  const difference = subtract(paid, sold);
  if (payments.length === 0 && sales.length === 0) return { paid, sold, state: 'incomplete' };
  if (difference > 0) return { paid, sold, state: 'find-sales', by: difference };
  if (difference < 0) return { paid, sold, state: 'find-payments', by: subtract(ZERO, difference) };
  if (payments.length === 0 || sales.length === 0) return { paid, sold, state: 'incomplete' };
  return { paid, sold, state: 'equal' };
}

/** Both sides must have something; a difference must be explained. */
export function canMatchByHand(
  meter: SumMeter,
  picked: { payments: number; sales: number },
  note: string,
): boolean {
  if (picked.payments === 0 || picked.sales === 0) return false;
  return meter.state === 'equal' || note.trim().length >= 3;
}
