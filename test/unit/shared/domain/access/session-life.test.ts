import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ABSOLUTE_LIMIT,
  CONFIRM_LIMIT,
  elapsed,
  IDLE_LIMIT,
  type Instant,
  isConfirmed,
  lifeOf,
} from '#shared/domain/access/session-life.ts';
import { DAY, HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';

const START: Instant = { at: Date.UTC(2026, 10, 20) as UtcMs, ticks: 1_000 };
const after = (wall: number, ticks = wall): Instant => ({
  at: (START.at + wall) as UtcMs,
  ticks: START.ticks + ticks,
});
const lifeAfter = (now: Instant, activeAt = START) => lifeOf({ startedAt: START, activeAt }, now);

test.each([
  ['just begun', after(0), 'alive'],
  ['almost ten minutes without input', after(IDLE_LIMIT - 1), 'alive'],
  ['ten minutes without input', after(IDLE_LIMIT), 'idle'],
  ['ten hours', after(ABSOLUTE_LIMIT), 'too-long'],
  ['slept for an hour, while the ticks stood still', after(HOUR, 5), 'idle'],
  ['the clock on the wall was set back by a day', after(-DAY, IDLE_LIMIT), 'idle'],
  ['the clock on the wall was set back by a minute, just now', after(-MINUTE, 10), 'alive'],
] as const)('%s', (_, now, life) => {
  expect(lifeAfter(now)).toBe(life);
});

test('input keeps a session alive, but not beyond ten hours', () => {
  const almost = after(ABSOLUTE_LIMIT - 1);
  expect(lifeAfter(almost, almost)).toBe('alive');
  expect(lifeAfter(after(ABSOLUTE_LIMIT), after(ABSOLUTE_LIMIT))).toBe('too-long');
});

test('a password given again counts for two minutes, by either clock', () => {
  expect(isConfirmed(null, START)).toBe(false);
  expect(isConfirmed(START, after(CONFIRM_LIMIT - 1))).toBe(true);
  expect(isConfirmed(START, after(CONFIRM_LIMIT))).toBe(false);
  expect(isConfirmed(START, after(-DAY, CONFIRM_LIMIT))).toBe(false);
});

test('no setting of the clock makes the time that has passed shorter than the ticks say', () => {
  fc.assert(
    fc.property(fc.integer({ min: -DAY, max: DAY }), fc.nat(DAY), (wall, ticks) => {
      const passed = elapsed(START, after(wall, ticks));
      expect(passed).toBe(Math.max(wall, ticks));
    }),
  );
});
