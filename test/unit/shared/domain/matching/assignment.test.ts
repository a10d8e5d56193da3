import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '#shared/domain/matching/assignment.ts';

/** The cheapest total by trying every answer, with one pair forbidden if given. */
function cheapest(
  costs: readonly (readonly number[])[],
  leaveOut: number,
  forbidden?: readonly [number, number],
): number {
  const columns = costs[0]?.length ?? 0;
  const tryRow = (row: number, used: ReadonlySet<number>): number => {
    const line = costs[row];
    if (line === undefined) return (columns - used.size) * leaveOut;
    let best = leaveOut + tryRow(row + 1, used);
    for (const [column, cost] of line.entries()) {
      const isForbidden = forbidden?.[0] === row && forbidden[1] === column;
      if (used.has(column) || isForbidden) continue;
      best = Math.min(best, cost + tryRow(row + 1, new Set([...used, column])));
    }
    return best;
  };
  return tryRow(0, new Set());
}

function totalOf(costs: readonly (readonly number[])[], columnOf: Int32Array, leaveOut: number): number {
  const columns = costs[0]?.length ?? 0;
  const pairs = [...columnOf].filter((column) => column >= 0).length;
  const paired = [...columnOf].reduce(
    (sum, column, row) => sum + (column < 0 ? 0 : (costs[row]?.[column] ?? 0)),
    0,
  );
  return paired + (columnOf.length - pairs + columns - pairs) * leaveOut;
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) => {
    const cost = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -50, max: 100 }) },
      { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    );
    const row = fc.array(cost, { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });

describe('assign', () => {
  it('finds the cheapest answer, and how much worse each pair’s absence is', () => {
    fc.assert(
      fc.property(matrices, fc.integer({ min: 0, max: 60 }), (costs, leaveOut) => {
        const columns = costs[0]?.length ?? 0;
        const { columnOf, margin } = assign(Float64Array.from(costs.flat()), costs.length, columns, leaveOut);
        const best = cheapest(costs, leaveOut);
        expect(totalOf(costs, columnOf, leaveOut)).toBeCloseTo(best, 6);
        for (const [row, column] of columnOf.entries()) {
          if (column < 0) continue;
          expect(margin[row]).toBeCloseTo(cheapest(costs, leaveOut, [row, column]) - best, 6);
        }
        const used = [...columnOf].filter((column) => column >= 0);
        expect(new Set(used).size).toBe(used.length);
      }),
      { numRuns: 300 },
    );
  });

  it('prefers one near pair to two far ones', () => {
    expect([...assign(Float64Array.from([1, 25, 25, Number.POSITIVE_INFINITY]), 2, 2, 15).columnOf]).toEqual([
      0, -1,
    ]);
  });
});
