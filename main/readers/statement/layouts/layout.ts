import type { LayoutId, MovementStatus } from '#shared/domain/statement/types.ts';
import type { ContainerKind } from '../../container/types.ts';

/** `any`: no form is the file's own, so a date in another is no sign of damage. */
export type DateSeparator = '-' | '/' | 'iso' | 'any';

/** Columns that a statement may have. */
export type StatementColumn =
  | 'receipt'
  | 'completedAt'
  | 'initiatedAt'
  | 'details'
  | 'status'
  | 'paidIn'
  | 'withdrawn'
  | 'balance'
  | 'reasonType'
  | 'otherParty'
  | 'linkedReceipt'
  | 'accountReference'
  | 'currency'
  | 'shortCode'
  /** The account of a row, where a file holds several and says so. */
  | 'account';

/** What a file says about itself outside its rows, as text: nothing is parsed yet. */
export type HeadText = {
  readonly holder?: string;
  readonly shortCode?: string;
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reportAt?: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly totalIn?: string;
  readonly totalOut?: string;
  /** What all rows of the file add up to, whatever their account, as the file states it. */
  readonly documentIn?: string;
  readonly documentOut?: string;
  /** The code by which Safaricom vouches for a printed statement. */
  readonly verificationCode?: string;
};

/** One layout of a statement. A new layout is a new file with one of these, and a line in `index.ts`. */
export type StatementLayout = {
  id(kind: ContainerKind): LayoutId;
  /** Normalised names (see `normaliseHeader`) of each column; an empty list for a column it does not have. */
  readonly columns: Readonly<Record<StatementColumn, readonly string[]>>;
  /** Without these a header is not of this layout. */
  readonly required: readonly StatementColumn[];
  /** Columns of which at least one tells this layout from its relatives. */
  readonly telling: readonly StatementColumn[];
  /** Only in these containers; absent = in any. */
  readonly kinds?: readonly ContainerKind[];
  /** Whether a header with the required columns is of this layout after all. */
  fits?(cells: readonly string[], columns: ReadonlyMap<StatementColumn, number>): boolean;
  /** True when its names may stand a cell beside what is below them. */
  readonly mayBeOutOfStep?: boolean;
  /** True when nothing in it is quoted, so that a comma in `Details` makes a cell too many. */
  readonly isUnquoted?: boolean;
  /** For a layout without a status: what each of its rows is. */
  readonly statusOfAll?: MovementStatus;
  /** The form of its own dates: `dd-mm-yyyy`, `dd/mm/yyyy` or `yyyy-mm-dd`, each with ` HH:MM:SS`. */
  readonly dateSeparator: DateSeparator;
  /** True when one file holds rows of several accounts, so that each row says its own. */
  readonly hasManyAccounts: boolean;
  /** Whether a row above the header is one of those that state the head. */
  isPreamble(cells: readonly string[]): boolean;
  /** What the rows above the header and the file's name state. */
  readHead(preamble: readonly (readonly string[])[], fileName: string): HeadText;
};
