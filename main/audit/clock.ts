import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Ledger, PROGRAM } from '../db/ledger.ts';
import type { Log } from '../log/log.ts';

/** A jump smaller than this is the system setting its clock by the network, which is its business. */
const LEAST_JUMP_MS = 2 * 60_000;
const LOOK_EVERY_MS = 30_000;

export type ClockWatch = {
  /** The computer slept: the time it was away is no jump. */
  readonly wake: () => void;
  readonly stop: () => void;
};

/** The two clocks of a computer: the one on the wall that anybody can set, and the one that only runs forward. */
export type Clocks = { readonly wall: () => UtcMs; readonly steady: () => number };

/**
 * Notes when somebody sets the computer's clock, by hand or by a flat battery: the entries before and after it say
 * times that do not belong together. At the start the wall clock is held against the last entry.
 */
export function watchClock(ledger: Ledger, clocks: Clocks, log: Log): ClockWatch {
  const record = (from: UtcMs, to: UtcMs) => {
    try {
      const noted = ledger.act(PROGRAM, 'clock.jumped', 'program', () =>
        succeed({ value: undefined, details: { from, to } }),
      );
      if (!noted.ok) log.error('a jump of the clock could not be recorded', { code: noted.error.code });
    } catch (error) {
      log.error('a jump of the clock could not be recorded', { error });
    }
  };
  const lastAt = ledger.read.get<{ at: UtcMs }>('SELECT at FROM audit_entries ORDER BY seq DESC LIMIT 1')?.at;
  if (lastAt !== undefined && lastAt - clocks.wall() > LEAST_JUMP_MS) record(lastAt, clocks.wall());

  /** Ahead like this the clock also is after a sleep, whose news may come after the look: it waits for one look. */
  let leap: { from: UtcMs; to: UtcMs } | null = null;
  const settle = () => {
    if (leap !== null) record(leap.from, leap.to);
    leap = null;
  };
  let seen = { wall: clocks.wall(), steady: clocks.steady() };
  const look = () => {
    settle();
    const now = { wall: clocks.wall(), steady: clocks.steady() };
    const expected = Math.round(seen.wall + now.steady - seen.steady) as UtcMs;
    seen = now;
    if (expected - now.wall > LEAST_JUMP_MS) record(expected, now.wall);
    if (now.wall - expected > LEAST_JUMP_MS) leap = { from: expected, to: now.wall };
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    wake: () => {
      leap = null;
      seen = { wall: clocks.wall(), steady: clocks.steady() };
    },
    stop: () => {
      clearInterval(timer);
      settle();
    },
  };
}
