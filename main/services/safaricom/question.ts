import type { Identity } from '#shared/domain/daraja/requests.ts';
import type { Message } from '#shared/domain/message.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { UtcMs } from '#shared/domain/time.ts';

export type { Identity };

/** Everything that may be asked of Safaricom but a reversal, which has an approval of its own. */
export type Question =
  | {
      readonly product: 'status';
      readonly shortCode: string;
      readonly receipt: Receipt;
      /** Without one, what the doctor learnt counts, else the number itself and `4`. */
      readonly identity?: Identity;
    }
  | {
      readonly product: 'status';
      readonly shortCode: string;
      /** Of an earlier request of ours: what became of what it asked for. */
      readonly conversationId: string;
      readonly identity?: Identity;
    }
  | { readonly product: 'balance'; readonly shortCode: string }
  | {
      readonly product: 'pull-query';
      readonly shortCode: string;
      readonly from: UtcMs;
      readonly to: UtcMs;
      readonly offset: number;
    }
  | {
      readonly product: 'pull-register';
      readonly shortCode: string;
      /** Safaricom's number in the KYC of the short code: `2547…`. */
      readonly nominatedNumber: string;
    }
  | { readonly product: 'c2b-register'; readonly shortCode: string }
  | { readonly product: 'stk-query'; readonly shortCode: string; readonly checkoutRequestId: string };

/** Why nothing was asked at all; no call was written. */
export type CannotAsk =
  | 'no-app'
  | 'no-operator'
  | 'no-passkey'
  /** Safaricom refused the credential, and the owner has not acted yet. */
  | 'credential-refused'
  /** Answers come through the relay, and none is paired or its keys cannot be read. */
  | 'no-relay'
  | 'keychain'
  | 'no-certificate'
  /** Two answers in a row never came: nothing is asked in the background until one does. */
  | 'silence'
  /** The operator's password was set and never proved, and its first question is not answered yet: a wrong one locks. */
  | 'being-tried';

/** How asking ended. */
export type Asked =
  /** Safaricom will answer by callback. */
  | { readonly type: 'accepted'; readonly callId: number }
  /** The answer itself, of a product that answers at once. */
  | { readonly type: 'answered'; readonly callId: number; readonly body: unknown }
  | { readonly type: 'refused'; readonly callId: number; readonly code: string | null; readonly why: Message }
  | { readonly type: 'not-sent'; readonly callId: number; readonly why: Message }
  /** It may have been taken, and an answer may still come. */
  | { readonly type: 'lost'; readonly callId: number; readonly why: Message }
  | { readonly type: 'cannot-ask'; readonly reason: CannotAsk; readonly why: Message };
