import { expect, test } from 'vitest';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { businessDay, utcMs } from '#shared/ipc/fields.ts';

test('an instant is one that has a day: a wrong clock is, what no calendar holds is not', () => {
  const last = Date.UTC(2100, 11, 31, 20, 59, 59);
  for (const fine of [0, Date.UTC(2000, 0, 1), Date.UTC(2026, 10, 20), last]) {
    expect(utcMs.safeParse(fine).success, String(fine)).toBe(true);
    expect(businessDay.safeParse(businessDayOf(fine as UtcMs)).success).toBe(true);
  }
  for (const wrong of [-1, Date.UTC(2101, 0, 2), 9e15, 1.5, Number.NaN, '2026-11-20'])
    expect(utcMs.safeParse(wrong).success, String(wrong)).toBe(false);
});

test('a business day is one whose neighbours are days too', () => {
  for (const fine of ['1970-01-01', '2026-11-20', '2100-12-31'])
    expect(businessDay.safeParse(fine).success, fine).toBe(true);
  for (const wrong of ['0000-01-01', '1969-12-31', '2101-01-01', '9999-12-31', '2026-02-30', 20261120])
    expect(businessDay.safeParse(wrong).success, String(wrong)).toBe(false);
});
