import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UtcMs } from '#shared/domain/time.ts';
import { openActivity } from './activity.ts';
import { answerCall, readBody } from './answer-call.ts';
import type { Book, BookPayment, PaymentWords } from './book.ts';
import { openCallbacks } from './callbacks.ts';
import { type Certificate, certificateOf, type Environment } from './certificate.ts';
import { openRealClock, openVirtualClock, type SimulatorClock } from './clock.ts';
import type { Fault } from './fault.ts';
import { type Journal, openJournal } from './journal.ts';
import { openLimits } from './limits.ts';
import { openWorld } from './open-world.ts';
import type { Operators } from './operators.ts';
import type { PlannedPost } from './planned-post.ts';
import { confirm } from './products/c2b.ts';
import { findRoute } from './products.ts';
import { openScript, type Script } from './script.ts';
import type { PromptAnswer, PromptWords, ShopWords } from './shop.ts';
import type { Tokens } from './tokens.ts';
import { listen, readIncoming, type Tls } from './wire/listen.ts';
import { openPoster } from './wire/post.ts';
import { type Reply, replyJson } from './wire/reply.ts';
import { sendReply } from './wire/send-reply.ts';
import type { Rules, World } from './world.ts';

export type SimulatorOptions = {
  readonly environment?: Environment;
  readonly shop?: ShopWords;
  readonly rules?: Partial<Rules>;
  /** The same seed gives the same ids, receipts and latencies. */
  readonly seed?: number;
  /** A virtual clock begins here and stands until `advance`; `real` is the computer's. */
  readonly clock?: UtcMs | 'real';
  /** The demo's month up to yesterday is in the book. */
  readonly hasDemoMonth?: boolean;
  /** Where a public address really is: `https://relay.example/…` on this computer. */
  readonly carry?: (url: URL) => URL;
  /** The address that a proxy before the relay would name, such as one of Safaricom's; none by default. */
  readonly sentFrom?: string;
  /** HTTPS with this certificate, in place of plain HTTP. */
  readonly tls?: Tls;
};

export type Simulator = Pick<Script, 'next' | 'always'> & {
  readonly origin: string;
  readonly environment: Environment;
  readonly shop: ShopWords;
  /** The certificates that passwords are sealed with; only the one of `environment` opens here. */
  readonly certificates: Readonly<Record<Environment, Certificate>>;
  readonly book: Book;
  readonly operators: Operators;
  readonly tokens: Pick<Tokens, 'forgetAll'>;
  readonly journal: Journal;
  readonly now: () => UtcMs;
  /** Moves the virtual clock; resolves when all that fell due has happened. */
  readonly advance: SimulatorClock['advance'];
  /** Resolves when nothing is under way but what waits for the clock. */
  readonly settle: () => Promise<void>;
  readonly unusedFaults: Script['unused'];
  /** A customer pays now; the shop is told if it has registered an address. */
  readonly pay: (words: Omit<PaymentWords, 'at'>) => BookPayment;
  /** The shop is told of a payment that is in the book, as if it had been told only now. */
  readonly tell: (payment: BookPayment) => void;
  /** A prompt that an STK query will find. */
  readonly prompt: (words: PromptWords) => void;
  /** What the customer does with the next prompt that a push brings; usually everybody pays. */
  readonly nextPrompt: (answer: PromptAnswer) => void;
  /** Posts a body of the caller's own to the shop: forged, damaged or of no question. */
  readonly post: (url: string, body: unknown) => Promise<void>;
  /** Ends everything: no timer, connection or server stays. */
  readonly close: () => Promise<void>;
};

/** 2026-11-20, 10:00 in Nairobi. */
export const STARTS_AT = Date.UTC(2026, 10, 20, 7) as UtcMs;
const SEED = 1;

/** Starts a Safaricom of our own on this computer. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { environment = 'sandbox', seed = SEED, carry = (url: URL) => url, sentFrom = null } = options;
  const activity = openActivity();
  const clock =
    options.clock === 'real'
      ? openRealClock(activity)
      : openVirtualClock(options.clock ?? STARTS_AT, activity);
  const world = openWorld({
    environment,
    clock,
    seed,
    shop: options.shop,
    rules: options.rules,
    hasDemoMonth: options.hasDemoMonth ?? false,
  });
  const journal = openJournal();
  const script = openScript();
  const limits = openLimits(world);
  const poster = openPoster({ carry, sentFrom });

  const { postNow, postLater } = openCallbacks({ activity, clock, journal, poster });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await readIncoming(request);
    if (incoming === null) {
      request.destroy();
      return;
    }
    const { method, path, authorization, contentType, text } = incoming;
    const route = findRoute(method, path);
    const { product } = route;
    const body = readBody(text);
    const at = clock.now();
    const note = journal.noteCall({ at, product, method, path, authorization, contentType, body, text });
    const fault = limits.count(authorization) ?? (product === null ? null : script.take(product));
    const { reply, posts } = meet(world, fault, () => answerCall(world, incoming, route, body));
    note({ fault: fault?.name ?? null, reply });
    for (const planned of posts.filter((each) => each.isBeforeAck)) await postNow(planned);
    const later = posts.filter((each) => !each.isBeforeAck);
    const isPrompt = reply.manner === 'whole' && reply.afterMs === 0;
    // A slow acknowledgement holds nothing up: its result may overtake it.
    if (!isPrompt) postLater(later);
    await sendReply(response, reply, clock);
    if (isPrompt) postLater(later);
  };

  const tell: Simulator['tell'] = (payment) => {
    const posts = confirm(world, payment);
    postLater(script.take('confirmation')?.posts?.(posts) ?? posts);
  };

  const { origin, close: stopListening } = await listen(
    (request, response) => void activity.run(() => serve(request, response)),
    options.tls ?? null,
  );
  let closing: Promise<void> | null = null;
  const endAll = async (): Promise<void> => {
    clock.stop();
    poster.close();
    await stopListening();
    await activity.idle();
  };
  return {
    origin,
    environment,
    journal,
    shop: world.shop,
    certificates: {
      // The other one is made only for whoever asks for it.
      get sandbox() {
        return certificateOf('sandbox');
      },
      get production() {
        return certificateOf('production');
      },
    },
    book: world.book,
    operators: world.operators,
    tokens: world.tokens,
    next: script.next,
    always: script.always,
    unusedFaults: script.unused,
    now: clock.now,
    advance: clock.advance,
    settle: activity.idle,
    pay: (words) => {
      const payment = world.book.record({ ...words, at: clock.now() });
      tell(payment);
      return payment;
    },
    tell,
    prompt: (words) => {
      const at = clock.now();
      const unsaid = { payer: '', cents: 0, askedAt: at, endsAt: at };
      world.prompts.set(words.checkoutRequestId, { ...words, ...unsaid });
    },
    nextPrompt: (promptAnswer) => {
      world.promptAnswers.push(promptAnswer);
    },
    post: (url, value) => {
      const planned = { about: 'invented', timeoutUrl: null, afterMs: 0, isBeforeAck: false, url } as const;
      return activity.run(() => postNow({ ...planned, body: { kind: 'other', value } }));
    },
    close: () => {
      closing ??= endAll();
      return closing;
    },
  };
}

type Met = { readonly reply: Reply; readonly posts: readonly PlannedPost[] };

/** What a call comes to under its fault. */
function meet(world: World, fault: Fault | null, call: () => ReturnType<typeof answerCall>): Met {
  if (fault?.instead) return { reply: fault.instead(world.ids.request()), posts: [] };
  const { status, body, posts } = call();
  const reply = replyJson(status, body);
  return { reply: fault?.reply?.(reply) ?? reply, posts: fault?.posts?.(posts) ?? posts };
}
