import type { Product } from '#shared/domain/daraja/product.ts';
import type { UtcMs } from '#shared/domain/time.ts';

/** The shop's Daraja app: what a token is asked for with. */
export type ConsumerKeys = { readonly key: string; readonly secret: string };

/** One request, complete but for its token. The adapter knows method and path of each product. */
export type LineRequest = {
  readonly product: Exclude<Product, 'token'>;
  readonly keys: ConsumerKeys;
  readonly body: Readonly<Record<string, string>>;
  /** Hears of a token that had to be fetched for this request, once it is known how that ended. */
  readonly hearToken?: HearToken;
};

/** Hears how the fetching of a token ended. Never the token. */
export type HearToken = (reply: LineReply) => void;

/** Why it is certain that a request had no effect: nothing of it was sent. */
export type NotSentReason =
  /** No network, no such name, no connection. */
  | 'offline'
  /** Somebody between us and Safaricom shows another certificate. */
  | 'tls'
  /** Safaricom gave no token for these keys. */
  | 'keys-refused'
  /** A token could not be had: busy, time-out, a page in place of an answer. */
  | 'no-token'
  /** Daftari is closing, or whoever asked changed their mind, before its turn came. */
  | 'aborted';

/** Why nobody knows whether a request took effect: it was sent, and its answer never came or cannot be read. */
export type LostReason = 'time-out' | 'cut-off' | 'no-json' | 'too-large' | 'redirected';

/**
 * How one request ended. Never thrown. `answered`: Safaricom answered with JSON, whatever its status; an answer that
 * says that the token is bad is given only after one try with a fresh token (never for a reversal).
 */
export type LineReply =
  | { readonly type: 'answered'; readonly status: number; readonly body: unknown }
  | {
      readonly type: 'not-sent';
      readonly reason: NotSentReason;
      readonly status?: number;
      readonly body?: unknown;
    }
  | { readonly type: 'lost'; readonly reason: LostReason; readonly status?: number };

/** The port to Safaricom: one request a second at most, one in flight a product, never a redirect. */
export type DarajaLine = {
  /** Where it leads; absent where it leads nowhere. */
  readonly origin?: string;
  readonly send: (request: LineRequest, signal?: AbortSignal) => Promise<LineReply>;
  /** Gets a token anew, whatever is kept: for the doctor. Status and body only where it was refused. */
  readonly checkKeys: (keys: ConsumerKeys) => Promise<LineReply>;
  /** Safaricom's clock minus ours, from the last Date header, and when that was; null before the first answer. */
  readonly clockGap: () => { readonly ms: number; readonly at: UtcMs } | null;
  /** Ends what waits; what is in flight is let finish. */
  readonly close: () => Promise<void>;
};
