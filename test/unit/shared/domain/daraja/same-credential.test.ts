import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { isSameCredential, type UsedCredential } from '#shared/domain/daraja/same-credential.ts';

const KINDS: readonly CredentialKind[] = ['app', 'look-up-operator', 'reversal-operator', 'passkey'];

function used(shortCode: string, kind: CredentialKind, which: string | null): UsedCredential {
  const isKeys = kind === 'app';
  return { shortCode, kind, name: isKeys ? null : which, keyMark: isKeys ? which : null };
}

test.each<[string, UsedCredential, UsedCredential, boolean]>([
  ['one row', used('1', 'passkey', null), used('1', 'passkey', null), true],
  [
    'one operator at two numbers',
    used('1', 'look-up-operator', 'a'),
    used('2', 'look-up-operator', 'a'),
    true,
  ],
  ['capitals', used('1', 'look-up-operator', 'mfanoLook'), used('2', 'look-up-operator', 'MFANOLOOK'), true],
  ['one operator for both', used('1', 'look-up-operator', 'a'), used('1', 'reversal-operator', 'a'), true],
  ['two operators', used('1', 'look-up-operator', 'a'), used('2', 'look-up-operator', 'b'), false],
  ['one pair of keys', used('1', 'app', 'm'), used('2', 'app', 'm'), true],
  ['two pairs of keys', used('1', 'app', 'm'), used('2', 'app', 'n'), false],
  ['keys that nobody knows', used('1', 'app', null), used('2', 'app', null), false],
  ['passkeys of two numbers', used('1', 'passkey', null), used('2', 'passkey', null), false],
  ['keys and an operator', used('1', 'app', 'a'), used('1', 'look-up-operator', 'a'), false],
])('%s', (_, one, other, isSame) => {
  expect(isSameCredential(one, other)).toBe(isSame);
});

test('it holds both ways, and for itself', () => {
  const any = fc
    .tuple(fc.constantFrom('1', '2'), fc.constantFrom(...KINDS), fc.constantFrom('a', 'A', 'b', null))
    .map(([shortCode, kind, which]) => used(shortCode, kind, which));
  fc.assert(
    fc.property(any, any, (one, other) => {
      expect(isSameCredential(one, other)).toBe(isSameCredential(other, one));
      expect(isSameCredential(one, one)).toBe(true);
    }),
  );
});
