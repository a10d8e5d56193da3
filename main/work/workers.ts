import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type FromWorker, type JobName, type Jobs, LANES, type ToWorker } from './protocol.ts';

/** The threads that read files and match off the main thread. */
export type Workers = {
  /** Runs a job; iterating pulls its news. Leaving the loop, or aborting the signal, stops the job. */
  readonly run: <N extends JobName>(
    name: N,
    input: Jobs[N]['input'],
    signal?: AbortSignal,
  ) => AsyncGenerator<Jobs[N]['news']>;
  /** Starts the thread of a job, so that the first one does not wait for a thread to begin. */
  readonly warm: (name: JobName) => void;
  readonly close: () => Promise<void>;
};

type Listener = { readonly hear: (message: FromWorker) => void; readonly lose: (error: Error) => void };

/** `url` is the worker's entry: a `.ts` from a checkout, a `.js` from a build. Threads start when first needed. */
export function openWorkers(url: URL): Workers {
  const lanes = new Map<string, Thread>();
  const laneOf = (name: JobName): Thread => {
    const lane = LANES[name];
    const known = lanes.get(lane);
    if (known && !known.isLost()) return known;
    const thread = startThread(url);
    lanes.set(lane, thread);
    return thread;
  };
  let nextJob = 1;
  return {
    run: (name, input, signal) => runJob(laneOf(name), nextJob++, name, input, signal),
    warm: (name) => {
      laneOf(name);
    },
    close: async () => {
      await Promise.all([...lanes.values()].map((thread) => thread.close()));
      lanes.clear();
    },
  };
}

type Thread = {
  readonly send: (message: ToWorker) => void;
  readonly listen: (job: number, listener: Listener) => void;
  readonly forget: (job: number) => void;
  readonly isLost: () => boolean;
  readonly close: () => Promise<void>;
};

/**
 * Young objects get little room in a thread: what it reads is soon gone, and the shop's machine has 4 GB for all. They
 * get it from the start, in V8's three parts: with its own beginning of 1 MB, and no growth while a file comes in, the
 * thread that reads cleared it away once for every 200 lines.
 */
const YOUNG_MB = 15;

function startThread(url: URL): Thread {
  // The setting is the process's, but only a thread that begins reads it.
  setFlagsFromString(`--min-semi-space-size=${YOUNG_MB / 3}`);
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const listeners = new Map<number, Listener>();
  let lost = false;
  const lose = (error: Error) => {
    lost = true;
    for (const listener of listeners.values()) listener.lose(error);
  };
  worker.on('message', (message: FromWorker) => listeners.get(message.job)?.hear(message));
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`a worker ended with code ${code}`)));
  return {
    send: (message) => worker.postMessage(message),
    listen: (job, listener) => listeners.set(job, listener),
    forget: (job) => listeners.delete(job),
    isLost: () => lost,
    close: async () => {
      if (lost) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ type: 'close' } satisfies ToWorker);
      const isEnded = await Promise.race([ended.then(() => true), wait(PATIENCE_MS, false, { ref: false })]);
      if (!isEnded) await worker.terminate();
    },
  };
}

/** How long a thread may take to end by itself. */
const PATIENCE_MS = 3_000;

async function* runJob<N extends JobName>(
  thread: Thread,
  job: number,
  name: N,
  input: Jobs[N]['input'],
  signal: AbortSignal | undefined,
): AsyncGenerator<Jobs[N]['news']> {
  const heard: FromWorker[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  thread.listen(job, {
    hear: (message) => {
      heard.push(message);
      wake();
    },
    lose: (error) => {
      failure = error;
      wake();
    },
  });
  const stop = () => thread.send({ type: 'stop', job });
  signal?.addEventListener('abort', stop, { once: true });
  let isOver = false;
  try {
    thread.send({ type: 'start', job, name, input });
    if (signal?.aborted) stop();
    while (true) {
      const message = heard.shift();
      if (message === undefined) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (message.type === 'end') {
        isOver = true;
        return;
      }
      if (message.type === 'broke') {
        isOver = true;
        throw Object.assign(new Error(message.words), { name: message.name, stack: message.stack });
      }
      yield message.news as Jobs[N]['news'];
      thread.send({ type: 'more', job });
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    if (!isOver && !thread.isLost()) stop();
    thread.forget(job);
  }
}
