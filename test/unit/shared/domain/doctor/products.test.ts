import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallState } from '#shared/domain/daraja/call-state.ts';
import type { CallFacts } from '#shared/domain/doctor/call-facts.ts';
import { judgeProducts, type ProductStanding, standingOfProduct } from '#shared/domain/doctor/products.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.parse('2026-11-28T11:00:00Z') as UtcMs;

function told({ level, finding, mend }: { level: string; finding: { id: string }; mend: unknown }): string {
  return `${level} ${finding.id}${mend === null ? '' : ' +'}`;
}

const call: CallFacts = {
  product: 'status',
  state: 'answered',
  askedAt: (NOW - MINUTE) as UtcMs,
  httpStatus: 200,
  code: '0',
  text: null,
};

describe('products', () => {
  const refused: CallFacts = { ...call, state: 'refused', httpStatus: 401, code: null };
  const pull = { ...refused, product: 'pull-query' } as const;
  test.each<[string, CallFacts, ProductStanding]>([
    ['production says so', { ...refused, text: 'Invalid API call as no apiproduct match found' }, 'lacking'],
    ['Pull is not subscribed', { ...pull, code: '401.001', text: 'Invalid Access Token - x' }, 'lacking'],
    ['Pull, in other words', { ...pull, code: '401.001', text: 'Invalid token' }, 'lacking'],
    [
      'a token that is refused again',
      { ...refused, httpStatus: 404, code: '404.001.03', text: 'Invalid Access Token' },
      'lacking',
    ],
    [
      'the same code about something else',
      { ...refused, httpStatus: 400, code: '401.002.01', text: 'ReceiverParty.IdentifierType can not be 4' },
      'refused',
    ],
    [
      'a bad field',
      { ...refused, httpStatus: 400, code: '400.002.02', text: 'Bad Request - Invalid TransactionID' },
      'refused',
    ],
    ['a short code', { ...pull, httpStatus: 400, code: '400.001', text: 'Invalid ShortCode' }, 'refused'],
    [
      'nothing there',
      { ...pull, httpStatus: 404, code: '404.001.01', text: 'Resource not found' },
      'refused',
    ],
    [
      'busy',
      { ...pull, httpStatus: 500, code: '500.003.02', text: 'Error Occurred: Spike Arrest Violation' },
      'passing',
    ],
    ['no transactions', { ...pull, httpStatus: 500, text: 'No transactions available' }, 'passing'],
    [
      'the password’s form',
      { ...refused, httpStatus: 400, code: '400.002.02', text: 'Bad Request - Invalid SecurityCredential' },
      'passing',
    ],
    [
      'a reversal’s token',
      { ...refused, product: 'reversal', code: '404.001.03', text: 'Invalid' },
      'passing',
    ],
    ['an answer', call, 'answers'],
    ['taken', { ...call, state: 'accepted' }, 'answers'],
    ['taken, and never answered', { ...call, state: 'silent' }, 'answers'],
    ['lost, and never answered', { ...call, state: 'silent', code: null }, 'not-heard'],
    ['not sent', { ...call, state: 'not-sent' }, 'not-heard'],
    ['lost', { ...call, state: 'lost' }, 'not-heard'],
    ['a token', { ...call, product: 'token' }, 'not-heard'],
  ])('%s', (_, facts, expected) => {
    expect(standingOfProduct(facts)).toBe(expected);
  });

  test('nothing but what was taken or answered is called well', () => {
    const states: CallState[] = ['intended', 'refused', 'not-sent', 'lost'];
    const any = fc.record({
      state: fc.constantFrom(...states),
      httpStatus: fc.option(fc.integer({ min: 200, max: 599 })),
      code: fc.option(fc.oneof(fc.string(), fc.constantFrom('0', '401.001', '500.003.02', '404.001.01'))),
      text: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(any, (facts) => {
        const lines = judgeProducts('174379', [{ ...call, ...facts }]);
        expect(lines.map(({ level }) => level)).not.toContain('ok');
      }),
    );
  });

  const lacking = { ...refused, text: 'no apiproduct match found' };
  const busy = { ...pull, httpStatus: 500, code: '500.003.02', text: 'Spike arrest' } as const;
  test.each([
    ['none asked', [], ['not-checked doctor.products.unknown']],
    ['a token is no product', [{ ...call, product: 'token' }], ['not-checked doctor.products.unknown']],
    ['not reached', [{ ...call, state: 'lost' }], ['not-checked doctor.products.unknown']],
    ['one answers', [call], ['ok doctor.products.ok']],
    [
      'status is lacking',
      [lacking, { ...call, product: 'balance' }],
      ['failure doctor.products.lacking +', 'ok doctor.products.ok'],
    ],
    [
      'Pull is lacking',
      [call, { ...lacking, product: 'pull-query' }],
      ['warning doctor.products.lacking +', 'ok doctor.products.ok'],
    ],
    ['busy', [busy], ['not-checked doctor.products.passing']],
    [
      'refused',
      [{ ...busy, httpStatus: 400, code: '400.001', text: 'Invalid ShortCode' }],
      ['warning doctor.products.refused +'],
    ],
  ] as const)('%s', (_, calls, expected) => {
    expect(judgeProducts('174379', calls).map(told)).toEqual(expected);
  });
});
