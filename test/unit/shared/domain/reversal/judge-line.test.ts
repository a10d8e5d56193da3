import { describe, expect, test } from 'vitest';
import { cents } from '#shared/domain/money.ts';
import { judgeLine, ownerOfLine, type ReversalFacts } from '#shared/domain/reversal/judge-line.ts';
import { HOUR, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';

const SENT = Date.UTC(2026, 10, 20, 7, 0, 30);
const at = (after: number) => (SENT + after) as UtcMs;
const line = (after: number, more: Partial<{ receipt: string; amountCents: number }> = {}) => ({
  receipt: more.receipt ?? 'UKX0000001',
  amountCents: cents(more.amountCents ?? 1_250_00),
  at: at(after),
});
const reversal = (more: Partial<ReversalFacts> = {}): ReversalFacts => ({
  amountCents: cents(1_250_00),
  ownReceipt: null,
  carriedOutAt: at(0),
  told: [],
  isEnded: false,
  ...more,
});

describe('a line that sends the payment back', () => {
  test.each([
    ['after the sending', line(MINUTE), reversal(), 'itself'],
    ['days after it', line(60 * HOUR), reversal(), 'itself'],
    ['in the minute of it, without seconds', line(-30 * SECOND), reversal({ told: ['already'] }), 'itself'],
    ['a little before it, by another clock', line(-4 * MINUTE), reversal(), 'itself'],
    ['long before it', line(-HOUR), reversal(), 'by-another'],
    ['a little before it, and told so', line(-4 * MINUTE), reversal({ told: ['already'] }), 'by-another'],
    ['of a request that nobody carried out', line(MINUTE), reversal({ carriedOutAt: null }), 'by-another'],
    ['of another amount', line(MINUTE, { amountCents: 100_00 }), reversal(), 'nothing'],
    ['with the receipt it is known by', line(-HOUR), reversal({ ownReceipt: 'UKX0000001' }), 'itself'],
    ['with another receipt', line(MINUTE), reversal({ ownReceipt: 'UKX0000009' }), 'nothing'],
  ] as const)('%s', (_, given, facts, shows) => {
    expect(judgeLine(given, facts)).toBe(shows);
  });
});

describe('of several reversals of one payment, a line is', () => {
  const first = { id: 1, ...reversal() };
  const second = { id: 2, ...reversal({ carriedOutAt: at(10 * MINUTE) }) };
  test.each([
    ['the one sent last before it', line(11 * MINUTE), 2],
    ['not one sent after it, where another was before it', line(8 * MINUTE), 1],
    ['the only one that clocks allow', line(-MINUTE), 1],
    ['none', line(-HOUR), undefined],
  ] as const)('%s', (_, given, id) => {
    expect(ownerOfLine(given, [first, second])?.id).toBe(id);
    expect(ownerOfLine(given, [second, first])?.id).toBe(id);
  });

  test('one that is not said to have failed', () => {
    expect(ownerOfLine(line(11 * MINUTE), [first, { ...second, isEnded: true }])?.id).toBe(1);
  });

  test('the later of two of one instant', () => {
    expect(ownerOfLine(line(MINUTE), [first, { ...first, id: 3 }])?.id).toBe(3);
  });

  test('the one known by its receipt, whenever it was sent', () => {
    const known = { ...first, ownReceipt: 'UKX0000001' };
    expect(ownerOfLine(line(HOUR), [second, known])?.id).toBe(1);
  });
});
