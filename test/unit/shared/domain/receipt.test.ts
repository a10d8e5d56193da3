import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  looksLikeReceipt,
  parseReceipt,
  type Receipt,
  receiptDate,
  receiptSlip,
  slipsOf,
} from '#shared/domain/receipt.ts';

describe('parseReceipt', () => {
  it.each([
    [' uce0demo01 ', 'UCE0DEMO01'],
    ['UCE0-DEMO-01', 'UCE0DEMO01'],
    ['UCE0 DEMO 01', 'UCE0DEMO01'],
    ['C94ZH942', 'C94ZH942'],
    ['BH45UU225', 'BH45UU225'],
    ['1234567890', null],
    ['SHORT', null],
    ['UCE0DEMO01X', null],
    ['UCE0DEMO0!', null],
    ['1.23E+05', null],
    ['', null],
  ])('reads %j as %j', (text, expected) => {
    expect(parseReceipt(text)).toBe(expected);
  });
});

describe('receiptDate', () => {
  it.each([
    ['UCE0DEMO01', '2026-03-14'],
    ['UKJ4T7O2MX', '2026-11-19'],
    ['TA1XXXXXXX', '2025-01-01'],
    ['JLVXXXXXXX', '2015-12-31'],
    ['UBVXXXXXXX', null],
    ['AC1XXXXXXX', null],
    ['BH45UU225', null],
  ])('reads the date in %s', (receipt, expected) => {
    expect(receiptDate(receipt as Receipt)).toBe(expected);
  });
});

describe('receiptSlip', () => {
  it.each([
    ['UKJ4T702MX', 'UKJ4T7O2MX', 'look-alike'],
    ['UKJ4T7O2NX', 'UKJ4T7O2MX', 'one-character'],
    ['UKJ4TO72MX', 'UKJ4T7O2MX', 'swapped'],
    ['UKJ4T7O2MX', 'UKJ4T7O2MX', null],
    ['UKJ4T7O2', 'UKJ4T7O2MX', null],
    ['XXJ4T7O2MY', 'UKJ4T7O2MX', null],
  ])('calls %s for %s %j', (typed, actual, slip) => {
    expect(receiptSlip(typed, actual)).toBe(slip);
  });

  it('is the same seen from either side', () => {
    const receipt = fc.stringMatching(/^U[A-L][1-9A-V][A-Z0-9]{7}$/);
    fc.assert(fc.property(receipt, receipt, (a, b) => receiptSlip(a, b) === receiptSlip(b, a)));
  });
});

describe('slipsOf', () => {
  it.each(['UKJ4T702MX', 'UKJ4T7O2NX', 'UKJ4TO72MX', 'UKJ4T7OZMX'])('of the real one has %s', (typed) => {
    expect(slipsOf('UKJ4T7O2MX')).toContain(typed);
  });

  it('are all one slip away, each once, and few enough to look each up', () => {
    const receipt = fc.stringMatching(/^[A-Z0-9]{8,10}$/);
    fc.assert(
      fc.property(receipt, (actual) => {
        const slips = slipsOf(actual);
        expect(slips.length).toBeLessThan(700);
        expect(new Set(slips).size).toBe(slips.length);
        for (const slip of slips) expect(receiptSlip(slip, actual)).not.toBeNull();
      }),
    );
  });
});

describe('looksLikeReceipt', () => {
  it.each([
    ['UCE6DEMO01', true],
    ['UCEABCDEFG', true],
    ['C94ZH942', true],
    ['CONFIRMED', false],
    ['STATEMENTS', false],
  ])('%s: %s', (text, expected) => {
    expect(looksLikeReceipt(text as Receipt)).toBe(expected);
  });
});
