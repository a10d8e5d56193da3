import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommonPassword } from '#main/access/guessed-passwords.ts';
import { nameKeyOf } from '#shared/domain/access/name-key.ts';
import { findPasswordProblems, toHashedForm } from '#shared/domain/access/password-rules.ts';

const context = {
  hasTotp: false,
  ownWords: ['Duka la Mfano', 'Amina', '174379', 'Al'],
  isCommon: isCommonPassword,
};
const problemsOf = (password: string, hasTotp = false) =>
  findPasswordProblems(password, { ...context, hasTotp }).map(({ id }) => id.replace('access.password.', ''));

test.each([
  ['twelve green mangoes', []],
  ['correcthorsebattery', []],
  ['ndizi mbivu tatu', []],
  // No composition is asked for: letters alone will do, and so will any script.
  ['мандарин и арбуз', []],
  ['          a wall of spaces', []],
  ['', ['too-short']],
  ['kipande', ['too-short']],
  ['elevenchars', ['too-short']],
  ['x'.repeat(201), ['too-long', 'common']],
  ['aaaaaaaaaaaa', ['common']],
  ['abababababab', ['common']],
  ['123456789012', ['common']],
  ['abcdefghijklm', ['common']],
  ['zyxwvutsrqpon', ['common']],
  ['098765432109', ['common']],
  ['Password2024!', ['common']],
  ['P@ssw0rd12345', ['common']],
  ['!!!dragon!!!!!', ['common']],
  ['qwertyqwerty', ['common']],
  ['qwerty1qwerty1', ['common']],
  ['my M-PESA money', ['own-word']],
  ['Mp3s@ is the best', ['own-word']],
  ['I love daftari so', ['own-word']],
  ['duka-la-mfano 7x', ['own-word']],
  ['dukalamfano4ever', ['own-word']],
  ['4mina and friends', ['own-word']],
  ['till 174379 of us', ['own-word']],
  // Two letters stand in any password by chance.
  ['always the same talk', []],
])('%j: %j', (password, problems) => {
  expect(problemsOf(password)).toEqual(problems);
});

describe('length', () => {
  test('eight characters are enough with a second factor, and no fewer', () => {
    expect(problemsOf('vbgtrkqz', true)).toEqual([]);
    expect(problemsOf('vbgtrkq', true)).toEqual(['too-short']);
    expect(problemsOf('vbgtrkqz')).toEqual(['too-short']);
  });

  test('is counted in characters as people see them, after what looks alike has become one', () => {
    expect(problemsOf('🥭🍌🍍🥥🍇🍈🍉🍊🍋🍐🍑🍒')).toEqual([]);
    expect(problemsOf('ﬀﬀﬀﬀﬀﬀﬀ kipande')).toEqual([]);
    expect(toHashedForm('ｋｉｌｉｍｏ')).toBe('kilimo');
  });
});

test('no password off the list passes, however its letters are cased', () => {
  const samples = ['123456', 'password', 'qwerty', 'letmein', 'iloveyou', 'dragon'];
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      (word, up) => {
        const cased = [...word].map((letter, at) => (up[at] ? letter.toUpperCase() : letter)).join('');
        expect(problemsOf(cased, true)).toContain('common');
      },
    ),
  );
});

test('any text gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (password) => {
      expect(Array.isArray(problemsOf(password))).toBe(true);
    }),
  );
});

test('names that look the same have one key', () => {
  expect(nameKeyOf('  Amina   Wanjiru ')).toBe('amina wanjiru');
  expect(nameKeyOf('ＡＭＩＮＡ')).toBe('amina');
  expect(nameKeyOf('Zoe\u0301')).toBe(nameKeyOf('ZOÉ'));
});
