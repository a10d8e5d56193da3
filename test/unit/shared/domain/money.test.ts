import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, parseAmount, toDecimal, toReadable } from '#shared/domain/money.ts';

describe('parseAmount', () => {
  it.each([
    ['30.0', 3000],
    ['-22779.95', -2_277_995],
    ['1,234.50', 123_450],
    ['1.234,50', 123_450],
    ['1234,5', 123_450],
    ['12,345,678.90', 1_234_567_890],
    ['1 234.50', 123_450],
    ['1\u00a0234,50', 123_450],
    ['KES 1,234.50', 123_450],
    ['Ksh1,234.50', 123_450],
    ['\u22123.85', -385],
    ['(50)', -5000],
    ['0.00', 0],
    ['-0', 0],
    ['.5', null],
    ['1,234', 123_400],
    ['100.005', null],
    ['100.000', 10_000],
    ['1.23E+05', null],
    ['1e3', null],
    ['12,34.50', null],
    ['1.234.50', null],
    ['abc', null],
    ['', null],
    ['NaN', null],
    ['Infinity', null],
    ['99999999999999999999', null],
    ['0x10', null],
    ['--5', null],
  ])('reads %j as %j cents', (text, expected) => {
    const parsed = parseAmount(text);
    expect(parsed.ok ? parsed.cents : null).toBe(expected);
  });

  it('says why a spreadsheet’s short form is refused', () => {
    expect(parseAmount('1.23E+05')).toEqual({ ok: false, problem: 'scientific' });
    expect(parseAmount('10.125')).toEqual({ ok: false, problem: 'too-many-decimals' });
  });

  it('reads back exactly what it writes, in both forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (amount) => {
        const back = [toDecimal(cents(amount)), toReadable(cents(amount))].map((text) => parseAmount(text));
        return back.every((parsed) => parsed.ok && parsed.cents === amount);
      }),
    );
  });

  it('never makes a number of text that has none', () => {
    fc.assert(fc.property(fc.stringMatching(/^[^0-9]*$/), (text) => !parseAmount(text).ok));
  });
});

describe('cents', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %j', (value) => {
    expect(() => cents(value)).toThrow(RangeError);
  });
});
