import { describe, expect, it } from 'vitest';
import { render } from '#shared/text/render.ts';
import { clock, matchAll, payment, sale, summary } from '#test/fixtures/match-items.ts';

const reported = payment(1, 500, { at: clock(10, 0), isReported: true });

describe('a payment that only a notice has reported', () => {
  it.each([
    ['same receipt', sale(1, 500, { receipt: reported.receipt }), reported, 'same-receipt'],
    [
      'the sale’s number',
      sale(1, 500, { reference: 'INV-77123' }),
      { ...reported, accountReference: 'INV-77123' },
      'account-reference',
    ],
  ] as const)('is likely by %s, and certain once it is settled', (_, sold, paid, rule) => {
    expect(summary(matchAll([paid], [sold]))).toEqual([`${rule} likely 1>1`]);
    expect(summary(matchAll([{ ...paid, isReported: false }], [sold]))).toEqual([`${rule} certain 1>1`]);
  });

  it('says why it is not certain', () => {
    const [suggestion] = matchAll([reported], [sale(1, 500, { receipt: reported.receipt })]).suggestions;
    expect(suggestion && render(suggestion.why, 'en')).toBe(
      'Same receipt and amount; paid 2 min before the sale; only reported so far: a statement or Pull will settle it.',
    );
    expect(suggestion && render(suggestion.why, 'sw')).toContain('hadi sasa imeripotiwa tu');
  });

  it('makes a day’s total likely', () => {
    const total = sale(9, 800, { kind: 'day-total', at: null, reference: null });
    const lines = [reported, payment(2, 300, { at: clock(11, 0) })];
    expect(summary(matchAll(lines, [total]))).toContain('day-total likely 1+2>9');
    expect(summary(matchAll([{ ...reported, isReported: false }, ...lines.slice(1)], [total]))).toContain(
      'day-total certain 1+2>9',
    );
  });

  it('is sent back for certain when a statement says so', () => {
    const reversal = payment(2, 500, {
      at: clock(11, 0),
      kind: 'reversal',
      direction: 'out',
      linkedReceipt: reported.receipt,
    });
    expect(summary(matchAll([reported, reversal], []))).toContain('reversal-of certain 2+1>');
  });

  it('is open like any other when no sale names it', () => {
    expect(summary(matchAll([reported], []))).toEqual(['paid-not-sold 1>']);
  });
});
