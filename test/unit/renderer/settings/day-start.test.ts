import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listStartTimes, readTimeOfDay, writeTimeOfDay } from '#renderer/screens/settings/day-start.ts';

describe('the time at which a day starts', () => {
  it('reads what it writes, for every minute of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        expect(readTimeOfDay(writeTimeOfDay(minutes))).toBe(minutes);
      }),
    );
  });

  it('offers half hours in order, with the odd time that stands now among them, once', () => {
    expect(listStartTimes(270)).toHaveLength(48);
    const odd = listStartTimes(275);
    expect(odd.slice(8, 12)).toEqual(['04:00', '04:30', '04:35', '05:00']);
    expect(odd).toHaveLength(49);
  });

  it.each(['', '4:30', '24:00', '12:60', '04:30:00', 'noon'])('refuses %j', (text) => {
    expect(readTimeOfDay(text)).toBeNull();
  });
});
