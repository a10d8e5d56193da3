import { describe, expect, it } from 'vitest';
import { render } from '#shared/text/render.ts';
import { clock, matchAll, payment, sale, summary } from '#test/fixtures/match-items.ts';

const paid = payment(1, 500, { receipt: 'UKK1ABCDEF' });
const named = { receipt: 'UKK1ABCDEF' };

describe('the same receipt', () => {
  it.each([
    ['3 hours before the sale', clock(13, 0), 'certain'],
    ['a minute more than 3 hours before', clock(13, 1), 'likely'],
    ['15 minutes after the sale', clock(9, 45), 'certain'],
    ['16 minutes after', clock(9, 44), 'likely'],
  ])('with the payment %s', (_, at, band) => {
    expect(summary(matchAll([paid], [sale(1, 500, { ...named, at })]))).toEqual([`same-receipt ${band} 1>1`]);
  });

  it('says why in a sentence', () => {
    const [link] = matchAll([paid], [sale(1, 500, named)]).links;
    expect(link && render(link.why, 'en')).toBe('Same receipt and amount; paid 2 min before the sale.');
    expect(link && render(link.why, 'sw')).toBe(
      'Risiti na kiasi ni sawa; yamelipwa dakika 2 kabla ya mauzo.',
    );
  });

  it('is certain on the same day when the sale has only a date, likely on the next', () => {
    expect(summary(matchAll([paid], [sale(1, 500, { ...named, at: null })]))).toEqual([
      'same-receipt certain 1>1',
    ]);
    const next = sale(1, 500, { ...named, at: null, day: '2026-11-21' as never });
    expect(summary(matchAll([paid], [next]))).toEqual(['same-receipt likely 1>1', 'wrong-day 1>1']);
  });

  it('is a wrong day when the sale was made the day after', () => {
    const late = sale(1, 500, { ...named, at: clock(9, 0, 21) });
    expect(summary(matchAll([paid], [late]))).toEqual(['same-receipt likely 1>1', 'wrong-day 1>1']);
  });

  it('is only possible for a receipt of days ago', () => {
    const late = sale(1, 500, { ...named, at: clock(9, 0, 24) });
    expect(summary(matchAll([paid], [late]))).toEqual(['same-receipt possible 1>1', 'wrong-day 1>1']);
  });

  it('is never certain for a sale typed by hand', () => {
    expect(summary(matchAll([paid], [sale(1, 500, { ...named, isTyped: true })]))).toEqual([
      'same-receipt likely 1>1',
    ]);
  });

  it.each([
    ['another phone', { phone: '0722000999' }, 'likely'],
    ['the same phone', { phone: '0722000366' }, 'certain'],
    ['another name', { customer: 'Peter Other' }, 'likely'],
    ['the same name', { customer: 'Alice' }, 'certain'],
    ['a name that says nothing', { customer: 'Walk-in customer' }, 'certain'],
  ])('weighs %s', (_, more, band) => {
    const line = payment(1, 500, {
      ...named,
      party: { phone: '0722****366', code: null, name: 'ALICE EXAMPLE' },
    });
    expect(summary(matchAll([line], [sale(1, 500, { ...named, ...more })]))).toEqual([
      `same-receipt ${band} 1>1`,
    ]);
  });

  it('doubts a payment whose customer wrote the number of another sale', () => {
    const line = payment(1, 500, { ...named, accountReference: 'INV-1002' });
    const result = matchAll([line], [sale(1, 500, named), sale(2, 70)]);
    expect(summary(result)).toEqual(['same-receipt likely 1>1', 'sold-not-paid >2']);
  });

  it('with another amount is told with the difference', () => {
    const result = matchAll([paid], [sale(1, 450, named)]);
    expect(summary(result)).toEqual(['amount-differs 1>1']);
    expect(result.exceptions[0]?.amountCents).toBe(5000);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'Receipt UKK1ABCDEF: KES 500.00 was paid for a sale of KES 450.00, KES 50.00 too much.',
    ]);
  });

  it('does not pay a sale of another till', () => {
    const result = matchAll([paid], [sale(1, 500, { ...named, till: '555002' })]);
    expect(summary(result)).toEqual(['paid-not-sold 1>', 'sold-not-paid >1']);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'A sale fits, but it was made at till 555002.',
      'A payment fits, but it came to till 555001.',
    ]);
  });

  it.each([
    ['failed', { status: 'failed' as const }],
    ['money that went out', { direction: 'out' as const }],
    ['a loan', { kind: 'loan' as const }],
  ])('of %s pays nothing', (_, more) => {
    const result = matchAll([payment(1, 500, { ...named, ...more })], [sale(1, 500, named)]);
    expect(summary(result)).toEqual(['sold-not-paid >1']);
  });

  it.each([
    ['cash', { tender: 'cash' as const }],
    ['a cancelled sale', { isCancelled: true }],
  ])('leaves %s alone', (_, more) => {
    expect(summary(matchAll([], [sale(1, 500, { ...named, ...more })]))).toEqual([]);
  });

  it('in two tills is never certain', () => {
    const twin = payment(2, 500, { ...named, till: '555002' });
    const result = matchAll([paid, twin], [sale(1, 500, named)]);
    expect(summary(result)).toEqual(['same-receipt possible 1>1', 'same-receipt possible 2>1']);
    expect(new Set(result.suggestions.map(({ ambiguityGroup }) => ambiguityGroup)).size).toBe(1);
  });
});

describe('a contested receipt', () => {
  it('is nobody’s for certain when two sales name it', () => {
    const result = matchAll([paid], [sale(1, 500, named), sale(2, 500, named)]);
    expect(summary(result)).toEqual([
      'same-receipt possible 1>1',
      'same-receipt possible 1>2',
      'receipt-used-twice 1>1+2',
    ]);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      '2 sales name receipt UKK1ABCDEF: together KES 1,000.00, but KES 500.00 was paid.',
    ]);
  });

  it('is contested by a sale of another amount too', () => {
    const result = matchAll([paid], [sale(1, 500, named), sale(2, 80, named)]);
    expect(summary(result)).toEqual(['same-receipt possible 1>1', 'receipt-used-twice 1>1+2']);
  });

  it.each(['UKK1A8CDEF', 'UKK1ABCDEX', 'UKK1ACBDEF'])(
    'is contested by a sale that names it with a slip (%s)',
    (slip) => {
      const result = matchAll([paid], [sale(1, 500, named), sale(2, 500, { receipt: slip })]);
      expect(result.links).toEqual([]);
      expect(summary(result)).toContain('receipt-used-twice 1>1+2');
    },
  );

  it('is not contested by a slip that stands for a payment of its own', () => {
    const other = payment(2, 500, { receipt: 'UKK1ABCDXX' });
    const result = matchAll([paid, other], [sale(1, 500, named), sale(2, 500, { receipt: 'UKK1ABCDEX' })]);
    expect(summary(result)).toEqual(['same-receipt certain 1>1', 'receipt-slip likely 2>2']);
  });

  it('belongs to both when they add up to the payment, at most likely', () => {
    const result = matchAll([paid], [sale(1, 300, named), sale(2, 200, { receipt: 'UKK1ABCDEX' })]);
    expect(summary(result)).toEqual(['one-for-many likely 1>1+2']);
  });

  it('is contested when the payment stands with another sale already', () => {
    const fixed = [{ kind: 'sale' as const, lines: [1], sales: [1] }];
    const result = matchAll([paid], [sale(1, 500), sale(2, 500, named)], { fixed });
    expect(summary(result)).toEqual(['receipt-used-twice 1>1+2']);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))).toEqual([
      'Receipt UKK1ABCDEF is already used for sale INV-1001.',
    ]);
  });

  it('counts the receipt of a sale that stands with another payment', () => {
    const fixed = [{ kind: 'sale' as const, lines: [2], sales: [1] }];
    const result = matchAll([paid, payment(2, 500)], [sale(1, 500, named), sale(2, 500, named)], { fixed });
    expect(result.links).toEqual([]);
    expect(summary(result)).toContain('receipt-used-twice 1>1+2');
  });

  it('is settled when a person refuses one of the two', () => {
    const refused = [{ line: 1, sale: 2 }];
    const result = matchAll([paid], [sale(1, 500, named), sale(2, 500, named)], { refused });
    expect(summary(result)).toEqual(['same-receipt certain 1>1', 'sold-not-paid >2']);
  });
});

describe('a receipt with a slip', () => {
  it.each([
    ['look-alikes', 'UKK1A8CDEF'],
    ['one wrong character', 'UKK1ABCDEX'],
    ['two swapped', 'UKK1ABCDFE'],
  ])('%s: likely with the same amount and time', (_, receipt) => {
    expect(summary(matchAll([paid], [sale(1, 500, { receipt })]))).toEqual(['receipt-slip likely 1>1']);
  });

  it('of another amount is an unknown receipt that looks like one', () => {
    const result = matchAll([paid], [sale(1, 80, { receipt: 'UKK1ABCDEX' })]);
    expect(summary(result)).toEqual(['paid-not-sold 1>', 'unknown-receipt >1']);
    expect(result.exceptions.map(({ why }) => render(why, 'en'))[1]).toBe(
      'Receipt UKK1ABCDEX is in no statement; UKK1ABCDEF looks like it, but KES 500.00 was paid there.',
    );
  });

  it('that fits two payments is ambiguous', () => {
    const twin = payment(2, 500, { receipt: 'UKK1ABCDEG' });
    const result = matchAll([paid, twin], [sale(1, 500, { receipt: 'UKK1ABCDEX' })]);
    expect(summary(result)).toEqual(['receipt-slip possible 1>1', 'receipt-slip possible 2>1']);
  });

  it('two characters wrong is an unknown receipt, and the amount alone makes it no more than possible', () => {
    const result = matchAll([paid], [sale(1, 500, { receipt: 'UKK1ABCXXX' })]);
    expect(summary(result)).toEqual(['amount-time possible 1>1', 'unknown-receipt >1']);
  });
});
