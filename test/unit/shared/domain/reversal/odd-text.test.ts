import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOdd, spellOut } from '#shared/domain/reversal/odd-text.ts';

describe('S21: text that may look like another', () => {
  test.each([
    ['turned around', 'pay\u202e00.005', 'pay[U+202E]00.005'],
    ['with a mark that is not seen', 'AB\u200bC', 'AB[U+200B]C'],
    ['with a control character', 'a\u0007b', 'a[U+0007]b'],
    ['on two lines', 'a\u2028b', 'a[U+2028]b'],
    ['with a tag', 'a\u{e0041}b', 'a[U+E0041]b'],
    ['with a filler that is blank', 'a\u3164b', 'a[U+3164]b'],
    ['Latin with a Cyrillic letter', 'АLICE', 'АLICE'],
    ['Latin with a Greek letter', 'ΑLICE', 'ΑLICE'],
    ['wide letters', 'ＲＥＦ', 'ＲＥＦ'],
    ['styled letters', '𝐑𝐞𝐟', '𝐑𝐞𝐟'],
    ['heaped marks', 'a\u0301\u0302\u0303b', 'a\u0301\u0302[…]b'],
  ])('%s', (_, text, shown) => {
    expect(isOdd(text)).toBe(true);
    expect(spellOut(text)).toBe(shown);
  });

  test.each([
    'ALICE EXAMPLE',
    'Wanjikũ Njeri',
    'O’DEMO',
    'INV-7/2026',
    'Дмитрий',
    'محمد',
    '12½ kg',
    'ﬁsh',
    '🙂',
  ])('but not %s', (text) => {
    expect(isOdd(text)).toBe(false);
    expect(spellOut(text)).toBe(text);
  });

  test('nothing unseen is left, whatever comes', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(spellOut(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
