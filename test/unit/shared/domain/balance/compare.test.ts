import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountKey, knownAccount } from '#shared/domain/balance/account-name.ts';
import { type BookAccount, type BookSide, compareBalance } from '#shared/domain/balance/compare.ts';
import { type BalanceLine, lastBalance } from '#shared/domain/balance/last-balance.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import { HOUR, MINUTE, SECOND, type TimePrecision, type UtcMs } from '#shared/domain/time.ts';

const AS_OF = Date.parse('2026-11-28T11:05:30Z') as UtcMs;
const earlier = (ms: number) => (AS_OF - ms) as UtcMs;
const row = (signedCents: number, balanceCents: number | null): BalanceLine => ({
  signedCents: cents(signedCents),
  balanceCents: balanceCents === null ? null : cents(balanceCents),
});

test.each([
  ['Utility Account', 'utility'],
  [' UTILITY  ACCOUNT ', 'utility'],
  ['Utility', 'utility'],
  ['Charges Paid Account', 'charges'],
  ['Organization Settlement Account', 'settlement'],
  ['Organisation Settlement Account', 'settlement'],
  ['Organization MMF Account', 'mmf'],
  ['Loyalty Points Account', null],
])('%s is %s', (name, known) => {
  expect(knownAccount(name)).toBe(known);
});

test('an account that we have no words for is only itself', () => {
  expect(accountKey('Loyalty Points Account')).toBe(accountKey('loyalty points'));
  expect(accountKey('Loyalty Points')).not.toBe(accountKey('Loyalty'));
});

describe('the balance after several lines of one time', () => {
  test.each([
    ['one line', [row(100, 600)], 600],
    ['a payment and its charge, newest first', [row(-5, 595), row(100, 600)], 595],
    ['a payment and its charge, oldest first', [row(100, 600), row(-5, 595)], 595],
    ['two lines that end alike', [row(100, 600), row(50, 600)], 600],
  ])('%s', (_, lines, expected) => {
    expect(lastBalance(lines)).toEqual({ type: 'known', balanceCents: expected });
  });

  test('a circle has no end, a gap two, and a line without balance says nothing', () => {
    expect(lastBalance([row(100, 600), row(-100, 500)])).toEqual({ type: 'unclear' });
    expect(lastBalance([row(100, 600), row(100, 900)])).toEqual({ type: 'unclear' });
    expect(lastBalance([row(100, 600), row(5, null)])).toEqual({ type: 'unprinted' });
    expect(lastBalance([])).toEqual({ type: 'unprinted' });
  });

  test('whatever the order of the rows, it is the end of the chain or unclear', () => {
    const amounts = fc.array(
      fc.integer({ min: -500, max: 500 }).filter((n) => n !== 0),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        amounts,
        fc.array(fc.nat(), { maxLength: 8 }),
        (start, steps, turns) => {
          let balance = start;
          const lines = steps.map((step) => {
            balance += step;
            return row(step, balance);
          });
          const mixed = [...lines].sort(
            (a, b) => (turns[lines.indexOf(a)] ?? 0) - (turns[lines.indexOf(b)] ?? 0),
          );
          const found = lastBalance(mixed);
          if (found.type === 'known') expect(found.balanceCents).toBe(balance);
          else expect(found).toEqual({ type: 'unclear' });
          // A chain that does not come back to where it began is never unclear.
          if (balance !== start) expect(found.type).toBe('known');
        },
      ),
    );
  });
});

describe('beside the books', () => {
  const moment = (at: UtcMs, lines: BalanceLine[], precision: TimePrecision = 'second') => ({
    at,
    precision,
    lines,
  });
  const whole: BookAccount = {
    last: moment(earlier(10 * MINUTE), [row(100, 50_000)]),
    before: moment(earlier(HOUR), [row(100, 49_900)]),
    intervals: [{ from: earlier(24 * HOUR), to: AS_OF }],
    numbers: 1,
    reportedOnly: 0,
  };
  const books = (change: Partial<BookAccount> = {}): BookSide => ({ type: 'account', ...whole, ...change });
  const said = (current: number, asOf: UtcMs | null = AS_OF, currency = 'KES') => ({
    current: cents(current),
    asOf,
    currency,
  });
  const verdict = (current: number, side: BookSide) => {
    const compared = compareBalance(said(current), side);
    return compared.type === 'not-comparable' ? compared.why.id : compared.type;
  };

  test('equal, and differing by so much', () => {
    expect(compareBalance(said(50_000), books())).toEqual({ type: 'equal', at: earlier(10 * MINUTE) });
    expect(compareBalance(said(49_000), books())).toEqual({
      type: 'differs',
      at: earlier(10 * MINUTE),
      books: 50_000,
      by: -1_000,
    });
  });

  const minute = { last: moment(earlier(30 * SECOND), [row(100, 50_000)], 'minute') };
  test.each<[string, BookSide, number, string]>([
    ['no such number', { type: 'no-till' }, 50_000, 'balance.not.no-till'],
    ['no such account', { type: 'no-account' }, 50_000, 'balance.not.no-account'],
    ['no line', books({ last: null }), 50_000, 'balance.not.no-line'],
    [
      'days only',
      books({ last: moment(earlier(HOUR), [row(1, 50_000)], 'day') }),
      50_000,
      'balance.not.day-only',
    ],
    [
      'the statement ends before',
      books({ intervals: [{ from: earlier(24 * HOUR), to: earlier(5 * MINUTE) }] }),
      50_000,
      'balance.not.not-covered',
    ],
    [
      'a gap in between',
      books({
        intervals: [
          { from: earlier(24 * HOUR), to: earlier(9 * MINUTE) },
          { from: earlier(5 * MINUTE), to: AS_OF },
        ],
      }),
      50_000,
      'balance.not.not-covered',
    ],
    ['nothing vouches', books({ intervals: [] }), 50_000, 'balance.not.not-covered'],
    ['payments that no statement shows', books({ reportedOnly: 2 }), 50_000, 'balance.not.reported-only'],
    ['statements of two numbers', books({ numbers: 2 }), 50_000, 'balance.not.several-numbers'],
    [
      'no balance printed',
      books({ last: moment(earlier(MINUTE), [row(1, null)]) }),
      50_000,
      'balance.not.unprinted',
    ],
    [
      'no order',
      books({ last: moment(earlier(MINUTE), [row(100, 600), row(-100, 500)]) }),
      50_000,
      'balance.not.unclear',
    ],
    ['the very second, after it', books({ last: moment(AS_OF, [row(100, 50_000)]) }), 50_000, 'equal'],
    ['the very second, before it', books({ last: moment(AS_OF, [row(100, 50_000)]) }), 49_900, 'equal'],
    [
      'the very second, neither',
      books({ last: moment(AS_OF, [row(100, 50_000)]) }),
      1,
      'balance.not.same-moment',
    ],
    ['the very minute, neither', books(minute), 1, 'balance.not.same-moment'],
    ['the second after', books({ last: moment(earlier(SECOND), [row(100, 50_000)]) }), 1, 'differs'],
    [
      'covered to the second',
      books({ intervals: [{ from: earlier(24 * HOUR), to: earlier(400) }] }),
      50_000,
      'equal',
    ],
  ])('%s', (_, side, current, expected) => {
    expect(verdict(current, side)).toBe(expected);
  });

  test('without a time, or in another currency, nothing is compared', () => {
    expect(compareBalance(said(50_000, null), books())).toMatchObject({ why: { id: 'balance.not.no-time' } });
    expect(compareBalance(said(50_000, AS_OF, 'USD'), books())).toMatchObject({
      why: { id: 'balance.not.currency' },
    });
  });

  test('the difference is what Safaricom has more, and equal is exact', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, (theirs, ours) => {
        const compared = compareBalance(
          said(theirs),
          books({ last: moment(earlier(HOUR), [row(1, ours)]), before: null }),
        );
        if (theirs === ours) expect(compared.type).toBe('equal');
        else expect(compared).toMatchObject({ type: 'differs', by: (theirs - ours) as Cents });
      }),
    );
  });

  test('whatever the books lack, a difference is never invented', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2 * SECOND, max: 9 * MINUTE }),
        (reported, gap) => {
          for (const change of [
            { reportedOnly: reported },
            { intervals: [{ from: earlier(24 * HOUR), to: earlier(gap) }] },
          ])
            expect(compareBalance(said(1), books(change)).type).toBe('not-comparable');
        },
      ),
    );
  });
});
