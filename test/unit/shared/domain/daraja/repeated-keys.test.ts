import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainBody } from '#shared/domain/daraja/explain.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;
type Pair = readonly [Key: string, Value?: unknown];

const explain = (pairs: readonly Pair[], fields: object = {}) =>
  explainBody(
    {
      Result: {
        ResultType: 0,
        ResultCode: 0,
        ResultDesc: 'The service request is processed successfully.',
        TransactionID: 'UKK2345678',
        ...fields,
        ResultParameters: {
          ResultParameter: pairs.map(([Key, Value]) => (Value === undefined ? { Key } : { Key, Value })),
        },
      },
    },
    NOW,
  );
const PAID: readonly Pair[] = [
  ['ReceiptNo', 'UKK1234567'],
  ['TransactionStatus', 'Completed'],
  ['Amount', 5],
  ['FinalisedTime', 20261120100000],
];
const BACK: readonly Pair[] = [
  ['OriginalTransactionID', 'UKK1234567'],
  ['Amount', '5.00'],
];

describe('a key that comes twice and differs decides nothing, and is said', () => {
  test.each<[string, readonly Pair[], string, string]>([
    ['the state', [...PAID, ['TransactionStatus', 'Reversed']], 'TransactionStatus', 'Completed / Reversed'],
    ['the amount', [...PAID, ['Amount', 500]], 'Amount', '5 / 500'],
    ['the receipt', [...PAID, ['Receipt No', 'UKK7654321']], 'ReceiptNo', 'UKK1234567 / UKK7654321'],
    [
      'the payment',
      [...BACK, ['OriginalTransactionID', 'UKK7654321']],
      'OriginalTransactionID',
      'UKK1234567 / UKK7654321',
    ],
    ['the amount sent back', [...BACK, ['Amount', 500]], 'Amount', '5.00 / 500'],
    [
      'the balance',
      [
        ['AccountBalance', 'A|KES|1'],
        ['AccountBalance', 'A|KES|2'],
      ],
      'AccountBalance',
      'A|KES|1 / A|KES|2',
    ],
  ])('%s', (_, pairs, key, values) => {
    for (const said of [pairs, [...pairs].reverse()]) expect(explain(said).outcome).toBe('unknown');
    expect(explain(pairs).warnings).toEqual([{ id: 'explain.said-twice', values: { key, values } }]);
  });

  test('and none of its values is shown as the one', () => {
    const told = explain([...PAID, ['Amount', 500], ['ReceiptNo', 'UKK7654321']]);
    expect(told).not.toHaveProperty('amount');
    expect(told).not.toHaveProperty('receipt');
  });

  test('a time alone leaves the fate as it is', () => {
    const told = explain([...PAID, ['FinalisedTime', 20261120100001]]);
    expect(told).toMatchObject({ outcome: 'completed', warnings: [{ id: 'explain.said-twice' }] });
    expect(told).not.toHaveProperty('completedAt');
  });

  test('a prompt', () => {
    const Item = [
      { Name: 'MpesaReceiptNumber', Value: 'UKK1234567' },
      { Name: 'MpesaReceiptNumber', Value: 'UKK7654321' },
    ];
    const stkCallback = { CheckoutRequestID: 'ws_CO_1', ResultCode: 0, CallbackMetadata: { Item } };
    expect(explainBody({ Body: { stkCallback } }, NOW)).toMatchObject({
      outcome: 'unknown',
      warnings: [{ id: 'explain.unsigned' }, { id: 'explain.said-twice' }],
    });
  });
});

describe('a key that comes twice with the same', () => {
  test.each<[string, readonly Pair[]]>([
    ['as it is', PAID],
    [
      'in other types',
      [
        ['Amount', '5.00'],
        ['FinalisedTime', '20261120100000'],
      ],
    ],
    [
      'in other letters and blanks',
      [
        ['TransactionStatus', ' completed'],
        ['Receipt No', 'ukk1234567'],
      ],
    ],
    ['or nothing', [['Amount'], ['ReceiptNo', ''], ['TransactionStatus', null]]],
  ])('%s is no news', (_, again) => {
    expect(explain([...again, ...PAID])).toEqual(explain(PAID));
  });

  test('whatever is said twice, the order does not count', () => {
    const pair = fc.constantFrom<Pair>(
      ...PAID,
      ['Amount', 500],
      ['TransactionStatus', 'Reversed'],
      ['Amount', '5.0'],
    );
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const [one, other] = [explain([...PAID, ...pairs]), explain([...pairs, ...PAID].reverse())];
        expect(one.outcome).toBe(other.outcome);
        expect(one.amount).toBe(other.amount);
      }),
    );
  });
});

describe('parties', () => {
  test.each<[string, readonly Pair[], readonly string[]]>([
    [
      'two who were paid',
      [
        ['CreditPartyName', '1 - A'],
        ['CreditPartyName', '2 - B'],
      ],
      ['1 A', '2 B'],
    ],
    [
      'two who were paid beside one who paid',
      [
        ['DebitPartyName', '3 - C'],
        ['CreditPartyName', '1 - A'],
        ['CreditPartyName', '2 - B'],
      ],
      ['1 A', '2 B', 'debit C'],
    ],
    [
      'one who was paid, twice',
      [
        ['CreditPartyName', '1 - A'],
        ['CreditPartyName', '1 -  A '],
      ],
      ['credit A'],
    ],
  ])('%s', (_, pairs, parties) => {
    const told = explain([...PAID, ...pairs]);
    expect(told.parties?.map(({ role, name }) => `${role} ${name}`)).toEqual(parties);
    const isUnsure = told.warnings.some(({ id }) => id === 'explain.parties-unsure');
    expect(isUnsure).toBe(parties.includes('1 A'));
  });

  test('of a reversal, too', () => {
    const told = explain([...BACK, ['CreditPartyPublicName', '1 - A'], ['CreditPartyPublicName', '2 - B']]);
    expect(told).toMatchObject({
      parties: [{ role: '1' }, { role: '2' }],
      warnings: [{ id: 'explain.parties-unsure' }],
    });
  });
});
