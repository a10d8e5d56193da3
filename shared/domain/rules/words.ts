import { type Message, say } from '../message.ts';
import type { PaymentMark, RuleContent, SaleMark } from './types.ts';

/** What the sentences call each mark. */
const PAYERS: Readonly<Record<PaymentMark['by'], string>> = {
  'payer-name': 'name',
  'account-reference': 'account',
  'payer-code': 'code',
};
const BUYERS: Readonly<Record<SaleMark['by'], string>> = {
  customer: 'customer',
  'account-reference': 'account',
  cashier: 'cashier',
};

/** The rule as one sentence: "Payments from KAMAU HARDWARE go with sales to Kamau". */
export function ruleInWords(rule: RuleContent): Message {
  const { payment, sale } = rule;
  return say('rule.pair', {
    payer: PAYERS[payment.by],
    paid: payment.text,
    buyer: BUYERS[sale.by],
    sold: sale.text,
  });
}
