import type { UtcMs } from '#shared/domain/time.ts';
import type { PostAbout, Product } from './products.ts';
import type { Delivery } from './wire/post.ts';
import type { Reply } from './wire/reply.ts';

/** A call that reached the simulator, from the moment its body was read. */
export type CallEntry = {
  readonly at: UtcMs;
  readonly product: Product | null;
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly contentType: string | null;
  /** The body as JSON; null when it is none. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly text: string;
  /** The fault that befell it. */
  readonly fault: string | null;
  /** Null until it was answered. Says what was to be sent: `manner` says how much of it arrived. */
  readonly reply: Reply | null;
};

/** A POST to the shop, once it has ended. */
export type PostEntry = {
  readonly at: UtcMs;
  readonly about: PostAbout;
  readonly url: string;
  readonly body: unknown;
  readonly delivery: Delivery;
};

export type Journal = {
  /** All calls in the order in which they came, or those of one product. */
  readonly calls: (product?: Product) => readonly CallEntry[];
  readonly posts: (about?: PostAbout) => readonly PostEntry[];
  /** Notes a call, and gives what fills in its fault and its answer. */
  readonly noteCall: (
    call: Omit<CallEntry, 'fault' | 'reply'>,
  ) => (rest: Pick<CallEntry, 'fault' | 'reply'>) => void;
  readonly notePost: (post: PostEntry) => void;
};

export function openJournal(): Journal {
  const calls: CallEntry[] = [];
  const posts: PostEntry[] = [];
  return {
    calls: (product) => calls.filter((each) => product === undefined || each.product === product),
    posts: (about) => posts.filter((each) => about === undefined || each.about === about),
    noteCall: (call) => {
      const place = calls.push({ ...call, fault: null, reply: null }) - 1;
      return (rest) => {
        calls[place] = { ...call, ...rest };
      };
    },
    notePost: (post) => {
      posts.push(post);
    },
  };
}
