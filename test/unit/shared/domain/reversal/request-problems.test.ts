import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cents } from '#shared/domain/money.ts';
import {
  type PaymentFacts,
  type RequestFacts,
  type ReversalLimits,
  requestProblems,
} from '#shared/domain/reversal/request-problems.ts';
import { DAY, HOUR, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 28, 9) as UtcMs;
const NO_LIMITS: ReversalLimits = {
  oldestDays: null,
  dayCount: null,
  dayCents: null,
  personDayCount: null,
  personDayCents: null,
  mayBePart: false,
};
const PAYMENT: PaymentFacts = {
  kind: 'customer-payment',
  direction: 'in',
  status: 'completed',
  amountCents: cents(1_250_00),
  at: (NOW - HOUR) as UtcMs,
  isUndone: false,
  isOurs: true,
  isReversed: false,
  openReversal: null,
  isSaleRefunded: false,
};
const GOOD: RequestFacts = {
  payment: PAYMENT,
  method: 'daraja',
  amountCents: cents(1_250_00),
  now: NOW,
  limits: NO_LIMITS,
  moment: 'asking',
  shopToday: { count: 0, cents: 0 },
  personToday: { count: 0, cents: 0 },
  isRelayFresh: true,
  credential: 'working',
  isOperatorBeingTried: false,
  isOtherNumber: false,
  offUntil: null,
};
const TRYING: RequestFacts = { ...GOOD, isOperatorBeingTried: true };

const idsOf = (facts: RequestFacts) => requestProblems(facts).map(({ id }) => id);
const withPayment = (change: Partial<PaymentFacts>) => ({ ...GOOD, payment: { ...PAYMENT, ...change } });
const withLimits = (limits: Partial<ReversalLimits>, more: Partial<RequestFacts> = {}) => ({
  ...GOOD,
  ...more,
  limits: { ...NO_LIMITS, ...limits },
});

test('an ordinary payment may be asked back', () => {
  expect(idsOf(GOOD)).toEqual([]);
});

describe('a payment that can never go back has one reason, the plainest', () => {
  test.each<[string, RequestFacts, string]>([
    ['not in the books', { ...GOOD, payment: null }, 'not-in-books'],
    ['undone', withPayment({ isUndone: true }), 'not-in-books'],
    ['a charge', withPayment({ kind: 'charge', direction: 'out' }), 'charge'],
    ['a sweep', withPayment({ kind: 'sweep', direction: 'out' }), 'sweep'],
    ['a loan', withPayment({ kind: 'loan' }), 'not-a-payment'],
    ['money out', withPayment({ direction: 'out' }), 'not-a-payment'],
    ['a reversal itself', withPayment({ kind: 'reversal', direction: 'out' }), 'not-a-payment'],
    ['to another short code', withPayment({ isOurs: false }), 'other-short-code'],
    ['reversed, says a link or Safaricom', withPayment({ isReversed: true }), 'already'],
    ['reversed, says its own line', withPayment({ status: 'reversed' }), 'already'],
    ['asked for already', withPayment({ openReversal: 'R-000007' }), 'open'],
    ['failed', withPayment({ status: 'failed' }), 'not-completed'],
    ['its sale refunded', withPayment({ isSaleRefunded: true }), 'refunded'],
  ])('%s', (_, facts, reason) => {
    expect(idsOf(facts)).toEqual([`reversal.no.${reason}`]);
  });
});

describe('what stands in the way of a payment that can go back', () => {
  test.each<[string, RequestFacts, string[]]>([
    ['nothing', { ...GOOD, amountCents: cents(0) }, ['amount']],
    ['more than was paid', { ...GOOD, amountCents: cents(1_250_01) }, ['amount']],
    ['a part', { ...GOOD, amountCents: cents(1_249_99) }, ['part']],
    ['a part that the owner allows', withLimits({ mayBePart: true }, { amountCents: cents(1) }), []],
    ['too old', withLimits({ oldestDays: 1 }, { now: (NOW + DAY) as UtcMs }), ['too-old']],
    ['just young enough', withLimits({ oldestDays: 1 }, { now: (NOW - HOUR + DAY) as UtcMs }), []],
    ['the last of the day', withLimits({ dayCount: 3 }, { shopToday: { count: 2, cents: 0 } }), []],
    ['one too many', withLimits({ dayCount: 3 }, { shopToday: { count: 3, cents: 0 } }), ['shop-count']],
    [
      'too much in all',
      withLimits({ dayCents: cents(2_000_00) }, { shopToday: { count: 1, cents: 750_01 } }),
      ['shop-cents'],
    ],
    [
      'one too many for this person',
      withLimits({ personDayCount: 1 }, { personToday: { count: 1, cents: 1 } }),
      ['person-count'],
    ],
    ['too much for this person', withLimits({ personDayCents: cents(1_249_99) }), ['person-cents']],
    ['switched off after a reset', { ...GOOD, offUntil: (NOW + 1) as UtcMs }, ['off-until']],
    ['switched on again', { ...GOOD, offUntil: NOW }, []],
    ['no operator', { ...GOOD, credential: 'missing' }, ['no-operator']],
    ['an operator that was refused', { ...GOOD, credential: 'refused' }, ['operator-refused']],
    ['a way that was never tried', { ...GOOD, credential: 'untried' }, ['operator-untried']],
    [
      'another call with an operator that is being tried',
      { ...TRYING, moment: 'deciding' },
      ['operator-being-tried'],
    ],
    ['a request that names another number', { ...GOOD, isOtherNumber: true }, ['other-number']],
    ['nothing yet while it is asked for', TRYING, []],
    ['a relay out of reach', { ...GOOD, isRelayFresh: false }, ['relay']],
    [
      'neither is asked of a refund by hand',
      {
        ...TRYING,
        moment: 'deciding',
        method: 'cash',
        credential: 'missing',
        isRelayFresh: false,
        isOtherNumber: true,
      },
      [],
    ],
    [
      'switched off holds for every way',
      { ...GOOD, method: 'by-hand', offUntil: (NOW + 1) as UtcMs },
      ['off-until'],
    ],
  ])('%s', (_, facts, reasons) => {
    expect(idsOf(facts)).toEqual(reasons.map((reason) => `reversal.no.${reason}`));
  });

  test('several limits are said together', () => {
    const used = { count: 9, cents: 90_000_00 };
    const limits = {
      dayCount: 1,
      dayCents: cents(1),
      personDayCount: 1,
      personDayCents: cents(1),
      oldestDays: 0,
    };
    expect(
      idsOf(withLimits(limits, { shopToday: used, personToday: used, credential: 'missing' })),
    ).toHaveLength(6);
  });
});

test('never more than was paid, never less than a cent', () => {
  assert(
    property(integer({ min: -10, max: 200_000_00 }), (amount) => {
      const isFine = amount > 0 && amount <= 1_250_00;
      const problems = idsOf(withLimits({ mayBePart: true }, { amountCents: cents(amount) }));
      expect(problems.includes('reversal.no.amount')).toBe(!isFine);
    }),
  );
});

test('a limit is said in the words of whoever meets it', () => {
  const limits = { dayCount: 1, personDayCount: 1, dayCents: cents(1), personDayCents: cents(1) };
  const used = { shopToday: { count: 1, cents: 1 }, personToday: { count: 1, cents: 1 } };
  for (const moment of ['asking', 'deciding'] as const) {
    const problems = requestProblems(withLimits(limits, { ...used, moment }));
    expect(problems.map(({ id }) => id)).toEqual([
      'reversal.no.person-count',
      'reversal.no.person-cents',
      'reversal.no.shop-count',
      'reversal.no.shop-cents',
    ]);
    // The shop's amount is said alike at both.
    for (const { values } of problems.slice(0, 3)) expect(values).toMatchObject({ moment });
  }
});
