import { expect, it } from 'vitest';
import type { MatchInput } from '#shared/domain/matching/types.ts';
import { dryRun } from '#shared/domain/rules/dry-run.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import { clock, payment, sale } from '#test/fixtures/match-items.ts';

const RULE: RuleContent = {
  kind: 'pair',
  payment: { by: 'payer-name', text: 'KAMAU' },
  sale: { by: 'customer', text: 'Njoroge' },
};
const kamau = (id: number, shillings: number) =>
  payment(id, shillings, { at: clock(10, id), party: { phone: null, code: null, name: 'KAMAU HARDWARE' } });
const njoroge = (id: number, shillings: number) =>
  sale(id, shillings, { customer: 'Njoroge', at: clock(10, id) });

/** Four payments of Kamau, each of an amount of its own, and Njoroge's sales of these amounts. */
const PAST: MatchInput = {
  lines: [1, 2, 3, 4].map((id) => kamau(id, id * 100)),
  sales: [
    ...[1, 2, 3, 4].map((id) => njoroge(id, id * 100)),
    sale(9, 200, { customer: 'Amina', at: clock(12, 0) }),
  ],
  fixed: [],
  refused: [],
};

it('compares what it would have suggested with what people did', () => {
  const past: MatchInput = {
    ...PAST,
    fixed: [
      { kind: 'sale', lines: [1], sales: [1] },
      { kind: 'sale', lines: [2], sales: [9] },
    ],
    refused: [{ line: 3, sale: 3 }],
  };
  expect(dryRun(RULE, past)).toEqual({
    wouldMatch: 4,
    agrees: 1,
    contradicts: 2,
    open: 1,
    examples: [
      { line: 2, sale: 2, verdict: 'contradicts' },
      { line: 3, sale: 3, verdict: 'contradicts' },
      { line: 4, sale: 4, verdict: 'open' },
      { line: 1, sale: 1, verdict: 'agrees' },
    ],
  });
});

it('shows no more examples than asked for, and counts them all', () => {
  const { examples, open } = dryRun(RULE, PAST, 2);
  expect(examples).toHaveLength(2);
  expect(open).toBe(4);
});

it('leaves alone what is certain, and counts no ambiguity', () => {
  const certain = { ...PAST, sales: PAST.sales.map((one) => ({ ...one, receipt: `UKK00${one.id}WXYT` })) };
  expect(dryRun(RULE, certain).wouldMatch).toBe(0);
  const twice = { ...PAST, lines: [...PAST.lines, kamau(11, 100), kamau(12, 100)] };
  expect(
    dryRun(RULE, { ...twice, lines: twice.lines.map((one) => ({ ...one, at: clock(10, 0) })) }),
  ).toMatchObject({
    wouldMatch: 3,
  });
});

it('takes no notice of the rules that stand: it is about this one alone', () => {
  const other = { ...RULE, id: 3, sale: { by: 'customer', text: 'Amina' } } as const;
  expect(dryRun(RULE, { ...PAST, rules: [other] })).toEqual(dryRun(RULE, PAST));
});
