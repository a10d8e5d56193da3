import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from '#shared/domain/matching/match.ts';
import type { MatchInput } from '#shared/domain/matching/types.ts';
import { clock, payment, sale, summary } from '#test/fixtures/match-items.ts';
import { makeShopDay } from '#test/fixtures/shop-scenarios.ts';

const RECEIPT = 'UKK1ABCDEF';
const paid = payment(1, 500, { receipt: RECEIPT });
const held = (saleId: number) => ({ receipt: RECEIPT, sale: saleId });
const run = (input: Partial<MatchInput>) =>
  summary(match({ lines: [paid], sales: [], fixed: [], refused: [], ...input }));

describe('a payment held for a sale', () => {
  it('is likely its payment, never certain, whatever time and amount say of others', () => {
    const sales = [sale(1, 500, { at: clock(9, 59) }), sale(2, 500, { at: clock(12, 0) })];
    expect(run({ sales, claims: [held(2)] })).toEqual(['same-receipt likely 1>2', 'sold-not-paid >1']);
  });

  it('is contested when another sale names its receipt: never certain, listed, left out of what is likely', () => {
    const sales = [sale(1, 500, { receipt: RECEIPT }), sale(2, 500, { at: clock(18, 0) })];
    expect(run({ sales })).toEqual(['same-receipt certain 1>1', 'sold-not-paid >2']);
    const result = run({ sales, claims: [held(2)] });
    expect(result.filter((line) => /certain|likely/.test(line))).toEqual([]);
    expect(result).toContain('receipt-used-twice 1>1+2');
  });

  it('and naming it is the same sale: as certain as the receipt makes it likely', () => {
    expect(run({ sales: [sale(1, 500, { receipt: RECEIPT })], claims: [held(1)] })).toEqual([
      'same-receipt likely 1>1',
    ]);
  });

  it('of another amount is a difference, and pays no other sale', () => {
    expect(run({ sales: [sale(1, 400), sale(2, 500)], claims: [held(1)] })).toEqual([
      'amount-differs 1>1',
      'sold-not-paid >2',
    ]);
  });

  it('together with another that is held for the same sale', () => {
    const second = payment(2, 250, { receipt: 'UKK1ABCDEG' });
    const claims = [held(1), { receipt: 'UKK1ABCDEG', sale: 1 }];
    expect(run({ lines: [paid, second], sales: [sale(1, 750)], claims })).toEqual([
      'many-for-one likely 1+2>1',
    ]);
  });

  it('holds nothing when the sale is gone, cancelled, or either was joined by a person', () => {
    const sales = [sale(1, 500, { receipt: RECEIPT }), sale(2, 500, { at: clock(18, 0) })];
    expect(run({ sales, claims: [held(9)] })).toContain('same-receipt certain 1>1');
    const cancelled = [
      sale(1, 500, { receipt: RECEIPT }),
      sale(2, 500, { at: clock(18, 0), isCancelled: true }),
    ];
    expect(run({ sales: cancelled, claims: [held(2)] })).toContain('same-receipt certain 1>1');
    const fixed = [{ kind: 'sale', lines: [1], sales: [1] } as const];
    expect(run({ sales, claims: [held(2)], fixed })).toEqual(['sold-not-paid >2']);
  });

  it('that went back, or came to another till, is not proposed', () => {
    const other = sale(1, 500, { till: 'other' });
    expect(run({ sales: [other], claims: [held(1)] })).not.toContain('same-receipt likely 1>1');
    expect(run({ sales: [sale(1, 500)], claims: [held(1)], saidReversed: [RECEIPT] })).toEqual([
      'same-receipt possible 1>1',
    ]);
  });
});

it('what Safaricom says was sent back is at most possible', () => {
  const sales = [sale(1, 500, { receipt: RECEIPT })];
  expect(run({ sales, saidReversed: [RECEIPT] })).toEqual(['same-receipt possible 1>1']);
  expect(run({ sales, saidReversed: ['UKK1ABCDEZ'] })).toEqual(['same-receipt certain 1>1']);
});

describe('on any day', () => {
  const days = fc.integer({ min: 1, max: 1_000_000 }).map((seed) => makeShopDay(seed, 40).input);
  const withClaims = fc
    .record({
      input: days,
      picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
      turn: fc.boolean(),
    })
    .map(({ input, picks, turn }) => {
      const claims = new Map<string, number>();
      for (const [line, sold] of picks) {
        const receipt = input.lines[line % input.lines.length]?.receipt ?? '';
        claims.set(receipt, input.sales[sold % input.sales.length]?.id ?? 0);
      }
      return { input, turn, claims: [...claims].map(([receipt, of]) => ({ receipt, sale: of })) };
    });

  it('the order of the input does not matter, and a held payment is certain for no other sale', () => {
    fc.assert(
      fc.property(withClaims, ({ input, claims }) => {
        const result = match({ ...input, claims });
        const turned = {
          ...input,
          lines: [...input.lines].reverse(),
          sales: [...input.sales].reverse(),
          claims: [...claims].reverse(),
        };
        expect(match(turned)).toEqual(result);
        const heldFor = new Map(claims.map((claim) => [claim.receipt, claim.sale]));
        const live = new Set(
          input.sales
            .filter(
              (each) =>
                each.tender === 'mpesa' && !each.isCancelled && each.kind === 'sale' && each.amountCents > 0,
            )
            .map(({ id }) => id),
        );
        const fixed = new Set(input.fixed.flatMap((link) => [...link.sales]));
        for (const link of result.links.filter(({ kind }) => kind === 'sale'))
          for (const id of link.lines) {
            const { receipt = '' } = input.lines.find((line) => line.id === id) ?? {};
            const meant = heldFor.get(receipt);
            if (meant === undefined || !live.has(meant) || fixed.has(meant)) continue;
            expect(link.sales).toEqual([meant]);
          }
      }),
      { numRuns: 60 },
    );
  });
});
