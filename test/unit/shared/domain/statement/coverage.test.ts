import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineCoverage,
  coverDay,
  type Interval,
  mergeIntervals,
} from '#shared/domain/statement/coverage.ts';
import { DAY, HOUR, SECOND, type UtcMs } from '#shared/domain/time.ts';

const START = Date.UTC(2026, 2, 13, 21) as UtcMs;
const END = (START + DAY) as UtcMs;
const span = (from: number, to: number): Interval => ({
  from: (START + from) as UtcMs,
  to: (START + to) as UtcMs,
});
const cover = (...intervals: Interval[]) => coverDay(intervals, START, END);

describe('how much of a day statements cover', () => {
  it('is nothing without a statement, or with those of other days', () => {
    expect(cover()).toEqual({ state: 'none', coveredTo: null });
    expect(cover(span(-DAY, -1), span(DAY, 2 * DAY))).toEqual({ state: 'none', coveredTo: null });
  });

  it('is full with one that ends on the last second of the day', () => {
    expect(cover(span(0, DAY - SECOND))).toEqual({ state: 'full', coveredTo: START + DAY - SECOND });
    expect(cover(span(-DAY, 3 * DAY))).toEqual({ state: 'full', coveredTo: END - SECOND });
  });

  it('is partial until the report was made', () => {
    expect(cover(span(0, 15 * HOUR))).toEqual({ state: 'partial', coveredTo: START + 15 * HOUR });
  });

  it('is full with two that meet, partial with two that leave a gap', () => {
    const evening = span(15 * HOUR, DAY - SECOND);
    expect(cover(evening, span(0, 15 * HOUR - SECOND)).state).toBe('full');
    expect(cover(evening, span(0, 15 * HOUR - 2 * SECOND)).state).toBe('partial');
  });

  it('is partial when the morning is missing', () => {
    expect(cover(span(7 * HOUR, DAY - SECOND)).state).toBe('partial');
  });

  it('leaves out an interval that ends before it begins', () => {
    expect(cover(span(5 * HOUR, 4 * HOUR))).toEqual({ state: 'none', coveredTo: null });
  });
});

describe('merging intervals', () => {
  const intervals = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 }))
      .map(([from, length]) => span(from * SECOND * 2, (from + length) * SECOND * 2)),
    { maxLength: 20 },
  );

  it('covers the same instants, apart and in order, whatever the order of the input', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 600 }), (list, second) => {
        const merged = mergeIntervals(list);
        // Whole even seconds lie on no seam: those are exactly one second wide or two.
        const at = START + second * 2 * SECOND;
        const isIn = (one: Interval) => one.from <= at && at <= one.to;
        expect(merged.some(isIn)).toBe(list.some(isIn));
        expect(mergeIntervals([...list].reverse())).toEqual(merged);
        for (const [index, one] of merged.entries())
          expect(one.from).toBeGreaterThan((merged[index - 1]?.to ?? -Infinity) + SECOND);
      }),
    );
  });
});

describe('several accounts of one day', () => {
  const at = (hour: number) => (START + hour * HOUR) as UtcMs;

  it('are full together only when each is', () => {
    const full = { state: 'full', coveredTo: at(23) } as const;
    expect(combineCoverage([full, full])).toEqual(full);
    expect(combineCoverage([full, { state: 'partial', coveredTo: at(9) }])).toEqual({
      state: 'partial',
      coveredTo: at(9),
    });
  });

  it('say no time when one of them has nothing', () => {
    const none = { state: 'none', coveredTo: null } as const;
    expect(combineCoverage([{ state: 'full', coveredTo: at(23) }, none])).toEqual({
      state: 'partial',
      coveredTo: null,
    });
    expect(combineCoverage([none, none])).toEqual(none);
    expect(combineCoverage([])).toEqual(none);
  });
});
