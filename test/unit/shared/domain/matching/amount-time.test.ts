import { describe, expect, it } from 'vitest';
import type { MatchResult } from '#shared/domain/matching/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';
import { clock, matchAll, payment, sale, summary } from '#test/fixtures/match-items.ts';

function groupsOf({ suggestions }: MatchResult): number[] {
  const sizes = new Map<string, number>();
  for (const { ambiguityGroup } of suggestions) {
    if (ambiguityGroup !== null) sizes.set(ambiguityGroup, (sizes.get(ambiguityGroup) ?? 0) + 1);
  }
  return [...sizes.values()];
}

describe('amount and time', () => {
  it('alone on both sides is likely, never certain', () => {
    const result = matchAll([payment(1, 500)], [sale(1, 500)]);
    expect(summary(result)).toEqual(['amount-time likely 1>1']);
    expect(result.suggestions.map(({ why }) => render(why, 'en'))).toEqual([
      'Same amount and nothing else near; paid 2 min before the sale.',
    ]);
  });

  it('far apart in the window is only possible, unless the phone agrees', () => {
    const line = payment(1, 500, { party: { phone: '0722****366', code: null, name: null } });
    const late = { at: clock(12, 30) };
    expect(summary(matchAll([line], [sale(1, 500, late)]))).toEqual(['amount-time possible 1>1']);
    expect(summary(matchAll([line], [sale(1, 500, { ...late, phone: '0722000366' })]))).toEqual([
      'amount-time likely 1>1',
    ]);
  });

  it('beyond the window is told as a near miss', () => {
    const result = matchAll([payment(1, 500)], [sale(1, 500, { at: clock(14, 0) })]);
    expect(summary(result)).toEqual(['paid-not-sold 1>', 'sold-not-paid >1']);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'The nearest sale of this amount was 4 h after the payment: too far.',
      'The nearest payment of this amount came 4 h before the sale: too far.',
    ]);
  });

  it('the near miss is found among sales of which only the date is known', () => {
    const dated = Array.from({ length: 12 }, (_, n) =>
      sale(n + 2, 500, { at: null, day: '2026-11-27' as BusinessDay }),
    );
    const { exceptions } = matchAll([payment(1, 500)], [sale(1, 500, { at: clock(14, 0) }), ...dated]);
    expect(exceptions.filter(({ lines }) => lines.length > 0).map(({ why }) => render(why, 'en'))).toEqual([
      'The nearest sale of this amount was 4 h after the payment: too far.',
    ]);
  });

  it('nearly the same amount is told as a near miss', () => {
    const result = matchAll([payment(1, 480)], [sale(1, 500)]);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'No sale of this amount; sale INV-1001 of KES 500.00 was made on 20 Nov 2026, 10:02.',
      'No payment of this amount; KES 480.00 was paid on 20 Nov 2026, 10:00.',
    ]);
  });

  it('with another phone is only possible', () => {
    const line = payment(1, 500, { party: { phone: '0722****366', code: null, name: null } });
    expect(summary(matchAll([line], [sale(1, 500, { phone: '0711000999' })]))).toEqual([
      'amount-time possible 1>1',
    ]);
  });

  it('cannot tell three payments and three sales of 50 apart', () => {
    const lines = [0, 1, 2].map((minute) => payment(minute + 1, 50, { at: clock(10, minute) }));
    const sales = [0, 1, 2].map((minute) => sale(minute + 1, 50, { at: clock(10, minute) }));
    const result = matchAll(lines, sales);
    expect(result.suggestions.map(({ band }) => band)).toEqual(new Array(9).fill('possible'));
    expect(groupsOf(result)).toEqual([9]);
    expect(result.exceptions).toEqual([]);
  });

  it('tells equal amounts apart when the times leave no doubt', () => {
    const lines = [0, 25, 50].map((minute, index) => payment(index + 1, 50, { at: clock(10, minute) }));
    const sales = [1, 26, 51].map((minute, index) => sale(index + 1, 50, { at: clock(10, minute) }));
    expect(summary(matchAll(lines, sales))).toEqual([
      'amount-time likely 1>1',
      'amount-time likely 2>2',
      'amount-time likely 3>3',
    ]);
  });

  it('tells equal amounts apart by the phone', () => {
    const lines = [1, 2].map((id) =>
      payment(id, 50, { at: clock(10, id), party: { phone: `0722***70${id}`, code: null, name: null } }),
    );
    const sales = [1, 2].map((id) => sale(id, 50, { at: clock(10, 3 - id), phone: `072200070${id}` }));
    expect(summary(matchAll(lines, sales))).toEqual(['amount-time likely 1>1', 'amount-time likely 2>2']);
  });

  it('lists 200 equal payments and 200 equal sales in few words, and each of them', () => {
    const ids = Array.from({ length: 200 }, (_, index) => index + 1);
    const result = matchAll(
      ids.map((id) => payment(id, 50, { at: (clock(10, 0) + id * 9_000) as never })),
      ids.map((id) => sale(id, 50, { at: (clock(10, 1) + id * 9_000) as never })),
    );
    expect(result.suggestions.length).toBeLessThan(700);
    expect(Math.max(...groupsOf(result))).toBeLessThanOrEqual(12);
    expect(new Set(result.suggestions.flatMap(({ lines }) => lines)).size).toBe(200);
    expect(new Set(result.suggestions.flatMap(({ sales }) => sales)).size).toBe(200);
    expect(result.suggestions[0] && render(result.suggestions[0].why, 'en')).toBe(
      '200 payments and 200 sales of KES 50.00 cannot be told apart: choose. Only the nearest are listed.',
    );
  });

  it('cuts the alternatives of one sale and lists the payments that are left over', () => {
    const ids = Array.from({ length: 30 }, (_, index) => index + 1);
    const result = matchAll(
      ids.map((id) => payment(id, 50, { at: clock(10, id % 20) })),
      [sale(1, 50, { at: clock(10, 20) })],
    );
    expect(groupsOf(result)).toEqual([12]);
    expect(result.exceptions.map(({ kind }) => kind)).toEqual(new Array(18).fill('paid-not-sold'));
  });

  it('on a date alone is possible, and likely when the name agrees', () => {
    const line = payment(1, 500, { party: { phone: null, code: null, name: 'ALICE EXAMPLE' } });
    expect(summary(matchAll([line], [sale(1, 500, { at: null })]))).toEqual(['amount-time possible 1>1']);
    expect(summary(matchAll([line], [sale(1, 500, { at: null, customer: 'Alice' })]))).toEqual([
      'amount-time likely 1>1',
    ]);
  });
});

describe('the account reference', () => {
  const referred = (id: number, shillings: number, accountReference: string, more = {}) =>
    payment(id, shillings, { accountReference, ...more });

  it('that is the number of the sale is certain', () => {
    expect(summary(matchAll([referred(1, 500, 'inv 1001')], [sale(1, 500)]))).toEqual([
      'account-reference certain 1>1',
    ]);
  });

  it.each([
    ['the same number twice', [referred(1, 500, 'INV-1001'), referred(2, 70, 'INV-1001')], {}, 'likely'],
    ['zeros left out', [referred(1, 500, 'INV-1')], { reference: 'INV-0001' }, 'likely'],
    ['a number met by chance', [referred(1, 500, '7')], { reference: '7' }, 'likely'],
    ['the customer’s account', [referred(1, 500, 'ALICE-01')], { accountReference: 'ALICE-01' }, 'likely'],
    ['days between', [referred(1, 500, 'INV-1001')], { at: clock(10, 0, 24) }, 'likely'],
    ['a sale typed by hand', [referred(1, 500, 'INV-1001')], { isTyped: true }, 'likely'],
    ['another receipt on the sale', [referred(1, 500, 'INV-1001')], { receipt: 'UKK9XXXXXX' }, 'likely'],
  ])('with %s is only likely', (_, lines, more, band) => {
    expect(summary(matchAll(lines, [sale(1, 500, more)]))).toContain(`account-reference ${band} 1>1`);
  });

  it('is told when the amount is another', () => {
    const result = matchAll([referred(1, 450, 'INV-1001')], [sale(1, 700)]);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))[0]).toBe(
      'The customer wrote INV-1001: that sale is KES 700.00.',
    );
  });

  it('met again each day pairs the payments and sales of one day', () => {
    const lines = [20, 21].map((day, index) => referred(index + 1, 500, '0001', { at: clock(10, 0, day) }));
    const sales = [20, 21].map((day, index) =>
      sale(index + 1, 500, { reference: '0001', at: clock(10, 2, day) }),
    );
    expect(summary(matchAll(lines, sales))).toEqual([
      'account-reference likely 1>1',
      'account-reference likely 2>2',
    ]);
  });
});

describe('sums', () => {
  it('find one payment for several sales', () => {
    const result = matchAll([payment(1, 700)], [sale(1, 400), sale(2, 300), sale(3, 90)]);
    expect(summary(result)).toEqual(['one-for-many likely 1>1+2', 'sold-not-paid >3']);
  });

  it('find several payments for one sale', () => {
    const result = matchAll([payment(1, 400), payment(2, 300)], [sale(1, 700)]);
    expect(summary(result)).toEqual(['many-for-one likely 1+2>1']);
  });

  it('explain a payment of another amount than the sale that names it', () => {
    const named = sale(1, 400, { receipt: payment(1, 700).receipt });
    expect(summary(matchAll([payment(1, 700)], [named, sale(2, 300)]))).toEqual([
      'one-for-many likely 1>1+2',
    ]);
    const part = sale(1, 900, { receipt: payment(1, 700).receipt });
    expect(summary(matchAll([payment(1, 700), payment(2, 200)], [part]))).toEqual([
      'many-for-one likely 1+2>1',
    ]);
  });

  it('with two answers are ambiguous', () => {
    const result = matchAll([payment(1, 700)], [sale(1, 400), sale(2, 300), sale(3, 500), sale(4, 200)]);
    expect(result.links).toEqual([]);
    expect(result.suggestions.map(({ band, ambiguityGroup }) => [band, ambiguityGroup !== null])).toEqual([
      ['possible', true],
      ['possible', true],
    ]);
  });

  it('that want the same sale are ambiguous', () => {
    const result = matchAll([payment(1, 700), payment(2, 650)], [sale(1, 400), sale(2, 300), sale(3, 250)]);
    expect(groupsOf(result)).toEqual([2]);
  });

  it('say ambiguous for 40 of 200 equal sales', () => {
    const sales = Array.from({ length: 200 }, (_, index) =>
      sale(index + 1, 50, { at: clock(10, index % 20) }),
    );
    const result = matchAll([payment(1, 2000)], sales);
    expect(result.links).toEqual([]);
    expect(groupsOf(result)).toEqual([2]);
    expect(result.suggestions.map((suggestion) => suggestion.sales.length)).toEqual([40, 40]);
  });
});
