import type { PaymentFate } from '../daraja/status-result.ts';
import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { Party } from '../party.ts';
import type { Receipt } from '../receipt.ts';
import type { Direction, MovementKind, MovementStatus } from '../statement/types.ts';
import type { TimePrecision, UtcMs } from '../time.ts';
import type { TextMarks } from './clean-text.ts';
import type { PayeeVerdict } from './payee.ts';

/** Where a fact came from (design: evidence has a channel). */
export type Channel = 'file' | 'direct' | 'relay' | 'typed';

/** One thing that showed a movement. */
export type Source = {
  readonly kind: 'statement-line' | 'pulled-row' | 'confirmation' | 'status-answer';
  readonly channel: Channel;
  /** Up to when it vouches: the end of what the file covers, or when the answer was given. */
  readonly at: UtcMs;
  readonly file: string | null;
  readonly row: number | null;
};

/** A live movement of the books that has the receipt. */
export type KnownMovement = {
  readonly id: number;
  readonly till: string;
  readonly amount: Cents;
  readonly at: UtcMs;
  readonly precision: TimePrecision;
  readonly direction: Direction;
  readonly kind: MovementKind;
  readonly status: MovementStatus;
  readonly party: Party;
  /** A statement or Safaricom itself showed it; false = only what a relay carried. */
  readonly isSettled: boolean;
  readonly sources: readonly Source[];
};

/** A movement that sent the payment back. */
export type KnownReversal = { readonly receipt: string; readonly amount: Cents; readonly at: UtcMs };

/** A sale that the payment is linked with. */
export type UsedFor = {
  readonly saleId: number;
  readonly name: string | null;
  readonly amount: Cents;
  readonly linkedAt: UtcMs;
  readonly by: string;
};

/** A sale whose cashier typed this receipt, and that no link has yet. */
export type NamedBy = { readonly saleId: number; readonly name: string | null; readonly amount: Cents };

export type KnownClaim = {
  readonly id: number;
  readonly at: UtcMs;
  readonly by: string;
  readonly sale: { readonly id: number; readonly name: string | null } | null;
  readonly endedAt: UtcMs | null;
};

/** An earlier look-up of the same receipt. */
export type ShownBefore = {
  readonly id: number;
  readonly at: UtcMs;
  readonly by: string;
  /** Somebody showed it at the counter again: long enough ago, or to somebody else. */
  readonly counts: boolean;
};

/** What Safaricom answered when it was asked about the receipt. */
export type KnownAnswer = {
  readonly id: number;
  /** The short code that the question was put for. */
  readonly askedFor: string;
  readonly at: UtcMs;
  readonly fate: PaymentFate;
  /** False: the question itself was refused, and nothing is said of the payment. */
  readonly isAnswered: boolean;
  readonly code: string | null;
  readonly text: string | null;
  readonly state: string | null;
  readonly amount: Cents | null;
  readonly completedAt: UtcMs | null;
  /** Whom it was paid to; null where the answer does not say, or not clearly. */
  readonly paidTo: string | null;
  readonly isOurs: boolean | null;
  /** The money came from one of our own numbers: a payment that the shop made. */
  readonly isFromUs: boolean;
  readonly payer: Party | null;
};

/** A confirmation of a payment to a number that is not ours: it is in no books. */
export type ForeignConfirmation = { readonly at: UtcMs; readonly shortCode: string; readonly amount: Cents };

/** How the question to Safaricom stands. */
export type Asking = {
  readonly state: 'not-asked' | 'waiting' | 'answered' | 'silent' | 'could-not-ask';
  readonly at: UtcMs | null;
  /** Why it could not be asked, or why nobody knows whether the question arrived. */
  readonly why: Message | null;
};

/** What the message said, as it was kept. */
export type KeptStatement = {
  readonly amount: Cents | null;
  readonly at: UtcMs | null;
  readonly payee: string | null;
  readonly payeeIs: PayeeVerdict | null;
  readonly payer: Party | null;
};

/** A payment of the books whose receipt differs by one slip of the hand. */
export type NearMiss = {
  readonly id: number;
  readonly receipt: string;
  readonly amount: Cents;
  readonly at: UtcMs;
};

export type AskedBack = {
  /** `R-000123`. */
  readonly name: string;
  /** Safaricom, a statement or a person says that the money went back. */
  readonly isBack: boolean;
  readonly channel: 'file' | 'direct' | 'relay' | 'typed';
  readonly at: UtcMs;
};

/** Everything that is known of one receipt. The order within a list says nothing. */
export type LookUpFacts = {
  readonly receipt: Receipt;
  readonly now: UtcMs;
  readonly marks: TextMarks | null;
  /** How many other codes stood in the same text. */
  readonly otherCodes: number;
  readonly stated: KeptStatement | null;
  readonly movements: readonly KnownMovement[];
  readonly reversals: readonly KnownReversal[];
  /** A request of ours to send it back: one that is under way, or that did. */
  readonly askedBack?: AskedBack | null;
  readonly usedFor: readonly UsedFor[];
  readonly namedBy: readonly NamedBy[];
  readonly claims: readonly KnownClaim[];
  readonly shownBefore: readonly ShownBefore[];
  readonly answers: readonly KnownAnswer[];
  readonly foreign: readonly ForeignConfirmation[];
  readonly asking: Asking;
  /** The short codes of the shop that a question can be put for; one whose operator was refused is none. */
  readonly askable: readonly string[];
  /** A statement or Pull covers the time that the message, or a date, gives: it would be in the books. */
  readonly isCovered: boolean;
  readonly nearMisses: readonly NearMiss[];
  /** Above what the owner takes on a confirmation alone. */
  readonly isLarge: boolean;
};
