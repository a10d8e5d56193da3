/** So many requests of one inbox wait at a time; the longest waiting is answered when another comes. */
const MAX_WAITING = 4;

export type WaitingReaders = {
  /** Resolves when something came for this inbox, after `timeout` ms, or when `signal` says that nobody listens. */
  readonly wait: (inbox: string, timeout: number, signal: AbortSignal) => Promise<void>;
  readonly wake: (inbox: string) => void;
  readonly wakeAll: () => void;
};

/** Long polls that wait for a message. */
export function makeWaitingReaders(): WaitingReaders {
  const readers = new Map<string, Set<() => void>>();

  function wake(inbox: string): void {
    for (const answer of readers.get(inbox) ?? []) answer();
  }

  return {
    wait: (inbox, timeout, signal) =>
      new Promise((resolve) => {
        const here = readers.get(inbox) ?? new Set();
        const [longest] = here;
        if (here.size >= MAX_WAITING) longest?.();
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          here.delete(end);
          if (here.size === 0 && readers.get(inbox) === here) readers.delete(inbox);
          resolve();
        };
        const timer = setTimeout(end, timeout);
        signal.addEventListener('abort', end);
        here.add(end);
        readers.set(inbox, here);
        if (signal.aborted) end();
      }),
    wake,
    wakeAll: () => {
      for (const inbox of [...readers.keys()]) wake(inbox);
    },
  };
}
