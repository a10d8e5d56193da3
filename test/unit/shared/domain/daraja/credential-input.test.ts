import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, dueAt } from '#shared/domain/daraja/credential-age.ts';
import {
  type CheckedInput,
  checkAppKeys,
  checkOperatorName,
  checkOperatorPassword,
  checkPasskey,
  checkReadyMade,
  isSameOperator,
  warnOfPassword,
} from '#shared/domain/daraja/credential-input.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';

const problemOf = (checked: CheckedInput<unknown>) => (checked.ok ? null : checked.problem.id);
const READY = Buffer.alloc(256, 7).toString('base64');

describe('keys of an app', () => {
  test('lose the spaces of copying', () => {
    expect(checkAppKeys({ key: ' AbC123\n', secret: '\tXyZ789 ' })).toEqual({
      ok: true,
      value: { key: 'AbC123', secret: 'XyZ789' },
    });
  });

  test.each([
    ['', 'x', 'credential.input.app-missing'],
    ['x', '  ', 'credential.input.app-missing'],
    ['two words', 'x', 'credential.input.app-form'],
    ['x', 'n\u0000l', 'credential.input.app-form'],
    ['x', 'z\u200bz', 'credential.input.app-form'],
    ['key:secret', 'x', 'credential.input.app-form'],
    ['k'.repeat(201), 'x', 'credential.input.app-form'],
    ['same', 'same', 'credential.input.app-same'],
  ])('%j with %j is refused', (key, secret, problem) => {
    expect(problemOf(checkAppKeys({ key, secret }))).toBe(problem);
  });
});

describe('an operator', () => {
  test.each([
    [' testapi ', null],
    ['', 'credential.input.name-missing'],
    ['test api', 'credential.input.name-form'],
    ['n'.repeat(101), 'credential.input.name-form'],
    ['na\u0301me', 'credential.input.name-form'],
  ])('may be called %j: %s', (name, problem) => {
    expect(problemOf(checkOperatorName(name))).toBe(problem);
  });

  test.each([
    [' Karibu#2026 ', null],
    ['   ', 'credential.input.password-missing'],
    ['Kari\u0007bu', 'credential.input.unseen'],
    ['Kari\u200bbu', 'credential.input.unseen'],
    ['x'.repeat(245), null],
    ['x'.repeat(246), 'credential.input.password-long'],
    ['é'.repeat(123), 'credential.input.password-long'],
    [READY, 'credential.input.password-ready-made'],
  ])('may have this password (%#): %s', (password, problem) => {
    expect(problemOf(checkOperatorPassword(password))).toBe(problem);
  });

  test('keeps the inside of a password as it was typed', () => {
    expect(checkOperatorPassword(' a b ')).toEqual({ ok: true, value: 'a b' });
  });

  test.each([
    ['Karibu#2026', []],
    ['Kar&%$#1', []],
    ['Kari(bu)', ['credential.warn.brackets']],
    ['kari@bu', ['credential.warn.at-or-dot']],
    ['k.(b)!', ['credential.warn.brackets', 'credential.warn.at-or-dot', 'credential.warn.signs']],
    ['nenosirí', ['credential.warn.signs']],
    [' Karibu#2026 ', []],
  ])('%j is warned of: %j', (password, warnings) => {
    expect(warnOfPassword(password).map(({ id }) => id)).toEqual(warnings);
  });

  test('is the same whatever its capitals', () => {
    expect(isSameOperator('ShopApi', 'shopAPI')).toBe(true);
    expect(isSameOperator('ShopApi', 'ShopApi2')).toBe(false);
  });
});

describe('a ready-made SecurityCredential', () => {
  test('is taken whole, with the line breaks of the copy taken out', () => {
    const wrapped = ` ${READY.replace(/(.{76})/g, '$1\r\n')}\n`;
    expect(checkReadyMade(wrapped)).toEqual({ ok: true, value: READY });
  });

  test('is whatever 256 bytes make', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (bytes) => {
        expect(checkReadyMade(Buffer.from(bytes).toString('base64')).ok).toBe(true);
      }),
    );
  });

  test.each([
    ['', 'credential.input.ready-made-missing'],
    [READY.slice(1), 'credential.input.ready-made-length'],
    [`${READY}A`, 'credential.input.ready-made-length'],
    [`-${READY.slice(1)}`, 'credential.input.ready-made-form'],
    [`${READY.slice(0, 343)}A`, 'credential.input.ready-made-form'],
    [`${READY.slice(0, 341)}B==`, 'credential.input.ready-made-form'],
  ])('is refused where it is not (%#): %s', (text, problem) => {
    expect(problemOf(checkReadyMade(text))).toBe(problem);
  });
});

test('a passkey is one word', () => {
  expect(checkPasskey(' bfb2\n79 ')).toEqual({ ok: true, value: 'bfb279' });
  expect(problemOf(checkPasskey(' '))).toBe('credential.input.passkey-missing');
  expect(problemOf(checkPasskey('p\u0000k'))).toBe('credential.input.passkey-form');
});

test('no problem repeats what was typed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 3, unit: fc.constantFrom('q', 'Z', '\u0001', ' ', '(') }), (typed) => {
      const checked = [
        checkAppKeys({ key: typed, secret: typed }),
        checkOperatorName(typed),
        checkOperatorPassword(typed),
        checkReadyMade(typed),
        checkPasskey(typed),
      ];
      const said = checked.flatMap((each) => (each.ok ? [] : [each.problem]));
      for (const problem of [...said, ...warnOfPassword(typed)])
        expect(Object.values(problem.values ?? {}).every((value) => typeof value === 'number')).toBe(true);
    }),
  );
});

describe('the age of a secret', () => {
  const SINCE = Date.UTC(2026, 0, 1) as UtcMs;
  const on = (days: number) => (SINCE + days * DAY) as UtcMs;

  test.each<[CredentialKind, number, number, string]>([
    ['look-up-operator', 0, 90, 'fresh'],
    ['look-up-operator', 74.9, 15, 'fresh'],
    ['look-up-operator', 75, 15, 'due-soon'],
    ['look-up-operator', 89.9, 0, 'due-soon'],
    ['look-up-operator', 90, 0, 'overdue'],
    ['reversal-operator', 75, 15, 'due-soon'],
    ['reversal-operator', 91, -1, 'overdue'],
    ['app', 334, 31, 'fresh'],
    ['app', 335, 30, 'due-soon'],
    ['app', 365, 0, 'overdue'],
    ['passkey', 364, 1, 'due-soon'],
  ])('%s after %s days: %s left, %s', (kind, days, left, standing) => {
    expect(ageOf(kind, dueAt(kind, SINCE), on(days))).toEqual({ days: Math.floor(days), left, standing });
  });

  test('is nothing while the clock is behind', () => {
    expect(ageOf('app', dueAt('app', SINCE), on(-3))).toEqual({ days: 0, left: 368, standing: 'fresh' });
  });
});
