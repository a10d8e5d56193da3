import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settledParty, settledTime } from '#shared/domain/statement/settled.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  startOfDay,
  type TimePrecision,
  type UtcMs,
} from '#shared/domain/time.ts';

const NOON = (startOfDay('2026-03-14' as never) + 12 * HOUR) as UtcMs;
const at = (ms: number, precision: TimePrecision) => ({ at: (NOON + ms) as UtcMs, precision });

describe('the time of a payment that a statement settles', () => {
  it.each([
    ['is the statement’s when both have seconds', at(3 * SECOND, 'second'), at(0, 'second'), 0],
    [
      'is the reported one in the minute that a spreadsheet left',
      at(41 * SECOND, 'second'),
      at(0, 'minute'),
      41 * SECOND,
    ],
    [
      'is the reported one on the day that is all the file says',
      at(HOUR, 'second'),
      at(-12 * HOUR, 'day'),
      HOUR,
    ],
    ['is the statement’s when the reported one contradicts it', at(3 * HOUR, 'second'), at(0, 'minute'), 0],
    [
      'is the statement’s when another day was reported',
      at(DAY, 'second'),
      at(-12 * HOUR, 'day'),
      -12 * HOUR,
    ],
    ['is the statement’s when that is finer', at(0, 'minute'), at(7 * SECOND, 'second'), 7 * SECOND],
  ] as const)('%s', (_, reported, stated, expected) => {
    expect(settledTime(reported, stated).at - NOON).toBe(expected);
  });

  const anyTime = fc.record({
    at: fc.integer({ min: -2 * DAY, max: 2 * DAY }).map((ms) => (NOON + ms) as UtcMs),
    precision: fc.constantFrom<TimePrecision>('second', 'minute', 'day'),
  });
  it('is never coarser than the statement, and one of the two', () => {
    const fineness = { day: 0, minute: 1, second: 2 };
    fc.assert(
      fc.property(anyTime, anyTime, (reported, stated) => {
        const time = settledTime(reported, stated);
        expect([reported, stated]).toContain(time);
        expect(fineness[time.precision]).toBeGreaterThanOrEqual(fineness[stated.precision]);
        if (stated.precision === 'minute') expect(Math.abs(time.at - stated.at)).toBeLessThan(MINUTE);
      }),
    );
  });
});

describe('who paid a payment that a statement settles', () => {
  const reported = { phone: '254712345678', code: null, name: 'AMINA EXAMPLE' };
  it.each([
    [
      'keeps a full number that the statement masks',
      { phone: '2547****678', code: null, name: 'AMINA' },
      '254712345678',
      'AMINA',
    ],
    [
      'takes the statement’s number when they differ',
      { phone: '2547****101', code: null, name: 'OTHER' },
      '2547****101',
      'OTHER',
    ],
    [
      'keeps what the statement does not say',
      { phone: null, code: null, name: null },
      '254712345678',
      'AMINA EXAMPLE',
    ],
    [
      'is the statement’s alone when a bank paid',
      { phone: null, code: '400088', name: 'CO-OP' },
      null,
      'CO-OP',
    ],
  ] as const)('%s', (_, stated, phone, name) => {
    expect(settledParty(reported, stated)).toEqual({ phone, code: stated.code, name });
  });

  it('takes a full number over a masked one', () => {
    const masked = { ...reported, phone: '2547****678' };
    expect(settledParty(masked, reported).phone).toBe('254712345678');
  });
});
