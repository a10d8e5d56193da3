import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Product } from '#shared/domain/daraja/product.ts';

/** Said of what was ended before its turn came. */
export const ABORTED = Symbol('aborted');
export type Aborted = typeof ABORTED;

export type Turns = {
  /** One at a time for each product. */
  readonly ofProduct: <T>(
    product: Product,
    run: () => Promise<T>,
    signal?: AbortSignal,
  ) => Promise<T | Aborted>;
  /** Whatever the product: each begins at least the pace after the one before. */
  readonly atPace: <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T | Aborted>;
  /** Ends what waits, and waits for what has begun. */
  readonly close: () => Promise<void>;
};

/** Puts requests in order: by product, and by pace in milliseconds from one beginning to the next. */
export function openTurns(pace: number): Turns {
  const closing = new AbortController();
  // As many as wait listen for the end.
  setMaxListeners(0, closing.signal);
  const products = new Map<Product, PQueue>();
  const begun = new Set<Promise<unknown>>();
  // Measured by timers, not by the clock: a clock that is put back must not hold up what waits.
  const starts = new PQueue({ concurrency: 1 });

  const queueOf = (product: Product): PQueue => {
    const queue = products.get(product) ?? new PQueue({ concurrency: 1 });
    products.set(product, queue);
    return queue;
  };
  const either = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);

  const atPace: Turns['atPace'] = <T>(run: () => Promise<T>, signal?: AbortSignal) =>
    new Promise<T | Aborted>((resolve, reject) => {
      const begin = async () => {
        const running = run();
        begun.add(running);
        running.then(resolve, reject).finally(() => begun.delete(running));
        await rest(pace, closing.signal);
      };
      inTurn(starts, begin, either(signal)).then((turn) => {
        if (turn === ABORTED) resolve(ABORTED);
      }, reject);
    });

  return {
    ofProduct: (product, run, signal) => inTurn(queueOf(product), run, either(signal)),
    atPace,
    close: async () => {
      closing.abort();
      while (begun.size > 0) await Promise.allSettled(begun);
      await Promise.all([...products.values()].map((queue) => queue.onIdle()));
    },
  };
}

/** Runs when the queue lets it; given up only while it has not begun. */
async function inTurn<T>(queue: PQueue, run: () => Promise<T>, signal: AbortSignal): Promise<T | Aborted> {
  if (signal.aborted) return ABORTED;
  const waiting = new AbortController();
  let hasBegun = false;
  const giveUp = () => {
    if (!hasBegun) waiting.abort();
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const turn = () => {
      hasBegun = true;
      return run();
    };
    return await queue.add(turn, { signal: waiting.signal });
  } catch (error) {
    if (waiting.signal.aborted) return ABORTED;
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
