import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  hasPaymentMark,
  hasSaleMark,
  isSameMark,
  isTellingMark,
  readyMark,
  wordsOf,
} from '#shared/domain/rules/marks.ts';

const paidBy = (name: string | null) => ({
  accountReference: null,
  party: { phone: null, code: null, name },
});

it.each([
  ['KAMAU HARDWARE', 'Kamau', true],
  ['KAMAU HARDWARE', 'hardware kamau', true],
  ['KAMAU HARDWARE', 'Kam', false],
  ['KAMAU HARDWARE', 'Kamau .*', true],
  ['KAMAU HARDWARE', '.*', false],
  ['KAMAU HARDWARE', '', false],
  [null, 'Kamau', false],
])('a payer %j has the words %j: %j', (name, text, expected) => {
  expect(hasPaymentMark(paidBy(name), readyMark({ by: 'payer-name', text }))).toBe(expected);
});

it.each([
  ['customer', 'Njoroge', true],
  ['customer', 'Njoroge Peter', false],
  ['account-reference', 'c 77', true],
  ['account-reference', 'C-7', false],
  ['cashier', 'wanjiku', true],
] as const)('a sale has %s %j: %j', (by, text, expected) => {
  const sale = { accountReference: 'C-77', customer: 'Mzee Njoroge', cashier: 'Wanjiku M.' };
  expect(hasSaleMark(sale, readyMark({ by, text }))).toBe(expected);
});

it('a sale without a cashier has none', () => {
  const sale = { accountReference: null, customer: null };
  expect(hasSaleMark(sale, readyMark({ by: 'cashier', text: 'Wanjiku' }))).toBe(false);
});

it('marks are the same when their words are', () => {
  expect(
    isSameMark({ by: 'customer', text: 'Duka-la  Amina' }, { by: 'customer', text: 'DUKA LA AMINA' }),
  ).toBe(true);
  expect(isSameMark({ by: 'customer', text: 'Amina' }, { by: 'cashier', text: 'Amina' })).toBe(false);
});

it.each([
  ['AB', false],
  ['A-B-C', true],
  ['***', false],
  ['X'.repeat(101), false],
])('%j says enough: %j', (text, expected) => {
  expect(isTellingMark(text)).toBe(expected);
});

it('any text is plain words: what a name says, a mark of its words finds', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100, unit: 'grapheme' }), (name) => {
      const words = wordsOf(name);
      const mark = readyMark({ by: 'payer-name', text: words.join(' ') });
      expect(hasPaymentMark(paidBy(name), mark)).toBe(words.length > 0);
    }),
    { examples: [['ῗ'], ['ῢ']] },
  );
});
