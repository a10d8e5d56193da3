import { match } from '#shared/domain/matching/match.ts';
import type { MatchInput } from '#shared/domain/matching/types.ts';
import { decideLinks } from '#test/fixtures/labelled-day/decided.ts';
import { makeLabelledDay } from '#test/fixtures/labelled-day/labelled-day.ts';
import { MIXES, type Mix, USUAL_MIX } from '#test/fixtures/labelled-day/mix.ts';
import type { PhoneStyle } from '#test/fixtures/labelled-day/shop.ts';
import { claimsOf } from './answer.ts';
import { BASELINES } from './baselines.ts';
import { emptyScore, type Score, scoreDay, scoreRest } from './score.ts';

export type Measured = {
  readonly ours: Score;
  readonly baselines: Readonly<Record<string, Score>>;
  /** Milliseconds of match() on all days together. */
  readonly matchMs: number;
};

/** Runs ours and the baselines over the days of the seeds. */
export function measureDays(seeds: readonly number[], mix: Mix = USUAL_MIX, withBaselines = true): Measured {
  const ours = emptyScore();
  const baselines = Object.fromEntries(
    Object.keys(withBaselines ? BASELINES : {}).map((name) => [name, emptyScore()]),
  );
  let matchMs = 0;
  for (const seed of seeds) {
    const day = makeLabelledDay(seed, { mix });
    const decisions = decideLinks(day);
    const start = performance.now();
    const result = match(day.input);
    matchMs += performance.now() - start;
    scoreDay(ours, seed, day, claimsOf(result), decisions);
    scoreRest(ours, seed, day, result);
    for (const [name, score] of Object.entries(baselines)) {
      scoreDay(score, seed, day, BASELINES[name]?.(day.input) ?? [], decisions);
    }
  }
  return { ours, baselines, matchMs };
}

/** Share of the truth found with phones in full, and in each of the six masks: the same days, the same truth. */
export function measureMasks(
  seeds: readonly number[],
  mix: Mix = MIXES.phones ?? USUAL_MIX,
): Record<string, number> {
  const styles: readonly PhoneStyle[] = ['full', 0, 1, 2, 3, 4, 5, 'mixed'];
  const scores = new Map(styles.map((style) => [style, emptyScore()]));
  for (const seed of seeds) {
    const decisions = decideLinks(makeLabelledDay(seed, { mix, phones: 'full' }));
    for (const [style, score] of scores) {
      const day = makeLabelledDay(seed, { mix, phones: style });
      scoreDay(score, seed, day, claimsOf(match(day.input)), decisions);
    }
  }
  return Object.fromEntries(
    [...scores].map(([style, { found }]) => [
      typeof style === 'number' ? `shape ${style + 1}` : style,
      found.right / found.all,
    ]),
  );
}

/** Days on which the result depends on the order of the input: none should. */
export function countOrderDependent(seeds: readonly number[], mix: Mix = USUAL_MIX): number {
  return seeds.filter((seed) => {
    const { input } = makeLabelledDay(seed, { mix });
    const turned: MatchInput = {
      ...input,
      lines: [...input.lines].reverse(),
      sales: [...input.sales].reverse(),
    };
    return JSON.stringify(match(input)) !== JSON.stringify(match(turned));
  }).length;
}
