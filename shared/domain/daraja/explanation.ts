import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { BusinessDay, UtcMs } from '../time.ts';
import type { AccountBalance } from './balance-result.ts';
import type { DarajaParty } from './parties.ts';
import type { PulledRow } from './pull-answer.ts';
import type { SmsShape } from './sms.ts';

export type ExplanationKind =
  | 'status-result'
  | 'reversal-result'
  | 'balance-result'
  | 'timeout'
  | 'c2b-confirmation'
  | 'stk-callback'
  | 'pull-answer'
  | 'sms'
  | 'receipt'
  | 'unreadable';

export type Outcome = 'completed' | 'failed' | 'reversed' | 'pending' | 'not-found' | 'unknown';

/** What was understood of a body, a message or a receipt. What it does not say is absent. */
export type Explanation = {
  readonly kind: ExplanationKind;
  readonly code?: string;
  readonly text?: string;
  readonly outcome?: Outcome;
  readonly receipt?: string;
  readonly originalReceipt?: string;
  readonly amount?: Cents;
  readonly parties?: readonly DarajaParty[];
  readonly startedAt?: UtcMs;
  readonly completedAt?: UtcMs;
  readonly accounts?: readonly (Pick<AccountBalance, 'name' | 'current'> & Partial<AccountBalance>)[];
  readonly rows?: readonly PulledRow[];
  /** Of the account that received the payment. */
  readonly balanceAfter?: Cents;
  /** What the customer typed as account. */
  readonly reference?: string;
  /** The day that the letters of a receipt name. */
  readonly day?: BusinessDay;
  /** Whose phone a message was written for. */
  readonly shape?: SmsShape;
  /** Whom a customer's message says was paid. */
  readonly payee?: string;
  /** Our question's own ids, to find it by. */
  readonly originatorConversationId?: string;
  readonly conversationId?: string;
  /** Why nothing could be read. */
  readonly reason?: Message;
  readonly warnings: readonly Message[];
};

/** Drops what is not there: absent, never null. */
export function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** As what it is named to a person: a result of which nobody knows what it answers is no less a result. */
export function kindToSay({ kind, outcome }: Explanation): string {
  return kind === 'unreadable' && outcome !== undefined ? 'other-result' : kind;
}
