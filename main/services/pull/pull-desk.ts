import { nextStretch, PULL_EVERY, PULL_REACH } from '#shared/domain/daraja/pull-gaps.ts';
import { say } from '#shared/domain/message.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import { SECOND, type UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { type Actor, PROGRAM } from '../../db/ledger.ts';
import { selectAnswered, selectPulledCodes } from '../../db/queries/pulls.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { correctPulledTimes } from './correct-times.ts';
import { type Pulled, pullNow, safaricomNow } from './pull-now.ts';

/** A Pull under way. */
export type RunningPull = { readonly stretch: Interval; readonly rows: number };

/** Pulls of this run of the program. */
export type PullDesk = {
  /** Asks about every short code whose time has come. */
  readonly tick: () => Promise<void>;
  /** A person wants to know now. */
  readonly begin: (actor: Actor, shortCode: string) => Result<undefined>;
  readonly cancel: (shortCode: string) => void;
  readonly running: (shortCode: string) => RunningPull | null;
  /** What the last one of this run came to, asked or not, and when; null before the first. */
  readonly last: (shortCode: string) => { readonly at: UtcMs; readonly pulled: Pulled } | null;
  readonly close: () => Promise<void>;
};

type OfCode = {
  running: { stretch: Interval; rows: number; readonly stop: AbortController } | null;
  last: { at: UtcMs; pulled: Pulled } | null;
};

/** How often it is looked whether a short code's time has come: also those that were registered just now. */
const LOOK_EVERY = 30 * SECOND;

/** Pulls what customers paid: at once for all that Pull reaches, then every quarter of an hour. */
export function openPullDesk(parts: SafaricomParts): PullDesk {
  const { core } = parts;
  const codes = new Map<string, OfCode>();
  const underWay = new Set<Promise<void>>();
  let isClosing = false;
  const stateOf = (shortCode: string): OfCode => {
    const known = codes.get(shortCode) ?? { running: null, last: null };
    codes.set(shortCode, known);
    return known;
  };

  async function pull(actor: Actor, shortCode: string, isBackground: boolean): Promise<void> {
    const state = stateOf(shortCode);
    const stretch = stretchOf(shortCode, state);
    const stop = new AbortController();
    state.running = { stretch, rows: 0, stop };
    core.tell('ledger:changed', { areas: ['safaricom'] });
    const onRows = (rows: number) => {
      if (state.running !== null) state.running.rows = rows;
      core.tell('ledger:changed', { areas: ['safaricom'] });
    };
    try {
      const pulled = await pullNow(parts, actor, shortCode, stretch, {
        isBackground,
        signal: stop.signal,
        onRows,
      });
      state.last = { at: core.now(), pulled };
    } catch (error) {
      core.log.error('a Pull could not be booked', { error });
      const pulled = { outcome: 'unknown', why: say('pull.failed'), rows: 0, newRows: 0, stretch } as const;
      state.last = { at: core.now(), pulled };
    } finally {
      state.running = null;
      core.tell('ledger:changed', { areas: ['safaricom'] });
    }
  }

  function stretchOf(shortCode: string, state: OfCode): Interval {
    const now = safaricomNow(parts);
    const answered = selectAnswered(core.ledger.read, shortCode, (now - PULL_REACH) as UtcMs, now);
    return nextStretch(now, answered, state.last === null);
  }

  function keepTrack(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  }

  const isDue = ({ running, last }: OfCode) =>
    running === null && (last === null || core.now() - last.at >= PULL_EVERY);

  async function tick(): Promise<void> {
    // A notice may have shown the zone since: nobody waits a quarter of an hour for the right times.
    await correctPulledTimes(core, PROGRAM);
    for (const { shortCode } of selectPulledCodes(core.ledger.read))
      if (!isClosing && isDue(stateOf(shortCode))) await keepTrack(pull(PROGRAM, shortCode, true));
  }

  const look = () => {
    tick().catch((error: unknown) => core.log.error('Pull could not be asked', { error }));
  };
  const timer = setInterval(look, LOOK_EVERY).unref();
  const first = setImmediate(look);

  return {
    tick,
    begin: (actor, shortCode) => {
      const isKnown = selectPulledCodes(core.ledger.read).some((code) => code.shortCode === shortCode);
      if (!isKnown) return fail('ledger/not-found', say('pull.not-registered', { number: shortCode }));
      if (stateOf(shortCode).running === null) void keepTrack(pull(actor, shortCode, false));
      return succeed(undefined);
    },
    cancel: (shortCode) => stateOf(shortCode).running?.stop.abort(new Error('cancelled')),
    running: (shortCode) => {
      const { running } = stateOf(shortCode);
      return running === null ? null : { stretch: running.stretch, rows: running.rows };
    },
    last: (shortCode) => stateOf(shortCode).last,
    close: async () => {
      isClosing = true;
      clearInterval(timer);
      clearImmediate(first);
      for (const { running } of codes.values()) running?.stop.abort(new Error('closing'));
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
