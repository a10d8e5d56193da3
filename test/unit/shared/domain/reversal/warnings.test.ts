import { describe, expect, test } from 'vitest';
import { cents } from '#shared/domain/money.ts';
import { FRESH_FOR, type WarningFacts, warningsOf } from '#shared/domain/reversal/warnings.ts';
import { DAY, HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 28, 9) as UtcMs;
const ago = (ms: number) => (NOW - ms) as UtcMs;
const SALE = {
  reference: 'S-1187',
  typedAt: null,
  isAfterPayment: false,
  amountCents: cents(1_250_00),
  match: 'own',
} as const;
const ORDINARY: WarningFacts = {
  now: NOW,
  amountCents: cents(1_250_00),
  paidCents: cents(1_250_00),
  paidAt: ago(HOUR),
  isDaraja: true,
  confirmedAt: ago(MINUTE),
  sweptAt: null,
  balanceCents: cents(18_402_75),
  requester: { name: 'Njeri', cap: cents(20_000_00), usedCents: cents(1_250_00) },
  dayCap: cents(50_000_00),
  shopToday: { count: 1, cents: 1_250_00 },
  askedToday: 1,
  lastHour: 1,
  sameCustomer: [],
  sale: SALE,
  isOperatorUntried: false,
  isOwn: false,
  texts: ['ALICE EXAMPLE', 'INV-7', 'Brought back unopened'],
};
const other = {
  name: 'R-000002',
  at: ago(2 * DAY),
  amountCents: cents(900_00),
  isSameRequester: false,
};

const idsOf = (change: Partial<WarningFacts>) => warningsOf({ ...ORDINARY, ...change }).map(({ id }) => id);

test('an ordinary request has none', () => {
  expect(idsOf({})).toEqual([]);
});

describe('out of the ordinary is', () => {
  test.each<[string, Partial<WarningFacts>, string]>([
    ['one person who asks and approves', { isOwn: true }, 'own'],
    [
      'a requester near the own cap',
      { requester: { name: 'Njeri', cap: cents(20_000_00), usedCents: cents(16_000_00) } },
      'near-person-cap',
    ],
    ['the same customer again', { sameCustomer: [other] }, 'same-customer'],
    [
      'the same customer and requester again',
      { sameCustomer: [other, { ...other, isSameRequester: true }] },
      'same-pair',
    ],
    ['many within an hour', { lastHour: 3 }, 'many-this-hour'],
    ['many in a day', { askedToday: 5 }, 'many-today'],
    ['a shop near its cap', { shopToday: { count: 1, cents: 40_000_00 } }, 'near-day-cap'],
    ['a part', { amountCents: cents(1_00) }, 'part'],
    ['an account that held less', { balanceCents: cents(1_249_99) }, 'low-balance'],
    ['a sweep since the payment', { sweptAt: ago(MINUTE) }, 'swept'],
    ['no word of Safaricom’s', { confirmedAt: null }, 'file-only'],
    ['an old word of Safaricom’s', { confirmedAt: ago(FRESH_FOR + 1) }, 'file-only'],
    ['a word from the future, after the clock was set', { confirmedAt: (NOW + 1) as UtcMs }, 'file-only'],
    ['no sale', { sale: null }, 'no-sale'],
    [
      'a sale that was typed after the payment',
      { sale: { ...SALE, typedAt: ago(MINUTE), isAfterPayment: true } },
      'sale-after',
    ],
    [
      'a sale beside the one that the payment is matched with',
      { sale: { ...SALE, match: 'other' } },
      'sale-other',
    ],
    ['a sale that another payment settled', { sale: { ...SALE, match: 'taken' } }, 'sale-taken'],
    ['a sale of another amount', { sale: { ...SALE, amountCents: cents(1_250_01) } }, 'sale-amount'],
    [
      'a refund that is named as the sale',
      { sale: { ...SALE, amountCents: cents(-1_250_00) } },
      'sale-amount',
    ],
    ['an old payment', { paidAt: ago(8 * DAY) }, 'old'],
    ['a payment of this minute', { paidAt: ago(MINUTE) }, 'just-paid'],
    ['the first use of an operator', { isOperatorUntried: true }, 'operator-untried'],
    ['a name that turns around', { texts: ['ALICE\u202e'] }, 'odd-text'],
  ])('%s', (_, change, id) => {
    expect(idsOf(change)).toEqual([`reversal.warn.${id}`]);
  });
});

test.each<[string, Partial<WarningFacts>]>([
  ['a sale that is matched with nothing yet', { sale: { ...SALE, match: 'free' } }],
  ['one of several sales', { sale: { ...SALE, match: 'one-of-several', amountCents: cents(1_00) } }],
])('ordinary is %s', (_, change) => {
  expect(idsOf(change)).toEqual([]);
});

test('money that is given in cash leaves no account', () => {
  const change = { isDaraja: false, sweptAt: ago(1), balanceCents: cents(0), isOperatorUntried: true };
  expect(idsOf(change)).toEqual([]);
});

test('no cap, no warning near it', () => {
  const change = {
    dayCap: null,
    shopToday: { count: 1, cents: 9_000_000_00 },
    requester: { name: 'Njeri', cap: null, usedCents: cents(9_000_000_00) },
  };
  expect(idsOf(change)).toEqual([]);
});

test('what weighs most is said first', () => {
  const all = idsOf({
    isOwn: true,
    sameCustomer: [other],
    sweptAt: ago(1),
    confirmedAt: null,
    texts: ['\u200b'],
  });
  expect(all).toEqual(
    ['own', 'same-customer', 'swept', 'file-only', 'odd-text'].map((id) => `reversal.warn.${id}`),
  );
});
