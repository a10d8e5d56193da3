import { describe, expect, it } from 'vitest';
import type { MatchLine, MatchSale } from '#shared/domain/matching/types.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';
import { brief, clock, matchAll, payment, sale } from '#test/fixtures/match-items.ts';

/** A shop whose till is 12 minutes ahead: every sale seems to follow its payment by 12 minutes. */
const known = Array.from({ length: 40 }, (_, index) => {
  const at = (clock(12, 0) + index * 3 * MINUTE) as UtcMs;
  const line = payment(100 + index, 1000 + index, { at });
  return {
    line,
    sale: sale(100 + index, 1000 + index, { at: (at + 12 * MINUTE) as UtcMs, receipt: line.receipt }),
  };
});

function offered(lines: readonly MatchLine[], sales: readonly MatchSale[]) {
  return matchAll([...known.map(({ line }) => line), ...lines], [...known.map((pair) => pair.sale), ...sales])
    .suggestions;
}

describe('the habit of a shop', () => {
  it('makes a pair that does not follow it only possible', () => {
    expect(offered([payment(1, 500)], [sale(1, 500, { at: clock(10, 12) })]).map(brief)).toEqual([
      'amount-time likely 1>1',
    ]);
    const [unusual] = offered([payment(1, 500)], [sale(1, 500, { at: clock(10, 1) })]);
    expect(unusual && brief(unusual)).toBe('amount-time possible 1>1');
    expect(unusual && render(unusual.why, 'en')).toBe(
      'Same amount and nothing else near; paid 1 min before the sale, which is unusual here.',
    );
  });

  it('tells apart what the bare time would pair wrongly', () => {
    const lines = [payment(1, 500), payment(2, 500, { at: clock(10, 11) })];
    const sales = [sale(1, 500, { at: clock(10, 12) }), sale(2, 500, { at: clock(10, 23) })];
    expect(offered(lines, sales).map(brief)).toEqual(['amount-time likely 1>1', 'amount-time likely 2>2']);
    expect(matchAll(lines, sales).suggestions.map(brief)).not.toContain('amount-time likely 1>1');
  });
});
