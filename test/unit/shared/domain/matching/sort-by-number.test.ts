import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortByNumber } from '#shared/domain/matching/sort-by-number.ts';

const item = fc.record({
  at: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -1e9, max: 2e12 }))),
  id: fc.integer(),
});

describe('sortByNumber', () => {
  it('sorts as comparing does, items without a number last', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 200 }), (items) => {
        const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
        const last = Number.MAX_SAFE_INTEGER;
        const expected = [...items].sort((a, b) => (a.at ?? last) - (b.at ?? last) || byId(a, b));
        expect(sortByNumber(items, ({ at }) => at, byId)).toEqual(expected);
      }),
    );
  });

  it('leaves the input as it is', () => {
    const items = [{ at: 2 }, { at: 1 }];
    sortByNumber(
      items,
      ({ at }) => at,
      () => 0,
    );
    expect(items).toEqual([{ at: 2 }, { at: 1 }]);
  });
});
