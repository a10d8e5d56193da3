import { describe, expect, it } from 'vitest';
import { match } from '#shared/domain/matching/match.ts';
import type { MatchInput, MatchResult } from '#shared/domain/matching/types.ts';
import { render } from '#shared/text/render.ts';
import type { ShopDay } from '#test/fixtures/shop-day.ts';
import { makeShopDay } from '#test/fixtures/shop-scenarios.ts';

const DAYS = 300;
const days = Array.from({ length: DAYS }, (_, index) => makeShopDay(index + 1));
const results = days.map(({ input }) => match(input));

/** Every pair of a certain link that did not really happen, in a form that a failing test can be read from. */
function wrongLinks({ truth }: ShopDay, result: MatchResult): string[] {
  return result.links.flatMap((link) => {
    const [first = 0, ...rest] = link.lines;
    if (link.kind === 'sale') {
      const pairs = link.lines.flatMap((line) => link.sales.map((sale) => `${line}:${sale}`));
      return pairs.filter((pair) => !truth.pairs.has(pair)).map((pair) => `sale ${pair} by ${link.rule}`);
    }
    if (link.kind === 'charge-of')
      return truth.charges.has(`${first}:${rest[0]}`) ? [] : [`charge ${first}:${rest[0]}`];
    if (link.kind === 'reversal-of') {
      return truth.reversals.has(`${first}:${rest[0]}`) ? [] : [`reversal ${first}:${rest[0]}`];
    }
    const swept = link.lines.find((line) => truth.sweeps.has(line)) ?? 0;
    const really = [swept, ...(truth.sweeps.get(swept) ?? [])].sort((a, b) => a - b);
    return really.join() === link.lines.join() ? [] : [`sweep ${swept}`];
  });
}

function openItems(input: MatchInput): { lines: number[]; sales: number[] } {
  const taken = new Set(input.fixed.flatMap(({ lines }) => lines));
  const given = new Set(input.fixed.flatMap(({ sales }) => sales));
  return {
    lines: input.lines
      .filter(({ id, kind, status, direction }) => {
        return kind === 'customer-payment' && status === 'completed' && direction === 'in' && !taken.has(id);
      })
      .map(({ id }) => id),
    sales: input.sales
      .filter(({ id, kind, tender, isCancelled, amountCents }) => {
        return kind === 'sale' && tender === 'mpesa' && !isCancelled && amountCents > 0 && !given.has(id);
      })
      .map(({ id }) => id),
  };
}

describe(`matching over ${DAYS} seeded days`, () => {
  it('never links anything for certain that did not happen', () => {
    const wrong = days.flatMap((day, index) => {
      const result = results[index];
      return result ? wrongLinks(day, result).map((what) => `day ${index + 1}: ${what}`) : ['no result'];
    });
    expect(wrong).toEqual([]);
  });

  it('links most of what really happened, and offers nearly all of the rest', () => {
    let certain = 0;
    let offered = 0;
    let all = 0;
    for (const [index, { truth }] of days.entries()) {
      const result = results[index];
      const pairsOf = (proposals: MatchResult['links']) =>
        new Set(
          proposals
            .filter(({ kind }) => kind === 'sale')
            .flatMap(({ lines, sales }) => lines.flatMap((line) => sales.map((sale) => `${line}:${sale}`))),
        );
      const linked = pairsOf(result?.links ?? []);
      const suggested = pairsOf(result?.suggestions ?? []);
      for (const pair of truth.pairs) {
        all++;
        if (linked.has(pair)) certain++;
        else if (suggested.has(pair)) offered++;
      }
    }
    expect(certain / all).toBeGreaterThan(0.42);
    expect((certain + offered) / all).toBeGreaterThan(0.9);
  });

  it('is right in nearly all that it calls likely', () => {
    const likely = days.flatMap(({ truth }, index) =>
      (results[index]?.suggestions ?? [])
        .filter(({ kind, band }) => kind === 'sale' && band === 'likely')
        .map(({ lines, sales }) =>
          lines.every((line) => sales.every((sale) => truth.pairs.has(`${line}:${sale}`))),
        ),
    );
    expect(likely.length).toBeGreaterThan(DAYS * 10);
    expect(likely.filter(Boolean).length / likely.length).toBeGreaterThan(0.97);
  });

  it('names every open payment and every open sale', () => {
    for (const [index, { input }] of days.entries()) {
      const result = results[index];
      const proposals = [...(result?.links ?? []), ...(result?.suggestions ?? [])];
      const reversed = proposals
        .filter((p) => p.kind === 'reversal-of' && p.band === 'certain')
        .flatMap((p) => p.lines);
      const told = [...proposals.filter(({ kind }) => kind === 'sale'), ...(result?.exceptions ?? [])];
      const lines = new Set([...told.flatMap((item) => item.lines), ...reversed]);
      const sales = new Set(told.flatMap((item) => item.sales));
      const open = openItems(input);
      expect(
        open.lines.filter((id) => !lines.has(id)),
        `payments of day ${index + 1}`,
      ).toEqual([]);
      expect(
        open.sales.filter((id) => !sales.has(id)),
        `sales of day ${index + 1}`,
      ).toEqual([]);
    }
  });

  it('does not list an item as merely open when something is suggested for it', () => {
    for (const result of results) {
      const proposals = [...result.links, ...result.suggestions].filter(({ kind }) => kind === 'sale');
      const lines = new Set(proposals.flatMap((item) => item.lines));
      const sales = new Set(proposals.flatMap((item) => item.sales));
      for (const exception of result.exceptions) {
        if (exception.kind === 'paid-not-sold')
          expect(exception.lines.some((id) => lines.has(id))).toBe(false);
        if (exception.kind === 'sold-not-paid')
          expect(exception.sales.some((id) => sales.has(id))).toBe(false);
      }
    }
  });

  it('says every reason as a sentence in both languages', () => {
    const reasons = results.flatMap((r) =>
      [...r.links, ...r.suggestions, ...r.exceptions].map(({ why }) => why),
    );
    for (const why of reasons) {
      for (const language of ['en', 'sw'] as const) {
        const sentence = render(why, language);
        expect(sentence).toMatch(/^\S.*\.$/);
        expect(sentence).not.toMatch(/[{}]|undefined|NaN|\.\.|^(?:match|exception)\./);
      }
    }
  });
});
