import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { Party } from '../party.ts';
import type { Receipt } from '../receipt.ts';
import type { TimePrecision, UtcMs } from '../time.ts';

/** One file layout in one container, as the command line names it. A new layout is one new file in main/readers. */
export type LayoutId =
  | 'portal-csv'
  | 'portal-xls'
  | 'portal-xlsx'
  | 'statements-csv'
  | 'statements-xlsx'
  | (string & {});

export type Direction = 'in' | 'out';

/** What a movement is. The list of Safaricom's own words is open; what nobody knows is `other`. */
export type MovementKind =
  | 'customer-payment'
  | 'charge'
  | 'reversal'
  | 'sweep'
  | 'loan'
  | 'loan-repayment'
  | 'withdrawal'
  | 'business-payment'
  | 'other';

/** Only `completed` counts; the others are kept as evidence. */
export type MovementStatus =
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'declined'
  | 'attempted'
  | 'reversed'
  | 'other';

/** What the head of a file, or its name, states about one account. Null is *not stated*. */
export type StatementAccount = {
  readonly shortCode: string | null;
  readonly account: string;
  readonly openingCents: Cents | null;
  readonly closingCents: Cents | null;
  readonly totalInCents: Cents | null;
  /** Positive. */
  readonly totalOutCents: Cents | null;
};

/** What a statement file states about itself, before its rows. */
export type StatementHead = {
  readonly layout: LayoutId;
  readonly holder: string | null;
  readonly shortCode: string | null;
  readonly accounts: readonly StatementAccount[];
  readonly periodFrom: UtcMs | null;
  /** The last instant of the period, inclusive. */
  readonly periodTo: UtcMs | null;
  readonly reportAt: UtcMs | null;
  /** The code on a printed statement by which Safaricom says (*334#) whether it is theirs. */
  readonly verificationCode?: string;
};

/** One row of a statement as read: nothing classified, nothing corrected. `row` is 1-based in the file. */
export type StatementLine = {
  readonly row: number;
  readonly shortCode: string;
  readonly account: string;
  readonly receipt: Receipt;
  readonly completedAt: UtcMs;
  readonly precision: TimePrecision;
  readonly initiatedAt: UtcMs | null;
  readonly details: string;
  readonly status: MovementStatus;
  readonly direction: Direction;
  /** Always positive. */
  readonly amountCents: Cents;
  /** The balance after this row, null when the layout has none. */
  readonly balanceCents: Cents | null;
  readonly reasonType: string | null;
  readonly otherParty: string | null;
  readonly linkedReceipt: Receipt | null;
  readonly accountReference: string | null;
  /** True when a spreadsheet changed the row and the reader could mend it with certainty. */
  readonly isMended: boolean;
};

/** A row that was not taken, or was taken with a warning. The rest of the file is not held back. */
export type RowProblem = {
  readonly row: number;
  readonly reason: Message;
  /** What the row is about, when a row that was not taken at least says that. */
  readonly receipt?: Receipt;
};

/** What the classifier adds to a line. The personal parts are apart, so that no hash covers them. */
export type ClassifiedLine = StatementLine & {
  readonly kind: MovementKind;
  readonly party: Party;
  /** `details` with the party cut out: `Pay Bill from {party} Acc. {ref}`. */
  readonly detailsTemplate: string;
  /** 1 for the first of equal rows (receipt, direction, amount) of one source, 2 for the next… */
  readonly occurrence: number;
};

/** What goes on to the ledger: the texts as they came, with whoever they name, have been taken apart and stay behind. */
export type BookedLine = Omit<ClassifiedLine, 'details' | 'otherParty'>;
