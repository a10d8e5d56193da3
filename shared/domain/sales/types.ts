import type { Cents } from '../money.ts';
import type { Receipt } from '../receipt.ts';
import type { BusinessDay, TimePrecision, UtcMs } from '../time.ts';

/** How a sale was paid. Only `mpesa` is expected on the till; the rest is kept and counted apart. */
export type Tender = 'mpesa' | 'cash' | 'card' | 'bank' | 'credit' | 'other';
/** A refund is negative. A day total (Z report, shift) is compared with a sum, never with one payment. */
export type SaleKind = 'sale' | 'refund' | 'day-total';
export type SaleStatus = 'closed' | 'cancelled' | 'open';

/** One row of the shop's record as read. `row` is 1-based in the file. */
export type SaleRow = {
  readonly row: number;
  readonly reference: string | null;
  /** Null when the source gives a date alone. */
  readonly soldAt: UtcMs | null;
  readonly day: BusinessDay;
  readonly precision: TimePrecision;
  /** Negative for a refund. */
  readonly amountCents: Cents;
  readonly tender: Tender;
  readonly kind: SaleKind;
  readonly status: SaleStatus;
  /** Receipt code as the cashier typed it, tidied; may hold a slip. */
  readonly receipt: Receipt | null;
  readonly accountReference: string | null;
  readonly phone: string | null;
  readonly customer: string | null;
  readonly cashier: string | null;
  readonly till: string | null;
  /** What was sold, if the source says. */
  readonly description: string | null;
  /** 1 for the first of equal rows (the identity of a sale), 2 for the next… */
  readonly occurrence: number;
  readonly isMended: boolean;
};

/** Our columns, to which a header of any file is mapped. */
export type SaleColumn =
  | 'time'
  | 'amount'
  | 'reference'
  | 'receipt'
  | 'phone'
  | 'customer'
  | 'account'
  | 'cashier'
  | 'status'
  | 'tender'
  | 'till'
  | 'kind'
  | 'description';

export const SALE_COLUMNS: readonly SaleColumn[] = [
  'time',
  'amount',
  'reference',
  'receipt',
  'phone',
  'customer',
  'account',
  'cashier',
  'status',
  'tender',
  'till',
  'kind',
  'description',
];

/** Their header → our column. Headers that are not listed are left out. */
export type ColumnMap = Readonly<Record<string, SaleColumn>>;
