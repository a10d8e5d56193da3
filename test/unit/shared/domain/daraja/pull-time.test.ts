import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LATER_IN_UTC, proveZone, readPulledTime } from '#shared/domain/daraja/pull-time.ts';
import { HOUR, MINUTE, NAIROBI_OFFSET, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';

const read = (text: string, zone: 'nairobi' | 'utc') => {
  const at = readPulledTime(text, zone);
  return at === null ? null : toIsoNairobi(at);
};

describe('the time of a pulled row', () => {
  it.each([
    ['2026-03-14T08:00:07Z', '2026-03-14T08:00:07+03:00', '2026-03-14T11:00:07+03:00'],
    ['2026-03-14 08:00:07', '2026-03-14T08:00:07+03:00', '2026-03-14T11:00:07+03:00'],
    ['2026-03-14T08:00Z', '2026-03-14T08:00:00+03:00', '2026-03-14T11:00:00+03:00'],
    ['2026-03-14T08:00:07.123Z', '2026-03-14T08:00:07+03:00', '2026-03-14T11:00:07+03:00'],
    ['2026-03-14T08:00:07+03:00', '2026-03-14T08:00:07+03:00', '2026-03-14T08:00:07+03:00'],
    ['2026-03-14T05:00:07+0000', '2026-03-14T08:00:07+03:00', '2026-03-14T08:00:07+03:00'],
    ['20260314080007', '2026-03-14T08:00:07+03:00', '2026-03-14T08:00:07+03:00'],
  ])('%s is one instant in each zone', (text, nairobi, utc) => {
    expect([read(text, 'nairobi'), read(text, 'utc')]).toEqual([nairobi, utc]);
  });

  it.each(['', 'yesterday', '2026-02-30T08:00:00Z', '2026-03-14', '14/03/2026 08:00'])(
    '%j is no time',
    (text) => {
      expect(read(text, 'nairobi')).toBeNull();
    },
  );
});

const printed = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
const anyInstant = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 })
  .map((seconds) => (seconds * 1000) as UtcMs);
const apart = fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE });

describe('the zone of what Pull prints', () => {
  it('is shown by one payment whose time is known, give or take two minutes', () => {
    fc.assert(
      fc.property(anyInstant, apart, (at, gap) => {
        expect(proveZone(printed(at + NAIROBI_OFFSET), (at + gap) as UtcMs)).toBe('nairobi');
        expect(proveZone(printed(at), (at + gap) as UtcMs)).toBe('utc');
      }),
    );
  });

  it('is not shown by a time that fits neither, or that states its own offset', () => {
    const at = Date.UTC(2026, 2, 14, 5, 0, 7) as UtcMs;
    expect(proveZone(printed(at + HOUR), at)).toBeNull();
    expect(proveZone('2026-03-14T08:00:07+03:00', at)).toBeNull();
    expect(proveZone('no time', at)).toBeNull();
  });

  it('makes a payment later by three hours, never earlier', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const text = printed(at);
        expect((readPulledTime(text, 'utc') ?? 0) - (readPulledTime(text, 'nairobi') ?? 0)).toBe(
          LATER_IN_UTC,
        );
      }),
    );
  });
});
