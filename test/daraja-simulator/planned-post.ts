import type { ResultParts, Shape } from './bodies/result-body.ts';
import type { PostAbout } from './products.ts';

/** A POST to the shop that is still to come. Faults change it; the book stays as it is. */
export type PlannedPost = {
  readonly about: PostAbout;
  readonly url: string;
  /** Where Safaricom posts instead when it gives up waiting for itself; only of a result. */
  readonly timeoutUrl: string | null;
  readonly afterMs: number;
  /** Sent, and answered, before the call that asked for it has its acknowledgement. */
  readonly isBeforeAck: boolean;
  readonly body: PostBody;
};

export type PostBody =
  | { readonly kind: 'result'; readonly parts: ResultParts; readonly shape: Shape }
  | { readonly kind: 'other'; readonly value: unknown };
