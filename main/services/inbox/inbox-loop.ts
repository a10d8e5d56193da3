import { setTimeout as sleep } from 'node:timers/promises';
import type { RelayLine } from '#main/inbox/relay-line.ts';
import { MAX_WAIT_SECONDS } from '#shared/domain/relay/shop-url.ts';
import { MINUTE, SECOND } from '#shared/domain/time.ts';
import { type CollectorParts, openCollector, type Round } from './collector.ts';
import { readReach } from './reach.ts';

export type InboxLoop = {
  /** The pairing changed, or the computer woke: looks at once. */
  readonly wake: () => void;
  /** Ends what is under way, and waits for what is being written. */
  readonly close: () => Promise<void>;
};

export type LoopOptions = {
  /** Seconds that the relay may wait for something to come. */
  readonly wait?: number;
  /** How long to pause after so many failures in a row (ms). */
  readonly pause?: (failures: number) => number;
};

/** A stop that may only have been claimed on the way is looked at again after this time. */
const LATER = 15 * MINUTE;
const LONGEST_PAUSE = 5 * MINUTE;

/**
 * Collects what the relay holds for as long as the program runs. Days of messages are worked through page by page; where
 * the relay does not answer, it is asked again after a pause. Nothing but `close` ends it.
 */
export function openInboxLoop(parts: CollectorParts, line: RelayLine, options: LoopOptions = {}): InboxLoop {
  const { wait = MAX_WAIT_SECONDS, pause = pauseAfter } = options;
  const { log } = parts.core;
  const closing = new AbortController();
  let waking = new AbortController();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      await collect(AbortSignal.any([closing.signal, waking.signal]));
      waking = new AbortController();
    }
  }

  /** Until somebody wakes or closes it. */
  async function collect(signal: AbortSignal): Promise<void> {
    const collector = openCollector(parts, line);
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const before = readReach(parts.core).problem;
      const next = await tryRound(() => collector.round(wait, signal));
      if (readReach(parts.core).problem !== before)
        parts.core.tell('ledger:changed', { areas: ['safaricom'] });
      // A relay that does not wait must not keep this PC busy.
      const isHasty = next === 'idle' && performance.now() - startedAt < SECOND;
      failures = next === 'pause' || next === 'later' ? failures + 1 : 0;
      if (next === 'pause') await rest(pause(failures), signal);
      if (isHasty) await rest(pause(1), signal);
      if (next === 'later') await rest(LATER, signal);
      if (next === 'never') await untilAborted(signal);
    }
  }

  async function tryRound(round: () => Promise<Round>): Promise<Round> {
    try {
      return await round();
    } catch (error) {
      log.error('the inbox stumbled', { error });
      return 'pause';
    }
  }

  const running = run();
  return {
    wake: () => waking.abort(),
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

/** Longer each time, and never twice the same, so that many PCs do not come back at one moment. */
function pauseAfter(failures: number): number {
  const longest = Math.min(LONGEST_PAUSE, 2 * SECOND * 2 ** Math.min(failures - 1, 10));
  return longest * (0.5 + Math.random() / 2);
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
