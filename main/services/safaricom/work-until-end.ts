import { setTimeout as sleep } from 'node:timers/promises';
import type { SafaricomParts } from './parts.ts';

export type WorkUntilEnd = Pick<SafaricomParts, 'pause' | 'finish'> & {
  /** No pause is waited out from now on. */
  readonly end: () => void;
  /** Resolves when nothing is under way any more. */
  readonly settle: () => Promise<void>;
};

/** What must be finished, and what may be cut short, when the program ends. */
export function openWork(): WorkUntilEnd {
  const ending = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  return {
    pause: async (ms) => {
      try {
        await sleep(ms, undefined, { signal: ending.signal, ref: false });
        return true;
      } catch (error) {
        if (ending.signal.aborted) return false;
        throw error;
      }
    },
    finish: (work) => {
      underWay.add(work);
      const forget = () => underWay.delete(work);
      work.then(forget, forget);
      return work;
    },
    end: () => ending.abort(),
    settle: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
