import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSums } from '#shared/domain/matching/sum-search.ts';

const LIMITS = { steps: 1_000_000, least: 2, most: 40 };

/** Every set of positions that adds up, by trying all of them. */
function allSets(amounts: readonly number[], target: number): number[][] {
  const sets: number[][] = [];
  for (let mask = 1; mask < 2 ** amounts.length; mask++) {
    const set = amounts.map((_, index) => index).filter((index) => (mask >> index) & 1);
    const total = set.reduce((sum, index) => sum + (amounts[index] ?? 0), 0);
    if (set.length >= 2 && total === target) sets.push(set);
  }
  return sets;
}

describe('findSums', () => {
  it('says none, unique or ambiguous as trying every set does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 60 }),
        (amounts, target) => {
          const all = allSets(amounts, target).map((set) => set.join());
          const { sets, outcome } = findSums(amounts, target, LIMITS);
          expect(outcome).toBe(all.length === 0 ? 'none' : all.length === 1 ? 'unique' : 'ambiguous');
          expect(sets).toHaveLength(Math.min(all.length, 2));
          for (const set of sets) expect(all).toContain(set.join());
          expect(new Set(sets.map((set) => set.join())).size).toBe(sets.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says at once that 40 of 200 equal amounts are ambiguous', () => {
    const { outcome, steps, sets } = findSums(new Array<number>(200).fill(5000), 200_000, LIMITS);
    expect(outcome).toBe('ambiguous');
    expect(sets.map((set) => set.length)).toEqual([40, 40]);
    expect(steps).toBeLessThan(10);
  });

  it('gives up at its budget rather than answer half', () => {
    const amounts = Array.from({ length: 40 }, (_, index) => 2 * (1_000 + index * index * 7));
    const answer = findSums(amounts, 40_001, { ...LIMITS, steps: 5_000 });
    expect(answer).toEqual({ sets: [], outcome: 'gave-up', steps: 5_001 });
  });

  it('keeps to the number of items', () => {
    expect(findSums([1, 2, 3, 4], 10, { ...LIMITS, most: 3 }).outcome).toBe('none');
    expect(findSums([10], 10, LIMITS).outcome).toBe('none');
    expect(findSums([10], 10, { ...LIMITS, least: 1 }).outcome).toBe('unique');
  });
});
