import { describe, expect, it } from 'vitest';
import type { MatchLine } from '#shared/domain/matching/types.ts';
import { cents } from '#shared/domain/money.ts';
import { render } from '#shared/text/render.ts';
import { clock, matchAll, payment, sale, summary } from '#test/fixtures/match-items.ts';

const party = { phone: '0722****366', code: null, name: 'ALICE EXAMPLE' };
const paid = payment(1, 500, { receipt: 'UKK1ABCDEF', party });
const sold = sale(1, 500, { receipt: 'UKK1ABCDEF' });
const back = payment(2, 500, {
  kind: 'reversal',
  direction: 'out',
  at: clock(11, 0),
  linkedReceipt: 'UKK1ABCDEF',
  party,
});

describe('charges', () => {
  const fee = payment(2, 3, { receipt: 'UKK1ABCDEF', kind: 'charge', direction: 'out' });

  it('belong to the payment of their receipt', () => {
    expect(summary(matchAll([paid, fee], [sold]))).toEqual([
      'same-receipt certain 1>1',
      'charge-of certain 2+1>',
    ]);
  });

  it('of one payment are one link', () => {
    const second = { ...fee, id: 3 };
    expect(summary(matchAll([paid, fee, second], [sold]))).toContain('charge-of certain 2+3+1>');
  });

  it('without their payment are not expected', () => {
    const result = matchAll([fee], []);
    expect(summary(result)).toEqual(['unexpected-charge 2>']);
    expect(result.exceptions[0]?.amountCents).toBe(300);
  });

  it('that stand already are left alone', () => {
    const fixed = [{ kind: 'charge-of' as const, lines: [2, 1], sales: [] }];
    expect(summary(matchAll([paid, fee], [sold], { fixed }))).toEqual(['same-receipt certain 1>1']);
    const second = matchAll([paid, fee, { ...fee, id: 3 }], [sold], { fixed });
    expect(second.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'Payment UKK1ABCDEF has its charge already: this is a second one.',
    ]);
  });
});

describe('reversals', () => {
  it('by the linked receipt are certain and open the sale again', () => {
    const result = matchAll([paid, back], [sold]);
    expect(summary(result)).toEqual(['reversal-of certain 2+1>', 'reversed-after-sale 1+2>1']);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'Payment UKK1ABCDEF was sent back on 20 Nov 2026, 11:00: the sale is not paid.',
    ]);
  });

  it('find the sale of the payment by amount and time as well', () => {
    expect(summary(matchAll([paid, back], [sale(1, 500)]))).toEqual([
      'reversal-of certain 2+1>',
      'reversed-after-sale 1+2>1',
    ]);
  });

  it('are seen on the row of the payment itself', () => {
    const reversed = { ...paid, status: 'reversed' as const };
    expect(summary(matchAll([reversed], [sold]))).toEqual(['reversed-after-sale 1>1']);
    expect(summary(matchAll([reversed, back], [sold]))).toEqual([
      'reversal-of certain 2+1>',
      'reversed-after-sale 1>1',
    ]);
  });

  it('do not trouble a sale that a second payment settled', () => {
    const again = payment(3, 500, { at: clock(10, 1) });
    expect(summary(matchAll([paid, back, again], [sale(1, 500)]))).toEqual([
      'reversal-of certain 2+1>',
      'amount-time likely 3>1',
    ]);
  });

  it('open a sale that stood', () => {
    const fixed = [{ kind: 'sale' as const, lines: [1], sales: [1] }];
    expect(summary(matchAll([paid, back], [sold], { fixed }))).toEqual([
      'reversal-of certain 2+1>',
      'reversed-after-sale 1+2>1',
    ]);
  });

  it('without a linked receipt are likely by person, amount and later time, and hold the sale back', () => {
    const unlinked = { ...back, linkedReceipt: null };
    expect(summary(matchAll([paid, unlinked], [sold]))).toEqual([
      'same-receipt possible 1>1',
      'reversal-of likely 2+1>',
    ]);
  });

  it('that fit two payments are not guessed', () => {
    const unlinked = { ...back, linkedReceipt: null };
    const twin = payment(3, 500, { at: clock(10, 30), party });
    const result = matchAll([paid, unlinked, twin], [sold]);
    expect(result.links).toEqual([]);
    expect(result.suggestions.filter(({ kind }) => kind === 'reversal-of')).toEqual([]);
  });

  it('of a part are likely and do not end the payment', () => {
    const part = { ...back, amountCents: 10_000 as never };
    expect(summary(matchAll([paid, part], [sold]))).toEqual([
      'same-receipt likely 1>1',
      'reversal-of likely 2+1>',
    ]);
  });

  it.each([
    ['of its own number', { reference: 'INV-1001' }],
    ['of the same amount later', { reference: 'REF-7' }],
  ])('are explained by a refund %s', (_, more) => {
    const refund = sale(2, -500, { kind: 'refund', at: clock(11, 5), ...more });
    expect(summary(matchAll([paid, back], [sold, refund]))).toEqual([
      'reversal-of certain 2+1>',
      'same-receipt likely 1>1',
      'reversal-of likely 2>2',
    ]);
  });

  it('stay explained when the refund stands with the reversal', () => {
    const refund = sale(2, -500, { kind: 'refund', at: clock(11, 5) });
    const other = sale(3, -500, { kind: 'refund', at: clock(11, 6) });
    const fixed = [{ kind: 'sale' as const, lines: [2], sales: [2] }];
    expect(summary(matchAll([paid, back], [sold, refund, other], { fixed }))).toEqual([
      'reversal-of certain 2+1>',
      'same-receipt likely 1>1',
    ]);
  });

  it('are not explained by one refund twice', () => {
    const other = payment(3, 500, { receipt: 'UKK1ZZZZZZ', at: clock(10, 1) });
    const otherBack = { ...back, id: 4, at: clock(11, 1), linkedReceipt: 'UKK1ZZZZZZ' };
    const sales = [
      sold,
      sale(2, 500, { receipt: 'UKK1ZZZZZZ' }),
      sale(3, -500, { kind: 'refund', at: clock(12, 0) }),
    ];
    const result = matchAll([paid, back, other, otherBack], sales);
    expect(result.exceptions.map(({ kind }) => kind)).toEqual(['reversed-after-sale']);
  });

  it('no refund without a reversal is an exception', () => {
    expect(summary(matchAll([], [sale(1, -500, { kind: 'refund' })]))).toEqual([]);
  });
});

describe('sweeps', () => {
  const out = (id: number, shillings: number, hour: number, more = {}) =>
    payment(id, shillings, {
      kind: 'sweep',
      direction: 'out',
      at: clock(hour, 0),
      receipt: `SWEEP${id}`,
      ...more,
    });
  const fee = payment(2, 5, { receipt: 'UKK1ABCDEF', kind: 'charge', direction: 'out' });
  const kindsOf = (lines: Parameters<typeof matchAll>[0]) =>
    summary(matchAll(lines, [])).filter((line) => line.startsWith('sweep'));

  it('of takings less charges since the sweep before are certain', () => {
    expect(kindsOf([out(8, 100, 3), paid, fee, out(9, 495, 23)])).toEqual(['sweep certain 1+2+9>']);
  });

  it('are only likely when the sweep before is not known', () => {
    expect(kindsOf([paid, fee, out(9, 495, 23)])).toEqual(['sweep likely 1+2+9>']);
  });

  it('of another sum are not explained', () => {
    expect(kindsOf([out(8, 100, 3), paid, fee, out(9, 400, 23)])).toEqual([]);
  });

  it('take their arriving leg along', () => {
    const leg = {
      ...out(9, 495, 23),
      id: 10,
      direction: 'in' as const,
      account: 'Organization Settlement Account',
    };
    expect(kindsOf([out(8, 100, 3), paid, fee, out(9, 495, 23), leg])).toEqual(['sweep certain 1+2+9+10>']);
    expect(
      kindsOf([out(8, 100, 3), paid, fee, out(9, 400, 23), { ...leg, amountCents: 40_000 as never }]),
    ).toEqual(['sweep certain 9+10>']);
  });

  it('count each payment once', () => {
    const later = payment(3, 70, { at: clock(12, 0) });
    expect(kindsOf([out(8, 100, 3), paid, out(9, 500, 11), later, out(10, 70, 23)])).toEqual([
      'sweep certain 1+9>',
      'sweep certain 3+10>',
    ]);
  });
});

describe('sweeps of an account whose balances are stated', () => {
  const first = payment(1, 500, { at: clock(9, 0), receipt: 'UKK1AAAAAA', balanceCents: cents(50_000) });
  const fee = payment(2, 3, {
    at: clock(9, 0),
    receipt: 'UKK1AAAAAA',
    kind: 'charge',
    direction: 'out',
    balanceCents: cents(49_700),
  });
  const swept = payment(3, 497, {
    at: clock(20, 0),
    kind: 'sweep',
    direction: 'out',
    balanceCents: cents(0),
  });
  const sweepOf = (lines: readonly MatchLine[]) =>
    summary(matchAll(lines, [])).filter((text) => text.startsWith('sweep'));

  it('are certain from the first when the account stood at zero before', () => {
    expect(sweepOf([first, fee, swept])).toEqual(['sweep certain 1+2+3>']);
    expect(sweepOf([fee, swept, first])).toEqual(['sweep certain 1+2+3>']);
  });

  it('stay likely when it held something, or when a balance is not stated', () => {
    const held = [first, fee].map((line) => ({
      ...line,
      balanceCents: cents((line.balanceCents ?? 0) + 100),
    }));
    expect(sweepOf([...held, swept])).toEqual(['sweep likely 1+2+3>']);
    expect(sweepOf([first, { ...fee, balanceCents: null }, swept])).toEqual(['sweep likely 1+2+3>']);
  });
});
