import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, MOST_TRIES } from '#shared/domain/daraja/backoff.ts';
import { readAccessToken, refusesKeys, refusesToken, renewAfterMs } from '#shared/domain/daraja/token.ts';

describe('a token', () => {
  test.each([
    ['3599', 3_599_000],
    [3599, 3_599_000],
    [' 1800 ', 1_800_000],
    ['soon', 3_599_000],
    ['', 3_599_000],
    [-5, 3_599_000],
    [0, 3_599_000],
    [1e9, 3_599_000],
    [null, 3_599_000],
    [undefined, 3_599_000],
    [{}, 3_599_000],
  ])('expires_in %j', (expires_in, lastsMs) => {
    expect(readAccessToken({ access_token: 'abcDEF123', expires_in })).toEqual({
      token: 'abcDEF123',
      lastsMs,
    });
  });

  test.each([
    [{}],
    [null],
    ['abc'],
    [[]],
    [{ access_token: '' }],
    [{ access_token: 'a b' }],
    [{ access_token: 'a\r\nX: y' }],
    [{ access_token: 'é' }],
    [{ access_token: 'x'.repeat(5_000) }],
  ])('is not in %j', (body) => {
    expect(readAccessToken(body)).toBeNull();
  });

  test('is renewed before its end, and never at once', () => {
    expect(renewAfterMs(3_599_000)).toBe(3_479_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400_000 }), (lastsMs) => {
        const after = renewAfterMs(lastsMs);
        expect(after).toBeLessThan(lastsMs);
        expect(after).toBeGreaterThanOrEqual(Math.floor(lastsMs * 0.75));
      }),
    );
  });
});

describe('a refusal', () => {
  test.each([
    [{ errorCode: '404.001.03', errorMessage: 'Invalid Access Token' }, true],
    [{ errorCode: '400.003.01', errorMessage: 'Invalid Access Token' }, true],
    [{ errorCode: '401.001', errorMessage: 'Invalid access token' }, true],
    [{ errorCode: '401.002.01', errorMessage: 'Error Occurred - Invalid Access Token - abc' }, true],
    [{ ErrorCode: '999', ErrorMessage: 'invalid access token' }, true],
    [{ fault: { faultstring: 'Invalid API call as no apiproduct match found' } }, true],
    [
      {
        fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } },
      },
      true,
    ],
    [{ errorCode: '401.002.01', errorMessage: 'ReceiverParty.IdentifierType can not be 4' }, false],
    [{ errorCode: '400.002.02', errorMessage: 'Bad Request - Invalid TransactionID' }, false],
    [{ ResponseCode: '0', ResponseDescription: 'Accepted' }, false],
    [null, false],
    ['Invalid Access Token', false],
  ])('%j of the token: %s', (body, expected) => {
    expect(refusesToken(400, body)).toBe(expected);
  });

  test.each([
    [401, {}, true],
    [401, null, true],
    [401, { errorMessage: 'Unauthorized' }, true],
    [401, { errorCode: '401.002.01' }, true],
    [401, { errorCode: '401.002.01', errorMessage: 'ReceiverParty.IdentifierType can not be 4' }, false],
    [401, { errorCode: '500.003.02', errorMessage: 'Spike arrest' }, false],
    [403, {}, false],
    [500, null, false],
  ])('HTTP %s with %j of the token: %s', (status, body, expected) => {
    expect(refusesToken(status, body)).toBe(expected);
  });

  test.each([
    [400, { errorCode: '400.008.01', errorMessage: 'Invalid Authentication passed' }, true],
    [401, { errorCode: '400.008.01' }, true],
    [401, { errorCode: '401.001', errorMessage: 'Unauthorized' }, true],
    [403, { fault: { faultstring: 'Access denied' } }, true],
    [400, { errorCode: '400.008.02', errorMessage: 'Invalid grant type passed' }, false],
    [403, { errorCode: '403', errorMessage: 'Spike arrest' }, false],
    [500, { errorCode: '500.001.1001' }, false],
    [401, null, false],
  ])('%d %j of the keys: %s', (status, body, expected) => {
    expect(refusesKeys(status, body)).toBe(expected);
  });
});

test('a busy Safaricom is left alone longer each time, never at the very same moment', () => {
  expect([1, 2, 3, 4].map((tries) => backoffMs(tries, 0))).toEqual([5_000, 15_000, 45_000, 120_000]);
  expect(MOST_TRIES).toBe(4);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, random) => {
        const wait = backoffMs(tries, random);
        expect(wait).toBeGreaterThanOrEqual(backoffMs(tries, 1));
        expect(wait).toBeLessThanOrEqual(120_000);
        expect(backoffMs(tries, 1)).toBe(backoffMs(tries, 0) / 2);
      },
    ),
  );
});
