import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOfPlace, placeAfterLeaving, placeAt, TOP } from '#renderer/screens/reconcile/place.ts';

const rows = (...keys: string[]) => keys.map((key) => ({ key }));

describe('place in the list', () => {
  it('starts at the top, also of an empty list', () => {
    expect(indexOfPlace(rows('a', 'b'), TOP)).toBe(0);
    expect(indexOfPlace([], TOP)).toBe(0);
  });

  it('stays with its row when rows before it go or come', () => {
    const place = placeAt(rows('a', 'b', 'c'), 2);
    expect(indexOfPlace(rows('b', 'c'), place)).toBe(1);
    expect(indexOfPlace(rows('x', 'a', 'b', 'c'), place)).toBe(3);
  });

  it('goes to the next row when its row is answered', () => {
    const before = rows('a', 'b', 'c');
    expect(indexOfPlace(rows('a', 'c'), placeAfterLeaving(before, 1))).toBe(1);
  });

  it('goes to the row before when the last one is answered', () => {
    const before = rows('a', 'b', 'c');
    const after = rows('a', 'b');
    expect(after[indexOfPlace(after, placeAfterLeaving(before, 2))]?.key).toBe('b');
  });

  it('never leaves the list', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 12 }),
        fc.integer({ min: -20, max: 40 }),
        (keys, index) => {
          const list = rows(...keys);
          const place = placeAt(list, index);
          const at = indexOfPlace(list, place);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThan(Math.max(1, keys.length));
          if (keys.length > 0) expect(list[at]?.key).toBe(place.key);
        },
      ),
    );
  });

  it('works the whole list to zero from anywhere, without meeting a row twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 12 }), fc.nat(), (keys, start) => {
        let list = rows(...keys);
        let place = placeAt(list, start % list.length);
        const answered: string[] = [];
        while (list.length > 0) {
          const index = indexOfPlace(list, place);
          answered.push(list[index]?.key ?? 'none');
          place = placeAfterLeaving(list, index);
          list = list.filter((_, i) => i !== index);
        }
        expect([...answered].sort()).toEqual([...keys].sort());
      }),
    );
  });
});
