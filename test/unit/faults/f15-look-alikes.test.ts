import { expect, it } from 'vitest';
import { findSums } from '#shared/domain/matching/sum-search.ts';
import type { MatchResult } from '#shared/domain/matching/types.ts';
import { clock, matchAll, payment, sale } from '#test/fixtures/match-items.ts';

const saleLinks = (result: MatchResult) => result.links.filter(({ kind }) => kind === 'sale');
const run = (count: number, spread: (index: number) => number) =>
  matchAll(
    Array.from({ length: count }, (_, index) => payment(index + 1, 100, { at: clock(10, spread(index)) })),
    Array.from({ length: count }, (_, index) => sale(index + 1, 100, { at: clock(10, spread(index)) })),
  );

it.each([13, 200])(
  'F15: %i equal amounts in an hour on both sides are called ambiguous, none is applied',
  (count) => {
    const result = run(count, (index) => index % 60);
    expect(saleLinks(result)).toEqual([]);
    expect(JSON.stringify(result)).toContain('ambiguous');
  },
);

it('F15: 10,000 in one tie block end, and none is applied', () => {
  expect(saleLinks(run(10_000, () => 0))).toEqual([]);
});

it('F15: sums that nearly fit, out of 40, end within the budget and are never called the one answer', () => {
  const amounts = Array.from({ length: 40 }, (_, index) => 10_000 + index * 3);
  const limits = { steps: 200_000, least: 2, most: 40 };
  expect(findSums(amounts, 10_000 * 20 + 1, limits)).toMatchObject({ sets: [] });
  expect(['ambiguous', 'gave-up']).toContain(findSums(amounts, 10_000 * 20 + 3 * 390, limits).outcome);
});
