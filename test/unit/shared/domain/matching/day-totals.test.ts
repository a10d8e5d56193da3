import { describe, expect, it } from 'vitest';
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

describe('day totals', () => {
  const total = (shillings: number, more = {}) =>
    sale(9, shillings, { kind: 'day-total', at: null, ...more });
  const second = payment(2, 250, { at: clock(15, 0) });

  it('equal to the payments of the day are certain and answer for them', () => {
    expect(summary(matchAll([paid, second], [total(750)]))).toEqual(['day-total certain 1+2>9']);
  });

  it('that stand go on answering for their payments', () => {
    const fixed = [{ kind: 'day-total' as const, lines: [1, 2], sales: [9] }];
    expect(summary(matchAll([paid, second], [total(750)], { fixed }))).toEqual([]);
  });

  it('typed by hand are likely', () => {
    expect(summary(matchAll([paid, second], [total(750, { isTyped: true })]))).toEqual([
      'day-total likely 1+2>9',
    ]);
  });

  it('of another sum say the difference', () => {
    const result = matchAll([paid, second], [total(700)]);
    expect(summary(result)).toEqual(['amount-differs 1+2>9']);
    expect(result.exceptions[0]?.amountCents).toBe(5000);
  });

  it('beside single sales may be the rest', () => {
    expect(summary(matchAll([paid, second], [sold, total(250)]))).toEqual([
      'same-receipt certain 1>1',
      'day-total certain 2>9',
    ]);
  });

  it('beside single sales do not hide what is open', () => {
    expect(summary(matchAll([paid, second], [sold, total(750)]))).toEqual([
      'same-receipt certain 1>1',
      'day-total certain 1+2>9',
      'paid-not-sold 2>',
    ]);
  });

  it('of one till count that till, of cashiers are added up', () => {
    const elsewhere = payment(3, 40, { till: '555002' });
    const result = matchAll(
      [paid, second, elsewhere],
      [
        total(300, { till: '555001' }),
        total(450, { id: 10, till: '555001' }),
        total(40, { id: 11, till: '555002' }),
      ],
    );
    expect(summary(result)).toEqual(['day-total certain 1+2>9+10', 'day-total certain 3>11']);
  });

  it('do not count payments of other days, or sent back', () => {
    const lines = [paid, back, { ...second, id: 3 }, payment(4, 99, { at: clock(9, 0, 21) })];
    expect(summary(matchAll(lines, [total(250)]))).toEqual([
      'day-total certain 3>9',
      'reversal-of certain 2+1>',
      'paid-not-sold 4>',
    ]);
  });
});
