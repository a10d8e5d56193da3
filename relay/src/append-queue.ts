import type { AppendOutcome, SealedArrival, Storage } from './storage/storage.ts';

/** So many arrivals share one commit at most. */
const MAX_BATCH = 500;

export type AppendQueue = {
  /** Resolves once the arrival is on the disk; rejects when it could not be written. */
  readonly append: (arrival: SealedArrival) => Promise<AppendOutcome>;
  /** Resolves when nothing is waiting. */
  readonly drain: () => Promise<void>;
};

type Waiting = {
  readonly arrival: SealedArrival;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
};

/** One commit for all that came while the last one was being written: a flush of the disk costs the same for many. */
export function makeAppendQueue(storage: Pick<Storage, 'append'>): AppendQueue {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      await writeBatch(batch);
    }
    running = null;
  }

  /** Waits as long as each turn of the event loop brings more: what came together is written together. */
  async function gather(): Promise<void> {
    for (let before = 0; waiting.length > before && waiting.length < MAX_BATCH; ) {
      before = waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await storage.append(batch.map(({ arrival }) => arrival));
      for (const [at, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[at];
        if (outcome === undefined) reject(new Error('the storage gave too few outcomes'));
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    append: (arrival) =>
      new Promise((resolve, reject) => {
        waiting.push({ arrival, resolve, reject });
        running ??= writeAll();
      }),
    drain: async () => {
      while (running !== null) await running;
    },
  };
}
