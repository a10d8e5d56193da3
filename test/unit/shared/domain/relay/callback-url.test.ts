import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  c2bUrls,
  findBannedWord,
  readCallbackPath,
  readCallbackTarget,
  resultUrls,
} from '#shared/domain/relay/callback-url.ts';

const ORIGIN = 'https://relay.duka.example';
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'));

test('every address that is written is read back, and has no word that Safaricom bans', () => {
  fc.assert(
    fc.property(hex(16), hex(16), (path, token) => {
      const { result, timeout } = resultUrls(ORIGIN, path, token);
      const { confirmation, validation } = c2bUrls(ORIGIN, path);
      const read = [result, timeout, confirmation, validation].map((url) => {
        expect(findBannedWord(url)).toBeNull();
        const target = url.slice(ORIGIN.length);
        expect(readCallbackPath(target)).toBe(path);
        return readCallbackTarget(target);
      });
      expect(read).toEqual([
        { path, kind: 'result', token },
        { path, kind: 'timeout', token },
        { path, kind: 'confirmation', token: null },
        { path, kind: 'validation', token: null },
      ]);
    }),
  );
});

test('whatever is read would be written so', () => {
  const part = fc.oneof(hex(16), fc.constantFrom('', 'c2b', 'timeout', 'confirmation', 'validation', '..'));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const target = `/${parts.join('/')}`;
      const read = readCallbackTarget(target);
      if (read === null) return;
      const urls =
        read.token === null
          ? Object.values(c2bUrls('', read.path))
          : Object.values(resultUrls('', read.path, read.token));
      expect(urls).toContain(target);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['too short', 'ab'],
  ['upper case', 'A'.repeat(32)],
  ['not hex', 'g'.repeat(32)],
])('a path or token that is %s is a bug of the caller', (_, wrong) => {
  expect(() => resultUrls(ORIGIN, wrong, 'a'.repeat(32))).toThrow(RangeError);
  expect(() => resultUrls(ORIGIN, 'a'.repeat(32), wrong)).toThrow(RangeError);
  expect(() => c2bUrls(ORIGIN, wrong)).toThrow(RangeError);
});

describe('the words that Safaricom bans', () => {
  test.each([
    ['https://relay.MPESA-shop.co.ke', 'mpesa'],
    ['https://m-pesa.example', 'm-pesa'],
    ['https://relay.example/exec', 'exec'],
    ['https://relay.example/files.exe', 'exe'],
    ['https://mysqlhost.example', 'sql'],
    ['https://relay.example/Query', 'query'],
    ['https://notsafaricom.example', 'safaricom'],
    ['https://cmd.example', 'cmd'],
  ])('are found in %s', (url, word) => {
    expect(findBannedWord(url)).toBe(word);
  });
});
