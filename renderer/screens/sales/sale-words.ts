import type { SaleColumn, SaleKind, Tender } from '#shared/domain/sales/types.ts';
import type { SaleView } from '#shared/ipc/views.ts';

/** Text ids of our own words for a sale, used wherever sales are shown. */
export const COLUMN_WORDS: Readonly<Record<SaleColumn, string>> = {
  time: 'mapping.column-time',
  amount: 'mapping.column-amount',
  reference: 'mapping.column-reference',
  receipt: 'mapping.column-receipt',
  phone: 'mapping.column-phone',
  customer: 'mapping.column-customer',
  account: 'mapping.column-account',
  cashier: 'mapping.column-cashier',
  status: 'mapping.column-status',
  tender: 'mapping.column-tender',
  till: 'mapping.column-till',
  kind: 'mapping.column-kind',
  description: 'mapping.column-description',
};

export const TENDERS: readonly Tender[] = ['mpesa', 'cash', 'card', 'bank', 'credit', 'other'];
export const KINDS: readonly SaleKind[] = ['sale', 'refund', 'day-total'];

export const TENDER_WORDS: Readonly<Record<Tender, string>> = {
  mpesa: 'sales.tender-mpesa',
  cash: 'sales.tender-cash',
  card: 'sales.tender-card',
  bank: 'sales.tender-bank',
  credit: 'sales.tender-credit',
  other: 'sales.tender-other',
};

export const KIND_WORDS: Readonly<Record<SaleKind, string>> = {
  sale: 'sales.kind-sale',
  refund: 'sales.kind-refund',
  'day-total': 'sales.kind-day-total',
};

export const STATUS_WORDS: Readonly<Record<SaleView['status'], string>> = {
  closed: 'sales.status-closed',
  cancelled: 'sales.status-cancelled',
  open: 'sales.status-open',
  void: 'sales.status-void',
};
