/** What a payment shows that a rule may look at. Plain text, compared word by word; never a pattern. */
export type PaymentMark = {
  readonly by: 'payer-name' | 'account-reference' | 'payer-code';
  readonly text: string;
};

/** What a sale shows that a rule may look at. */
export type SaleMark = {
  readonly by: 'customer' | 'account-reference' | 'cashier';
  readonly text: string;
};

/**
 * What a rule says. `pair`: payments with the one mark go with sales with the other, when amount and day agree. The
 * union is closed and small on purpose: every kind has its own words, its own dry run and its own bounds.
 */
export type RuleContent = {
  readonly kind: 'pair';
  readonly payment: PaymentMark;
  readonly sale: SaleMark;
};

/** A rule of the shop that is switched on. Rules are tried in the order of the list they stand in. */
export type ShopRule = RuleContent & { readonly id: number };

/** The longest text of a mark. */
export const MAX_MARK = 100;
