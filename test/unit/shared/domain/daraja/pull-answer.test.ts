import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAcknowledgement } from '#shared/domain/daraja/acknowledgement.ts';
import { readPullAnswer } from '#shared/domain/daraja/pull-answer.ts';

const success = { ResponseCode: '1000', ResponseMessage: 'Success' };
const nothing = { ResponseCode: '1001', ResponseMessage: 'No transactions available' };
const row = { transactionId: 'UKK1234567', trxDate: '2026-11-20T10:00:00Z', amount: '168.00' };

describe('none is said in three shapes, and in no other', () => {
  test.each<[string, object]>([
    ['a list of an empty list', { ...success, Response: [[]] }],
    ['an empty list', { ...success, Response: [] }],
    ['an empty list as a text', { ...success, Transaction: '[[]]' }],
    ['its code, without a list', nothing],
    ['its code, and nothing where the list was', { ...nothing, Response: null, Transaction: ' ' }],
    ['its code beside an empty list', { ...nothing, Response: [[]] }],
    ['its code beside an empty list as a text', { ...nothing, Transaction: '[[]]' }],
  ])('%s', (_, body) => {
    expect(readPullAnswer(body)).toMatchObject({ outcome: 'none', received: 0, unread: 0 });
  });

  test.each<[string, object]>([
    ['a sentence where the list was', { ...success, Response: 'temporarily unavailable' }],
    ['nothing where the list was', { ...success, Response: null }],
    ['a blank where the list was', { ...success, Response: '' }],
    ['a number where the list was', { ...success, Response: 0 }],
    ['no list at all', success],
    ['a list under a name nobody knows', { ...success, Transactions: [[]] }],
    ['a list cut off', { ...success, Response: '[[{"transactionId":"UKK12' }],
    ['an empty list beside a sentence', { ...success, Response: [[]], Transaction: 'unavailable' }],
    ['the code of none beside a sentence', { ...nothing, Response: 'temporarily unavailable' }],
    ['the code of none beside a list cut off', { ...nothing, Response: '[[' }],
    ['the code of none beside a row', { ...nothing, Response: [[row]] }],
    ['a list that holds no row', { ...success, Response: [['x']] }],
    ['lists without end', { ...success, Response: [[[[[[[[row]]]]]]]] }],
    ['a code nobody knows', { ...success, ResponseCode: '1002', Response: [[]] }],
  ])('but not as %s', (_, body) => {
    expect(readPullAnswer(body)).toMatchObject({ outcome: 'unknown' });
  });

  test('a list in other letters is a list', () => {
    expect(
      readPullAnswer({ responseCode: '1000', 'Response Message': 'Success', response: [[row]] }),
    ).toMatchObject({
      outcome: 'rows',
      rows: [{ receipt: 'UKK1234567', amount: 16_800 }],
    });
  });

  test('whatever stands beside 1000, only an empty list is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (Response) => {
        const flat = Array.isArray(Response) ? Response.flat(9) : null;
        const isNone = readPullAnswer({ ...success, Response })?.outcome === 'none';
        if (isNone && typeof Response !== 'string') expect(flat).toEqual([]);
      }),
    );
  });
});

describe('an HTTP status of trouble is "could not tell", whatever the body', () => {
  test.each([
    [500, nothing, 'other'],
    [500, { ...success, Response: [[]] }, 'busy'],
    [502, { ...success, Response: [[row]] }, 'busy'],
    [503, { RequestID: 'r', ResponseCode: '1001', ResponseMessage: 'Service unavailable' }, 'busy'],
    [400, nothing, 'other'],
  ])('%s %j', (status, body, reason) => {
    expect(readAcknowledgement('pull-query', status, body)).toMatchObject({ type: 'refused', reason });
  });

  test('also when a short code is registered', () => {
    const body = { ResponseStatus: '1000', ResponseDescription: 'Registered' };
    expect(readAcknowledgement('pull-register', 500, body)).toMatchObject({
      type: 'refused',
      reason: 'busy',
    });
    expect(readAcknowledgement('pull-register', 200, body)).toMatchObject({ type: 'answered' });
  });
});
