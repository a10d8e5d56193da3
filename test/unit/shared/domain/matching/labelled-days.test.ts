import { describe, expect, it } from 'vitest';
import { claimsOf } from '#test/bench/matching/answer.ts';
import { BASELINES } from '#test/bench/matching/baselines.ts';
import { countOrderDependent, measureDays, measureMasks } from '#test/bench/matching/measure.ts';
import { shareOf } from '#test/bench/matching/report.ts';
import { emptyScore, scoreDay } from '#test/bench/matching/score.ts';
import { makeLabelledDay } from '#test/fixtures/labelled-day/labelled-day.ts';
import { MIXES, readMix, USUAL_MIX } from '#test/fixtures/labelled-day/mix.ts';

const seeds = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const { ours } = measureDays(seeds(100), USUAL_MIX, false);

describe('matching over a hundred days whose truth is known', () => {
  it('says nothing certain that did not happen', () => {
    expect(ours.wrongCertain).toEqual([]);
    expect(ours.certain.right).toBeGreaterThan(4_500);
  });

  it('finds nearly all that the records decide, at once or as the first suggestion', () => {
    expect(ours.decided).toBeGreaterThan(9_000);
    expect(shareOf(ours.found)).toBeGreaterThan(0.98);
    expect(shareOf(ours.needlessAmbiguity)).toBeLessThan(0.01);
  });

  it('is nearly always right in what it calls likely', () => {
    expect(shareOf(ours.precision.likely ?? { right: 0, all: 1 })).toBeGreaterThan(0.97);
  });

  it('leaves open what the records leave open, or sees what decides it', () => {
    const wrong = ours.answeredAnyway.all - ours.answeredAnyway.right;
    expect(ours.leftOpen.all).toBeGreaterThan(2_000);
    expect(wrong / ours.leftOpen.all).toBeLessThan(0.02);
  });

  it('links every charge, sweep and day total, and no wrong one', () => {
    for (const kind of ['charge-of', 'sweep', 'day-total']) {
      const link = ours.otherLinks[kind];
      expect([kind, link?.recall.right, link?.precision.right]).toEqual([
        kind,
        link?.recall.all,
        link?.precision.all,
      ]);
      expect(link?.recall.all).toBeGreaterThan(0);
    }
  });
});

describe('matching where everything is a trap', () => {
  it('is wrong in less than one of a thousand certain pairs, where every other code is another customer’s', () => {
    const traps = measureDays(seeds(60, 5_001), MIXES.traps, false);
    expect(traps.ours.certain.right).toBeGreaterThan(1_500);
    expect(traps.ours.wrongCertain.length / traps.ours.certain.right).toBeLessThan(0.001);
  });
});

it('loses at most one point of recall to any of the six masks', () => {
  const masks = measureMasks(seeds(15));
  const shares = Object.values(masks);
  expect(shares).toHaveLength(8);
  expect((masks.full ?? 0) - Math.min(...shares)).toBeLessThanOrEqual(0.01);
});

it('gives the same answer whatever the order of the input', () => {
  expect(countOrderDependent(seeds(20))).toBe(0);
});

describe('the measure itself', () => {
  it('sees that simpler ways to match are wrong', () => {
    const day = makeLabelledDay(7);
    for (const answer of Object.values(BASELINES)) {
      const score = emptyScore();
      scoreDay(score, 7, day, answer(day.input));
      expect(score.wrongCertain.length).toBeGreaterThan(5);
    }
  });

  it('counts a wrong certain pair and a missed one', () => {
    const day = makeLabelledDay(7, { mix: readMix('with-receipt') });
    const score = emptyScore();
    const [first, second] = day.truth.links;
    const claim = { rule: 'x', band: 'certain', isAmbiguous: false } as const;
    scoreDay(score, 7, day, [{ ...claim, line: first?.lines[0] ?? 0, sale: second?.sales[0] ?? 0 }]);
    expect(score.wrongCertain).toHaveLength(1);
    expect(score.found.right).toBe(0);
    expect(score.missed).toHaveLength(score.decided);
  });

  it('makes the same day of the same seed, and another of another', () => {
    const text = (seed: number) => JSON.stringify(makeLabelledDay(seed).input);
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
  });

  it('has every case of the usual mix in a hundred days', () => {
    const cases = new Set(
      seeds(100).flatMap((seed) => makeLabelledDay(seed).truth.links.map(({ from }) => from)),
    );
    const unsettled = new Set([
      ...[
        'not-sold',
        'not-paid',
        'unknown-receipt',
        'other-tender',
        'part-payment',
        'over-payment',
        'reversal',
      ],
      ...['reversal-without-link', 'stray-charge', 'loan', 'own-money', 'silent-lie'],
    ]);
    const expected = Object.keys(USUAL_MIX).filter((name) => !unsettled.has(name));
    expect(expected.filter((name) => !cases.has(name))).toEqual([]);
  });

  it('refuses a case that does not exist', () => {
    expect(() => readMix('with-receipt=3,no-such-case=1')).toThrow('no-such-case');
    expect(readMix('slip=2,loan')).toEqual({ slip: 2, loan: 1 });
  });

  it('puts several sales of one payment together', () => {
    const claims = claimsOf({
      links: [],
      exceptions: [],
      suggestions: [
        {
          kind: 'sale',
          lines: [1],
          sales: [2, 3],
          rule: 'one-for-many',
          band: 'likely',
          why: { id: 'x' },
          ambiguityGroup: null,
        },
      ],
    });
    expect(claims.map(({ line, sale }) => [line, sale])).toEqual([
      [1, 2],
      [1, 3],
    ]);
  });
});
