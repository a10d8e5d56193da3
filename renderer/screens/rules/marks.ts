import { isTellingMark } from '#shared/domain/rules/marks.ts';
import type { PaymentMark, RuleContent, SaleMark } from '#shared/domain/rules/types.ts';

/** The two things a rule looks at: what the payment shows and what the sale shows. */
export type Marks = Pick<RuleContent, 'payment' | 'sale'>;

/** Text ids of what a rule may look at, in the order in which a person would choose. */
export const PAYMENT_CHOICES: readonly { by: PaymentMark['by']; label: string }[] = [
  { by: 'payer-name', label: 'rules.by-payer-name' },
  { by: 'account-reference', label: 'rules.by-paid-account' },
  { by: 'payer-code', label: 'rules.by-payer-code' },
];
export const SALE_CHOICES: readonly { by: SaleMark['by']; label: string }[] = [
  { by: 'customer', label: 'rules.by-customer' },
  { by: 'account-reference', label: 'rules.by-sale-account' },
  { by: 'cashier', label: 'rules.by-cashier' },
];

/** True when both sides say enough for a rule; the core asks the same. */
export function areMarksTelling({ payment, sale }: Marks): boolean {
  return isTellingMark(payment.text) && isTellingMark(sale.text);
}

/** The marks as they would be stored: without spaces around them. */
export function trimMarks({ payment, sale }: Marks): Marks {
  return {
    payment: { by: payment.by, text: payment.text.trim() },
    sale: { by: sale.by, text: sale.text.trim() },
  };
}
