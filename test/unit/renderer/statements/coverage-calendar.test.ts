import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutMonth, moveMonth, summariseMonth } from '#renderer/screens/statements/coverage-calendar.ts';
import { ZERO } from '#shared/domain/money.ts';
import { type BusinessDay, startOfDay } from '#shared/domain/time.ts';
import type { CoverageDay } from '#shared/ipc/views.ts';

const day = (text: string) => text as BusinessDay;

function covered(on: string, state: CoverageDay['state'], openCount = 0): CoverageDay {
  return {
    day: day(on),
    state,
    coveredTo: state === 'none' ? null : startOfDay(day(on)),
    pulled: 'none',
    pulledTo: null,
    lost: [],
    payments: 1,
    cents: ZERO,
    openCount,
  };
}

function statesOf(month: string, days: CoverageDay[], today: string, isCoveredBefore = false) {
  return Object.fromEntries(
    layOutMonth(month, days, day(today), isCoveredBefore)
      .flat()
      .filter((cell) => cell !== null)
      .map((cell) => [cell.date, cell.state]),
  );
}

describe('layOutMonth', () => {
  test('November 2026 begins on a Sunday: six empty cells come before it', () => {
    const weeks = layOutMonth('2026-11', [], day('2026-11-20'), false);
    expect(weeks[0]?.map((cell) => cell?.date ?? null)).toEqual([null, null, null, null, null, null, 1]);
    expect(weeks).toHaveLength(6);
    expect(weeks.at(-1)?.map((cell) => cell?.date ?? null)).toEqual([30, null, null, null, null, null, null]);
  });

  test('every month has all its days once, in whole weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2010, max: 2060 }), fc.integer({ min: 1, max: 12 }), (year, number) => {
        const month = `${year}-${String(number).padStart(2, '0')}`;
        const weeks = layOutMonth(month, [], day('2010-01-01'), false);
        const dates = weeks
          .flat()
          .filter((cell) => cell !== null)
          .map((cell) => cell.date);
        expect(dates).toEqual(
          Array.from({ length: new Date(Date.UTC(year, number, 0)).getUTCDate() }, (_, i) => i + 1),
        );
        expect(weeks.every((week) => week.length === 7)).toBe(true);
      }),
    );
  });

  test('a past day without a statement is a gap only once statements have begun', () => {
    const days = [
      covered('2026-11-02', 'none'),
      covered('2026-11-03', 'full'),
      covered('2026-11-04', 'none'),
      covered('2026-11-05', 'partial'),
    ];
    expect(statesOf('2026-11', days, '2026-11-07')).toMatchObject({
      1: 'uncovered',
      2: 'uncovered',
      3: 'full',
      4: 'gap',
      5: 'partial',
      6: 'gap',
      7: 'today',
      8: 'ahead',
    });
  });

  test('statements of the month before make the first days gaps', () => {
    expect(statesOf('2026-11', [], '2026-11-03', true)).toMatchObject({ 1: 'gap', 2: 'gap', 3: 'today' });
  });

  test('a statement of today itself counts', () => {
    expect(statesOf('2026-11', [covered('2026-11-03', 'partial')], '2026-11-03')).toMatchObject({
      3: 'partial',
    });
  });
});

test('a day without a statement that Pull listed says so, also today, and is no gap', () => {
  const pulled = (on: string, how: CoverageDay['pulled']) => ({ ...covered(on, 'none'), pulled: how });
  const days = [
    covered('2026-11-01', 'full'),
    pulled('2026-11-02', 'full'),
    pulled('2026-11-03', 'partial'),
    covered('2026-11-04', 'none'),
    pulled('2026-11-05', 'partial'),
    { ...covered('2026-11-06', 'full'), pulled: 'full' as const },
  ];
  const weeks = layOutMonth('2026-11', days, day('2026-11-06'), false);
  expect(statesOf('2026-11', days, '2026-11-06')).toMatchObject({
    1: 'full',
    2: 'pulled',
    3: 'pulled-partly',
    4: 'gap',
    5: 'pulled-partly',
    6: 'full',
  });
  expect(summariseMonth(weeks)).toMatchObject({ full: 2, pulled: 3, gaps: 1 });
});

test('the summary counts days by what covers them, and what is open on all of them', () => {
  const days = [
    covered('2026-11-01', 'full', 2),
    covered('2026-11-02', 'none', 3),
    covered('2026-11-03', 'partial', 1),
  ];
  expect(summariseMonth(layOutMonth('2026-11', days, day('2026-11-04'), false))).toEqual({
    full: 1,
    partial: 1,
    pulled: 0,
    gaps: 1,
    open: 6,
  });
});

test('months follow each other across years, both ways', () => {
  expect(moveMonth('2026-12', 1)).toBe('2027-01');
  expect(moveMonth('2026-01', -1)).toBe('2025-12');
  expect(moveMonth('2026-05', 0)).toBe('2026-05');
});
