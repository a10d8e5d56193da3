import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from '#shared/domain/matching/match.ts';
import type { MatchLine, MatchSale } from '#shared/domain/matching/types.ts';
import type { ShopRule } from '#shared/domain/rules/types.ts';
import { render } from '#shared/text/render.ts';
import { brief, clock, payment, sale } from '#test/fixtures/match-items.ts';

const RULE: ShopRule = {
  id: 7,
  kind: 'pair',
  payment: { by: 'payer-name', text: 'Kamau hardware' },
  sale: { by: 'customer', text: 'Njoroge' },
};

const paidBy = (name: string) => ({ party: { phone: null, code: null, name } });
const kamau = (id: number, shillings: number, more: Partial<MatchLine> = {}) =>
  payment(id, shillings, { ...paidBy('KAMAU HARDWARE LTD'), ...more });
const njoroge = (id: number, shillings: number, more: Partial<MatchSale> = {}) =>
  sale(id, shillings, { customer: 'Mzee Njoroge', ...more });

function suggest(lines: readonly MatchLine[], sales: readonly MatchSale[], rules = [RULE]): string[] {
  return match({ lines, sales, fixed: [], refused: [], rules }).suggestions.map(brief);
}

describe('a rule of the shop', () => {
  it('suggests as likely what two names alone would only make possible', () => {
    expect(suggest([kamau(1, 500)], [njoroge(1, 500)], [])).toEqual(['amount-time possible 1>1']);
    expect(suggest([kamau(1, 500)], [njoroge(1, 500)])).toEqual(['shop-rule likely 1>1']);
  });

  it('says itself as the reason, in both languages', () => {
    const [found] = match({
      lines: [kamau(1, 500)],
      sales: [njoroge(1, 500)],
      fixed: [],
      refused: [],
      rules: [RULE],
    }).suggestions;
    expect(found && render(found.why, 'en')).toBe(
      'Your rule 7: payments from Kamau hardware go with sales to Njoroge. The amount is the same and so is the day.',
    );
    expect(found && render(found.why, 'sw')).toContain(
      'malipo kutoka kwa Kamau hardware huenda na mauzo ya Njoroge',
    );
  });

  it('reaches over the whole day, and over midnight within the usual window, but no further', () => {
    expect(suggest([kamau(1, 500, { at: clock(7, 0) })], [njoroge(1, 500, { at: clock(19, 0) })])).toEqual([
      'shop-rule likely 1>1',
    ]);
    const late = kamau(1, 500, { at: clock(23, 30, 19), day: njoroge(9, 1, { at: clock(1, 0, 19) }).day });
    expect(suggest([late], [njoroge(1, 500, { at: clock(0, 30) })])).toEqual(['shop-rule likely 1>1']);
    const yesterday = kamau(1, 500, { at: clock(12, 0, 19), day: late.day });
    expect(suggest([yesterday], [njoroge(1, 500, { at: clock(12, 0) })])).toEqual([]);
  });

  it('takes a sale without a time by its day', () => {
    const undated = njoroge(1, 500, { at: null });
    expect(suggest([kamau(1, 500, { at: clock(16, 0) })], [undated])).toEqual(['shop-rule likely 1>1']);
  });

  it('needs the same amount', () => {
    expect(suggest([kamau(1, 501)], [njoroge(1, 500)])).toEqual([]);
  });

  it('tells several apart by time, and declares the rest ambiguous', () => {
    const lines = [kamau(1, 500, { at: clock(9, 0) }), kamau(2, 500, { at: clock(15, 0) })];
    const apart = [njoroge(1, 500, { at: clock(9, 2) }), njoroge(2, 500, { at: clock(15, 1) })];
    expect(suggest(lines, apart)).toEqual(['shop-rule likely 1>1', 'shop-rule likely 2>2']);
    const close = [kamau(1, 500, { at: clock(9, 0) }), kamau(2, 500, { at: clock(9, 5) })];
    const result = match({
      lines: close,
      sales: [njoroge(1, 500, { at: clock(9, 6) })],
      fixed: [],
      refused: [],
      rules: [RULE],
    });
    expect(result.suggestions.map(brief)).toEqual(['shop-rule possible 1>1', 'shop-rule possible 2>1']);
    expect(new Set(result.suggestions.map((one) => one.ambiguityGroup)).size).toBe(1);
    expect(result.suggestions[0]?.ambiguityGroup).not.toBeNull();
  });

  it.each([
    ['a receipt on the sale', [kamau(1, 500)], [njoroge(1, 500, { receipt: 'UKK002WXYT' })]],
    [
      'a receipt of another sale',
      [kamau(1, 500)],
      [njoroge(1, 500), sale(2, 700, { receipt: 'UKK001WXYT' })],
    ],
    [
      'the number of another sale',
      [kamau(1, 500, { accountReference: 'INV-1002' })],
      [njoroge(1, 500), sale(2, 900)],
    ],
    [
      'the customer who paid himself',
      [kamau(1, 500), payment(2, 500, paidBy('PETER NJOROGE'))],
      [njoroge(1, 500)],
    ],
    [
      'a sale in the name of the payer',
      [kamau(1, 500)],
      [njoroge(1, 500), sale(2, 500, { customer: 'Kamau' })],
    ],
    ['another till', [kamau(1, 500)], [njoroge(1, 500, { till: '555002' })]],
    ['a cancelled sale', [kamau(1, 500)], [njoroge(1, 500, { isCancelled: true })]],
  ])('gives way to %s', (_, lines, sales) => {
    expect(suggest(lines, sales).filter((one) => one.startsWith('shop-rule'))).toEqual([]);
  });

  it('never proposes again what a person refused', () => {
    const input = { lines: [kamau(1, 500)], sales: [njoroge(1, 500)], fixed: [], rules: [RULE] };
    expect(match({ ...input, refused: [{ line: 1, sale: 1 }] }).suggestions).toEqual([]);
  });

  it('is only possible at a cashier whose sale names somebody else', () => {
    const cashier: ShopRule = { ...RULE, sale: { by: 'cashier', text: 'Wanjiku' } };
    const nameless = sale(1, 500, { cashier: 'Wanjiku' });
    expect(suggest([kamau(1, 500)], [nameless], [cashier])).toEqual(['shop-rule likely 1>1']);
    expect(suggest([kamau(1, 500)], [{ ...nameless, customer: 'Amina' }], [cashier])).toEqual([
      'shop-rule possible 1>1',
    ]);
  });

  it('tries rules in their order', () => {
    const other: ShopRule = { ...RULE, id: 8, sale: { by: 'cashier', text: 'Wanjiku' } };
    const sales = [njoroge(1, 500), sale(2, 500, { cashier: 'WANJIKU' })];
    expect(suggest([kamau(1, 500)], sales, [RULE, other])).toContain('shop-rule likely 1>1');
    expect(suggest([kamau(1, 500)], sales, [other, RULE])).toContain('shop-rule likely 1>2');
  });

  it.each([
    ['account-reference', { accountReference: 'shop 12' }, true],
    ['account-reference', { accountReference: 'SHOP 120' }, false],
    ['payer-code', { party: { phone: null, code: '12', name: null } }, false],
    ['payer-code', { party: { phone: null, code: 'SHOP-12', name: null } }, true],
  ] as const)('compares %s as a whole: %j', (by, more, isMatch) => {
    const rule: ShopRule = { ...RULE, payment: { by, text: 'Shop-12' } };
    const found = suggest([payment(1, 500, more)], [njoroge(1, 500)], [rule]);
    expect(found.some((one) => one.startsWith('shop-rule'))).toBe(isMatch);
  });
});

const names = fc.constantFrom('KAMAU HARDWARE', 'Kamau Hardware Ltd', 'AMINA SAID', null);
const customers = fc.constantFrom('Mzee Njoroge', 'Njoroge', 'Walk-in', null);
const days = fc.record({
  lines: fc.array(fc.record({ amount: fc.constantFrom(100, 200), hour: fc.nat(23), name: names }), {
    maxLength: 12,
  }),
  sales: fc.array(fc.record({ amount: fc.constantFrom(100, 200), hour: fc.nat(23), customer: customers }), {
    maxLength: 12,
  }),
});

describe('with rules on, whatever the day', () => {
  const build = (day: typeof days extends fc.Arbitrary<infer T> ? T : never) => ({
    lines: day.lines.map(({ amount, hour, name }, i) =>
      payment(i + 1, amount, { at: clock(hour, i), party: { phone: null, code: null, name } }),
    ),
    sales: day.sales.map(({ amount, hour, customer }, i) =>
      sale(i + 1, amount, { at: clock(hour, i + 1), customer }),
    ),
    fixed: [],
    refused: [],
    rules: [RULE],
  });

  it('the order of the input changes nothing', () => {
    fc.assert(
      fc.property(days, (day) => {
        const input = build(day);
        const turned = { ...input, lines: [...input.lines].reverse(), sales: [...input.sales].reverse() };
        expect(match(turned)).toEqual(match(input));
      }),
    );
  });

  it('a rule applies nothing, joins equal amounts of fitting names, and uses no item twice', () => {
    fc.assert(
      fc.property(days, (day) => {
        const input = build(day);
        const { links, suggestions } = match(input);
        expect(links.filter((one) => one.rule === 'shop-rule')).toEqual([]);
        const found = suggestions.filter((one) => one.rule === 'shop-rule');
        for (const { lines, sales } of found) {
          const line = input.lines.find((one) => one.id === lines[0]);
          const sold = input.sales.find((one) => one.id === sales[0]);
          expect(line?.amountCents).toBe(sold?.amountCents);
          expect(line?.party.name?.toUpperCase()).toContain('KAMAU HARDWARE');
          expect(sold?.customer).toContain('Njoroge');
        }
        const alone = suggestions.filter((one) => one.ambiguityGroup === null && one.kind === 'sale');
        const used = alone.flatMap((one) => [...one.lines.map((id) => -id), ...one.sales]);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });
});
