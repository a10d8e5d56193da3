import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimeOfDay, writeTimeOfDay } from '#renderer/screens/settings/day-start.ts';

describe('the time at which a day starts', () => {
  it('reads what it writes, for every minute of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        expect(readTimeOfDay(writeTimeOfDay(minutes))).toBe(minutes);
      }),
    );
  });

  it.each(['', '4:30', '24:00', '12:60', '04:30:00', 'noon'])('refuses %j', (text) => {
    expect(readTimeOfDay(text)).toBeNull();
  });
});
