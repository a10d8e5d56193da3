import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainAndBounded } from '#main/ipc/bounds.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

test('takes ordinary JSON', () => {
  const ordinary = fc
    .jsonValue({ maxDepth: 4 })
    .filter((value) => !JSON.stringify(value).includes('__proto__'));
  fc.assert(fc.property(ordinary, (value) => isPlainAndBounded(value)));
  expect(isPlainAndBounded(undefined)).toBe(true);
});

describe('refuses', () => {
  test.each([
    ['deeper than 8', nested(9)],
    ['more than 20,000 values', Array.from({ length: 200 }, () => Array.from({ length: 101 }, () => 0))],
    ['more than 20,000 keys', Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`k${n}`, 0]))],
    ['a very long list', Array.from({ length: 1_000_000 }, () => 0)],
    ['a million characters', ['x'.repeat(600_000), 'x'.repeat(600_000)]],
    ['a million characters of keys', { ['x'.repeat(1_000_001)]: 1 }],
    ['a __proto__ key at any depth', [{ a: JSON.parse('{"__proto__":1}') }]],
    ['what JSON cannot say', { when: new Date(0) }],
    ['a buffer', [new Uint8Array(4)]],
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('x')]],
    ['a big integer', [1n]],
  ])('%s', (_, value) => expect(isPlainAndBounded(value)).toBe(false));
});

test('takes what lies just inside the limits', () => {
  expect(isPlainAndBounded(nested(8))).toBe(true);
  expect(isPlainAndBounded(Array.from({ length: 19_999 }, () => 0))).toBe(true);
  expect(isPlainAndBounded('x'.repeat(1_000_000))).toBe(true);
});
