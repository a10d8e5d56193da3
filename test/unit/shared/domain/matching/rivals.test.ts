import { describe, expect, it } from 'vitest';
import type { MatchLine, MatchSale } from '#shared/domain/matching/types.ts';
import { render } from '#shared/text/render.ts';
import { clock, matchAll, payment, sale, summary } from '#test/fixtures/match-items.ts';

/** Thirty pairs two minutes apart: the shop's clock and habit are known. */
const usual = Array.from({ length: 30 }, (_, index) => {
  const paid = payment(100 + index, 1000 + index, { at: clock(8, index) });
  return { paid, sold: sale(100 + index, 1000 + index, { at: clock(8, index + 2), receipt: paid.receipt }) };
});

function matchOnUsualDay(lines: readonly MatchLine[], sales: readonly MatchSale[]): string[] {
  const result = matchAll(
    [...lines, ...usual.map(({ paid }) => paid)],
    [...sales, ...usual.map(({ sold }) => sold)],
  );
  return summary(result).filter((text) => !/\b1\d\d>/.test(text));
}

const paid = payment(1, 500, { at: clock(10, 0) });

describe('a receipt that may be another customer’s', () => {
  it('is not certain when an equal sale at the time of the payment was not paid', () => {
    const owner = sale(1, 500, { at: clock(10, 2) });
    const shownAgain = sale(2, 500, { at: clock(11, 0), receipt: paid.receipt });
    expect(matchOnUsualDay([paid], [owner, shownAgain])).toEqual([
      'same-receipt possible 1>2',
      'sold-not-paid >1',
    ]);
  });

  it('says so in words', () => {
    const owner = sale(1, 500, { at: clock(10, 2) });
    const shownAgain = sale(2, 500, { at: clock(10, 30), receipt: paid.receipt });
    const [suggestion] = matchAll([paid], [owner, shownAgain]).suggestions;
    expect(suggestion && render(suggestion.why, 'en')).toBe(
      'Same receipt and amount; paid 30 min before the sale, but another sale of this amount fits it as well.',
    );
  });

  it('is likely when the two sales are about as near', () => {
    const owner = sale(1, 500, { at: clock(10, 2) });
    const other = sale(2, 500, { at: clock(10, 5), receipt: paid.receipt });
    expect(matchOnUsualDay([paid], [owner, other])).toContain('same-receipt likely 1>2');
  });

  it('is certain when the unpaid sale of the amount is further away than the sale that names it', () => {
    const unpaid = sale(1, 500, { at: clock(10, 12) });
    const named = sale(2, 500, { at: clock(10, 3), receipt: paid.receipt });
    expect(matchOnUsualDay([paid], [unpaid, named])).toContain('same-receipt certain 1>2');
  });

  it('is certain when the unpaid sale is known to be another customer’s', () => {
    const known = { ...paid, party: { phone: '0722***366', code: null, name: null } };
    const unpaid = sale(1, 500, { at: clock(10, 2), phone: '0711000111' });
    const named = sale(2, 500, { at: clock(10, 40), receipt: paid.receipt });
    expect(matchOnUsualDay([known], [unpaid, named])).toContain('same-receipt certain 1>2');
  });

  it('is certain when the phone says that it is the customer of the sale', () => {
    const known = { ...paid, party: { phone: '0722***366', code: null, name: null } };
    const unpaid = sale(1, 500, { at: clock(10, 2) });
    const named = sale(2, 500, { at: clock(10, 40), receipt: paid.receipt, phone: '0722111366' });
    expect(matchOnUsualDay([known], [unpaid, named])).toContain('same-receipt certain 1>2');
  });

  it('is not certain when two receipts look swapped', () => {
    const later = payment(2, 500, { at: clock(11, 0) });
    const first = sale(1, 500, { at: clock(10, 50), receipt: later.receipt });
    const second = sale(2, 500, { at: clock(11, 2), receipt: paid.receipt });
    const found = matchOnUsualDay([{ ...paid, at: clock(10, 48) }, later], [first, second]);
    expect(found.filter((text) => text.includes('certain'))).toEqual([]);
  });

  it('is not certain when a sale paid without a code is clearly nearer', () => {
    const other = payment(2, 500, { at: clock(10, 8) });
    const nearer = sale(1, 500, { at: clock(10, 2) });
    const named = sale(2, 500, { at: clock(10, 45), receipt: paid.receipt });
    expect(matchOnUsualDay([paid, other], [nearer, named])).toContain('same-receipt possible 1>2');
  });

  it('of an account number is not certain either', () => {
    const billed = { ...paid, accountReference: 'INV-1002' };
    const unpaid = sale(1, 500, { at: clock(10, 2) });
    const named = sale(2, 500, { at: clock(11, 30) });
    expect(matchOnUsualDay([billed], [unpaid, named])).toContain('account-reference possible 1>2');
    expect(matchOnUsualDay([billed], [named])).toContain('account-reference certain 1>2');
  });
});

it('learns the habit from payments with a charge as well', () => {
  const charges = usual.map(({ paid: { receipt, at } }, index) =>
    payment(200 + index, 3, { receipt, at, kind: 'charge', direction: 'out' }),
  );
  const late = payment(1, 500, { at: clock(10, 0) });
  const result = matchAll(
    [...usual.map((pair) => pair.paid), ...charges, late],
    [...usual.map((pair) => pair.sold), sale(1, 500, { at: clock(10, 25) })],
  );
  expect(result.suggestions.map(({ band, why }) => [band, render(why, 'en')])).toEqual([
    ['possible', 'Same amount and nothing else near; paid 25 min before the sale, which is unusual here.'],
  ]);
});
