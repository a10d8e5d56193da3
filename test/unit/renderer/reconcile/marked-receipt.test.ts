import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markDifferences } from '#renderer/screens/reconcile/marked-receipt.ts';

describe('markDifferences', () => {
  it('marks the one wrong character', () => {
    expect(markDifferences('UKJ4T702MX', 'UKJ4T7O2MX')).toEqual([
      { from: 0, text: 'UKJ4T7', isDifferent: false },
      { from: 6, text: '0', isDifferent: true },
      { from: 7, text: '2MX', isDifferent: false },
    ]);
  });

  it('marks two swapped neighbours as one run', () => {
    const runs = markDifferences('AB21', 'AB12').filter((mark) => mark.isDifferent);
    expect(runs).toEqual([{ from: 2, text: '21', isDifferent: true }]);
  });

  it('marks nothing when the lengths differ: then no place corresponds', () => {
    expect(markDifferences('UKJ4', 'UKJ4T7O2MX')).toEqual([{ from: 0, text: 'UKJ4', isDifferent: false }]);
  });

  it('always gives back what was typed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (typed, actual) => {
        expect(
          markDifferences(typed, actual)
            .map((mark) => mark.text)
            .join(''),
        ).toBe(typed);
      }),
    );
  });
});
