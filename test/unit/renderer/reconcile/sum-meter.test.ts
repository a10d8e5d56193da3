import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMatchByHand, readMeter } from '#renderer/screens/reconcile/sum-meter.ts';
import { cents } from '#shared/domain/money.ts';

const paid = (shillings: number) => ({ amountCents: cents(shillings * 100), direction: 'in' as const });
const back = (shillings: number) => ({ amountCents: cents(shillings * 100), direction: 'out' as const });
const sold = (shillings: number) => ({ amountCents: cents(shillings * 100) });

describe('readMeter', () => {
  it('says how much of which side is still to find', () => {
    expect(readMeter([paid(2380)], [sold(2230)])).toMatchObject({ state: 'find-sales', by: 15_000 });
    expect(readMeter([paid(50)], [sold(50), sold(30)])).toMatchObject({ state: 'find-payments', by: 3_000 });
    expect(readMeter([paid(50)], [])).toMatchObject({ state: 'find-sales', by: 5_000 });
    expect(readMeter([], [sold(50)])).toMatchObject({ state: 'find-payments', by: 5_000 });
  });

  it('is equal only when both sides hold something and agree to the cent', () => {
    expect(readMeter([paid(2380)], [sold(1600), sold(780)]).state).toBe('equal');
    expect(readMeter([], []).state).toBe('incomplete');
    expect(readMeter([paid(50), back(50)], []).state).toBe('incomplete');
  });

  it('sets money out against money in, so that a refund meets its payment', () => {
    expect(readMeter([back(300)], [sold(-300)]).state).toBe('equal');
    expect(readMeter([paid(1000), back(300)], [sold(1000), sold(-300)]).state).toBe('equal');
  });

  it('never loses a cent between the sides', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, amounts, (left, right) => {
        const meter = readMeter(
          left.map((amount) => ({ amountCents: cents(amount), direction: 'in' as const })),
          right.map((amount) => ({ amountCents: cents(amount) })),
        );
        const difference = meter.paid - meter.sold;
        if (meter.state === 'find-sales') expect(meter.by).toBe(difference);
        else if (meter.state === 'find-payments') expect(meter.by).toBe(-difference);
        else expect(difference).toBe(0);
      }),
    );
  });
});

describe('canMatchByHand', () => {
  const both = { payments: 1, sales: 1 };

  it('needs something on both sides', () => {
    expect(canMatchByHand(readMeter([paid(50)], []), { payments: 1, sales: 0 }, 'a good reason')).toBe(false);
    expect(canMatchByHand(readMeter([], [sold(50)]), { payments: 0, sales: 1 }, 'a good reason')).toBe(false);
  });

  it('needs no note when equal, and a real one when not', () => {
    expect(canMatchByHand(readMeter([paid(50)], [sold(50)]), both, '')).toBe(true);
    expect(canMatchByHand(readMeter([paid(50)], [sold(60)]), both, '  ')).toBe(false);
    expect(canMatchByHand(readMeter([paid(50)], [sold(60)]), both, 'discount of 10')).toBe(true);
  });
});
