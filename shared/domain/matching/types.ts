import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { Party } from '../party.ts';
import type { ShopRule } from '../rules/types.ts';
import type { SaleKind, Tender } from '../sales/types.ts';
import type { Direction, MovementKind, MovementStatus } from '../statement/types.ts';
import type { BusinessDay, UtcMs } from '../time.ts';

/** Ids of movements and sales: positive integers, unique within their side. */
export type LineId = number;
export type SaleId = number;

/** A movement as the matcher sees it. */
export type MatchLine = {
  readonly id: LineId;
  readonly till: string;
  readonly account: string;
  readonly receipt: string;
  readonly direction: Direction;
  readonly amountCents: Cents;
  readonly at: UtcMs;
  readonly day: BusinessDay;
  readonly kind: MovementKind;
  readonly status: MovementStatus;
  readonly accountReference: string | null;
  readonly linkedReceipt: string | null;
  readonly party: Party;
  /** What the account held after this movement; null or absent where no source states it. */
  readonly balanceCents?: Cents | null;
  /** True for a payment that only a notice has reported: no statement and no Pull has shown it. */
  readonly isReported?: boolean;
};

/** A sale as the matcher sees it. */
export type MatchSale = {
  readonly id: SaleId;
  /** The till it was paid to; null = any. */
  readonly till: string | null;
  readonly reference: string | null;
  readonly receipt: string | null;
  readonly accountReference: string | null;
  /** Negative for a refund. */
  readonly amountCents: Cents;
  /** Null when only the date is known. */
  readonly at: UtcMs | null;
  readonly day: BusinessDay;
  readonly kind: SaleKind;
  readonly tender: Tender;
  readonly isCancelled: boolean;
  /** Typed or edited by a person: never matched as certain. */
  readonly isTyped: boolean;
  readonly phone: string | null;
  readonly customer: string | null;
  /** Who rang it up; null or absent where no source says. Only the shop's own rules look at it. */
  readonly cashier?: string | null;
};

export type LinkKind = 'sale' | 'charge-of' | 'reversal-of' | 'sweep' | 'day-total';
export type Rule =
  | 'same-receipt'
  | 'receipt-slip'
  | 'account-reference'
  | 'shop-rule'
  | 'amount-time'
  | 'one-for-many'
  | 'many-for-one'
  | 'sweep'
  | 'charge-of'
  | 'reversal-of'
  | 'day-total'
  | 'by-hand';
export type Band = 'certain' | 'likely' | 'possible';
export type ExceptionKind =
  | 'paid-not-sold'
  | 'sold-not-paid'
  | 'amount-differs'
  | 'receipt-used-twice'
  | 'wrong-day'
  | 'reversed-after-sale'
  | 'unexpected-charge'
  | 'unknown-receipt';

/** A link that stands: made by a person, or outside the days being matched. The matcher never touches its items. */
export type FixedLink = {
  readonly kind: LinkKind;
  readonly lines: readonly LineId[];
  readonly sales: readonly SaleId[];
};

/** A pair that a person has refused ("not this"): never proposed again. */
export type RefusedPair = { readonly line: LineId; readonly sale: SaleId };

/** A payment that a person holds for a sale: shown at the counter, and not to be used for another. */
export type StandingClaim = { readonly receipt: string; readonly sale: SaleId };

export type MatchInput = {
  readonly lines: readonly MatchLine[];
  readonly sales: readonly MatchSale[];
  readonly fixed: readonly FixedLink[];
  readonly refused: readonly RefusedPair[];
  /** One a receipt at most; absent = none. */
  readonly claims?: readonly StandingClaim[];
  /** Receipts of payments that Safaricom says were sent back, while no line of the books does; absent = none. */
  readonly saidReversed?: readonly string[];
  /** The shop's own rules that are switched on, in their order; absent = none. */
  readonly rules?: readonly ShopRule[];
};

export type MatchSettings = {
  /** The payment may be this much before the sale. */
  readonly beforeMs: number;
  /** The payment may be this much after the sale. */
  readonly afterMs: number;
  /** The window for amount-and-time matching without any reference. */
  readonly amountWindowMs: number;
  /** Steps the sum search may take for one item before it gives up. */
  readonly sumSearchSteps: number;
  /** Most items in one sum. */
  readonly sumSearchItems: number;
};

/** One proposed or applied link. `ambiguityGroup` ties the alternatives of one ambiguity together. */
export type Proposal = {
  readonly kind: LinkKind;
  /** Sorted by id. For `charge-of` and `reversal-of`: the charge or reversal first, then what it belongs to. */
  readonly lines: readonly LineId[];
  readonly sales: readonly SaleId[];
  readonly rule: Rule;
  readonly band: Band;
  readonly why: Message;
  readonly ambiguityGroup: string | null;
};

export type MatchException = {
  readonly kind: ExceptionKind;
  readonly lines: readonly LineId[];
  readonly sales: readonly SaleId[];
  readonly amountCents: Cents;
  readonly why: Message;
};

/** Every list is in a canonical order that does not depend on the order of the input. */
export type MatchResult = {
  /** Certain: applied without asking. */
  readonly links: readonly Proposal[];
  /** Likely and possible: for a person. An ambiguity gives one entry an alternative. */
  readonly suggestions: readonly Proposal[];
  readonly exceptions: readonly MatchException[];
};
