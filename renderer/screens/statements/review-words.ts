import type { ReviewView } from '#shared/ipc/views.ts';

export const REVIEW_WORDS: Readonly<Record<ReviewView['kind'], string>> = {
  'changed-line': 'reviews.changed-line',
  'vanished-line': 'reviews.vanished-line',
  'changed-sale': 'reviews.changed-sale',
  'vanished-sale': 'reviews.vanished-sale',
};

/** Text ids of the fields that main puts on the two sides of a review. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  receipt: 'reviews.field-receipt',
  amount: 'reviews.field-amount',
  status: 'reviews.field-status',
  time: 'reviews.field-time',
  day: 'reviews.field-day',
  details: 'reviews.field-details',
  balance: 'reviews.field-balance',
  account: 'reviews.field-account',
  direction: 'reviews.field-direction',
  reference: 'reviews.field-reference',
  tender: 'reviews.field-tender',
  till: 'app.till',
  cashier: 'reviews.field-cashier',
  customer: 'reviews.field-customer',
  phone: 'reviews.field-phone',
  kind: 'reviews.field-kind',
  party: 'reviews.field-party',
  description: 'reviews.field-description',
};
