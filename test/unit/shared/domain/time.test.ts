import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type BusinessDay,
  businessDayOf,
  fromNairobi,
  parseBusinessDay,
  startOfDay,
  toIsoNairobi,
  toNairobi,
  type UtcMs,
} from '#shared/domain/time.ts';

const clock = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
});

describe('Nairobi time', () => {
  it.each([
    ['the last second of a year', clock(2026, 12, 31, 23, 59, 59), '2026-12-31T23:59:59+03:00'],
    ['a leap day', clock(2028, 2, 29, 0, 0, 0), '2028-02-29T00:00:00+03:00'],
    ['midnight', clock(2026, 3, 14), '2026-03-14T00:00:00+03:00'],
  ])('reads %s', (_, wall, iso) => {
    const at = fromNairobi(wall);
    expect(at === null ? null : toIsoNairobi(at)).toBe(iso);
    expect(at === null ? null : toNairobi(at)).toEqual(wall);
  });

  it.each([
    ['31 February', clock(2026, 2, 31)],
    ['29 February of a common year', clock(2027, 2, 29)],
    ['a 13th month', clock(2026, 13, 1)],
    ['24 o’clock', clock(2026, 3, 14, 24)],
    ['a 60th second', clock(2026, 3, 14, 23, 59, 60)],
    ['a year before M-PESA', clock(1999, 3, 14)],
  ])('refuses %s', (_, wall) => {
    expect(fromNairobi(wall)).toBeNull();
  });

  it('does not depend on the zone of the computer', () => {
    // Any instant, read back, is the same instant: nothing in between asks for the local zone.
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2008, 0, 1), max: Date.UTC(2099, 0, 1) }), (ms) => {
        const at = (ms - (ms % 1000)) as UtcMs;
        return fromNairobi(toNairobi(at)) === at;
      }),
    );
  });
});

describe('the business day', () => {
  it('turns at midnight in Nairobi, or when the owner says', () => {
    const at = (hour: number, minute: number, second: number) =>
      fromNairobi(clock(2026, 3, 14, hour, minute, second)) as UtcMs;
    expect(businessDayOf(at(23, 59, 59))).toBe('2026-03-14');
    expect(businessDayOf((at(23, 59, 59) + 1000) as UtcMs)).toBe('2026-03-15');
    expect(businessDayOf(at(4, 59, 59), 300)).toBe('2026-03-13');
    expect(businessDayOf(at(5, 0, 0), 300)).toBe('2026-03-14');
  });

  it('begins where the day before ends', () => {
    const day = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays('2010-01-01' as BusinessDay, n));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1439 }), (one, start) => {
        const begin = startOfDay(one, start);
        return (
          businessDayOf(begin, start) === one &&
          businessDayOf((begin - 1) as UtcMs, start) === addDays(one, -1) &&
          startOfDay(addDays(one, 1), start) - begin === 86_400_000
        );
      }),
    );
  });

  it.each(['2026-02-31', '2026-3-14', '14/03/2026', '', '2026-03-14T00:00:00'])('refuses %j', (text) => {
    expect(parseBusinessDay(text)).toBeNull();
  });
});
