import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from '#shared/domain/matching/match.ts';
import type { FixedLink, MatchInput, MatchResult, Proposal } from '#shared/domain/matching/types.ts';
import { makeShopDay } from '#test/fixtures/shop-scenarios.ts';

const RUNS = { numRuns: 60 };
const days = fc.integer({ min: 1, max: 1_000_000 }).map((seed) => makeShopDay(seed, 40).input);
const shuffled = days.chain((input) =>
  fc.record({
    input: fc.constant(input),
    lines: fc.shuffledSubarray([...input.lines], { minLength: input.lines.length }),
    sales: fc.shuffledSubarray([...input.sales], { minLength: input.sales.length }),
  }),
);

function asFixed({ kind, lines, sales }: Proposal): FixedLink {
  return { kind, lines, sales };
}

function pairsOf({ links, suggestions }: MatchResult): Set<string> {
  const proposals = [...links, ...suggestions].filter(({ kind }) => kind === 'sale');
  return new Set(
    proposals.flatMap(({ lines, sales }) => lines.flatMap((l) => sales.map((s) => `${l}:${s}`))),
  );
}

describe('match', () => {
  it('gives the same result whatever the order of the input', () => {
    fc.assert(
      fc.property(shuffled, ({ input, lines, sales }) => {
        expect(match({ ...input, lines, sales })).toEqual(match(input));
      }),
      RUNS,
    );
  });

  it('puts an item in at most one certain link of a kind', () => {
    fc.assert(
      fc.property(days, (input) => {
        for (const kind of ['sale', 'charge-of', 'reversal-of', 'sweep', 'day-total'] as const) {
          const links = match(input).links.filter((link) => link.kind === kind);
          for (const side of ['lines', 'sales'] as const) {
            const ids = links.flatMap((link) => link[side]);
            expect(new Set(ids).size).toBe(ids.length);
          }
        }
      }),
      RUNS,
    );
  });

  it('links for certain only what adds up, is completed, and is not typed', () => {
    fc.assert(
      fc.property(days, (input) => {
        const lineOf = new Map(input.lines.map((line) => [line.id, line]));
        const saleOf = new Map(input.sales.map((sale) => [sale.id, sale]));
        for (const link of match(input).links.filter(({ kind }) => kind === 'sale')) {
          const lines = link.lines.map((id) => lineOf.get(id));
          const sales = link.sales.map((id) => saleOf.get(id));
          const paid = lines.reduce((sum, line) => sum + (line?.amountCents ?? Number.NaN), 0);
          expect(paid).toBe(sales.reduce((sum, sale) => sum + (sale?.amountCents ?? Number.NaN), 0));
          for (const line of lines) expect(line).toMatchObject({ status: 'completed', direction: 'in' });
          for (const sale of sales)
            expect(sale).toMatchObject({ isTyped: false, isCancelled: false, tender: 'mpesa' });
        }
      }),
      RUNS,
    );
  });

  it('never touches what stands', () => {
    fc.assert(
      fc.property(days, fc.nat(), (input, skip) => {
        const first = match(input);
        const some = first.suggestions.filter(
          ({ kind, ambiguityGroup }) => kind === 'sale' && ambiguityGroup === null,
        );
        const chosen = some.filter((_, index) => (index + skip) % 2 === 0).map(asFixed);
        const fixed = [...input.fixed, ...chosen];
        const lines = new Set(chosen.flatMap((link) => link.lines));
        const sales = new Set(chosen.flatMap((link) => link.sales));
        const again = match({ ...input, fixed });
        for (const proposal of [...again.links, ...again.suggestions].filter(({ kind }) => kind === 'sale')) {
          expect(proposal.lines.filter((id) => lines.has(id))).toEqual([]);
          expect(proposal.sales.filter((id) => sales.has(id))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('finds nothing more for certain when its own links stand', () => {
    fc.assert(
      fc.property(days, (input) => {
        const first = match(input);
        const again = match({ ...input, fixed: [...input.fixed, ...first.links.map(asFixed)] });
        expect(again.links).toEqual([]);
        expect(again.suggestions.filter(({ kind }) => kind === 'sale')).toEqual(
          first.suggestions.filter(({ kind }) => kind === 'sale'),
        );
      }),
      RUNS,
    );
  });

  it('never proposes a pair that was refused, alone or in a group', () => {
    fc.assert(
      fc.property(days, fc.nat(), (input, skip) => {
        const pairs = [...pairsOf(match(input))].filter((_, index) => (index + skip) % 3 === 0);
        const refused = pairs.map((pair) => {
          const [line = 0, sale = 0] = pair.split(':').map(Number);
          return { line, sale };
        });
        const again = pairsOf(match({ ...input, refused }));
        expect(pairs.filter((pair) => again.has(pair))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('answers alike whether a payment is settled or reported, but asks before it takes a reported one', () => {
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.boolean()), (input, coins) => {
        const flips = coins[Symbol.iterator]();
        const lines = input.lines.map((line) => ({ ...line, isReported: flips.next().value === true }));
        const reported = new Set(lines.flatMap((line) => (line.isReported ? [line.id] : [])));
        const settled = match(input);
        const held = match({ ...input, lines });
        const isHeld = ({ kind, lines: own }: Proposal) =>
          (kind === 'sale' || kind === 'day-total') && own.some((id) => reported.has(id));
        expect(held.links).toEqual(settled.links.filter((link) => !isHeld(link)));
        expect(held.exceptions).toEqual(settled.exceptions);
        const asked = held.suggestions.filter(({ why }) => why.values?.doubt === 'reported');
        expect(asked.map(({ band }) => band)).toEqual(asked.map(() => 'likely'));
        const names = (proposals: readonly Proposal[]) =>
          proposals.map(({ kind, rule, lines: own, sales }) => [kind, rule, own, sales].join(' ')).sort();
        expect(names(asked)).toEqual(names(settled.links.filter(isHeld)));
        expect(held.suggestions.filter((each) => !asked.includes(each))).toEqual(settled.suggestions);
      }),
      RUNS,
    );
  });

  it('refuses two items with one id', () => {
    const input: MatchInput = makeShopDay(1).input;
    const [line] = input.lines;
    expect(() => match({ ...input, lines: line ? [...input.lines, line] : [] })).toThrow('share an id');
  });

  it('has nothing to say about nothing', () => {
    expect(match({ lines: [], sales: [], fixed: [], refused: [] })).toEqual({
      links: [],
      suggestions: [],
      exceptions: [],
    });
  });
});
