import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lostTime,
  nextStretch,
  PULL_EVERY,
  PULL_REACH,
  reachable,
  subtractIntervals,
} from '#shared/domain/daraja/pull-gaps.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 20, 7) as UtcMs;
const ago = (ms: number) => (NOW - ms) as UtcMs;
const hours = (from: number, to: number): Interval => ({ from: ago(from * HOUR), to: ago(to * HOUR) });

describe('the time to ask Pull about', () => {
  it('is all that it reaches at the start, whatever was answered before', () => {
    const { from, to } = nextStretch(NOW, [hours(40, 0)], true);
    expect(to).toBe(NOW);
    expect(NOW - from).toBeGreaterThan(PULL_REACH - 10 * MINUTE);
    expect(NOW - from).toBeLessThan(PULL_REACH);
  });

  it('goes an hour back over the last answer', () => {
    const before = [{ from: ago(47.95 * HOUR), to: ago(PULL_EVERY) }];
    expect(NOW - nextStretch(NOW, before, false).from).toBeLessThanOrEqual(HOUR + PULL_EVERY);
    expect(NOW - nextStretch(NOW, before, false).from).toBeGreaterThan(HOUR);
  });

  it('begins with the first hour that no answer covers', () => {
    const answered = [hours(47.95, 30), hours(20, 0)];
    expect(nextStretch(NOW, answered, false).from).toBe(ago(30 * HOUR) + SECOND - HOUR);
  });

  it('is what Pull still reaches of what somebody asks for', () => {
    expect(reachable(NOW, hours(100, 60))).toBeNull();
    expect(reachable(NOW, hours(5, 3))).toEqual(hours(5, 3));
    expect(reachable(NOW, { from: ago(HOUR), to: (NOW + HOUR) as UtcMs })).toEqual(hours(1, 0));
  });
});

describe('hours that Pull can no longer list', () => {
  const since = ago(10 * DAY);
  it.each([
    ['are none while the program runs every day', [hours(240, 0)], [], []],
    ['are those of a long absence, but for the last two days', [hours(240, 100)], [], [[100, 48]]],
    ['are not lost where a statement covers them', [hours(240, 100)], [hours(120, 60)], [[60, 48]]],
    ['are all hours since the registration when it was never asked', [], [], [[240, 48]]],
  ] as const)('%s', (_, answered, stated, expected) => {
    const lost = lostTime({ since, now: NOW, answered, stated });
    expect(
      lost.map(({ from, to }) => [Math.round((NOW - from) / HOUR), Math.round((NOW - to) / HOUR)]),
    ).toEqual(expected);
  });
});

const anyInterval = fc
  .record({ from: fc.integer({ min: 0, max: 12 * DAY }), length: fc.integer({ min: 0, max: 3 * DAY }) })
  .map(({ from, length }) => ({ from: ago(from), to: (ago(from) + length) as UtcMs }));
const someIntervals = fc.array(anyInterval, { maxLength: 8 });
const anyInstant = fc.integer({ min: 0, max: 12 * DAY }).map(ago);
const holds = (intervals: readonly Interval[], at: number) =>
  intervals.some(({ from, to }) => from <= at && at <= to);

describe('stretches of time', () => {
  it('hold after a subtraction what the first held and the others do not, give or take a second', () => {
    fc.assert(
      fc.property(someIntervals, someIntervals, anyInstant, (first, others, at) => {
        const left = subtractIntervals(first, others);
        if (holds(left, at)) expect(holds(others, at)).toBe(false);
        const isFarFrom = (intervals: readonly Interval[]) =>
          intervals.every(({ from, to }) => at < from - SECOND || at > to + SECOND);
        if (holds(first, at) && isFarFrom(others)) expect(holds(left, at)).toBe(true);
      }),
    );
  });

  it('that are lost were neither answered nor stated, and are out of reach', () => {
    fc.assert(
      fc.property(anyInstant, someIntervals, someIntervals, anyInstant, (since, answered, stated, at) => {
        const lost = lostTime({ since, now: NOW, answered, stated });
        for (const { from, to } of lost) {
          expect(from).toBeGreaterThanOrEqual(since);
          expect(to).toBeLessThanOrEqual(NOW - PULL_REACH);
        }
        if (holds(lost, at)) expect(holds([...answered, ...stated], at)).toBe(false);
      }),
    );
  });

  it('are never lost for having been answered: one answer more loses nothing', () => {
    const total = (intervals: readonly Interval[]) =>
      intervals.reduce((all, { from, to }) => all + to - from, 0);
    fc.assert(
      fc.property(anyInstant, someIntervals, anyInterval, (since, answered, more) => {
        const before = lostTime({ since, now: NOW, answered, stated: [] });
        const after = lostTime({ since, now: NOW, answered: [...answered, more], stated: [] });
        expect(total(after)).toBeLessThanOrEqual(total(before));
      }),
    );
  });

  it('to ask about are within reach, end now, and begin no later than the first gap', () => {
    fc.assert(
      fc.property(someIntervals, fc.boolean(), (answered, isStart) => {
        const { from, to } = nextStretch(NOW, answered, isStart);
        expect(to).toBe(NOW);
        expect(from).toBeLessThan(to);
        expect(NOW - from).toBeLessThan(PULL_REACH);
        const [gap] = subtractIntervals([{ from: ago(PULL_REACH - 5 * MINUTE), to: NOW }], answered);
        if (gap) expect(from).toBeLessThanOrEqual(gap.from);
      }),
    );
  });
});
