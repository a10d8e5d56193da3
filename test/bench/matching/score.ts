import type { MatchInput, MatchResult } from '#shared/domain/matching/types.ts';
import { DECISIONS, type Decision, decideLinks } from '#test/fixtures/labelled-day/decided.ts';
import type { LabelledDay } from '#test/fixtures/labelled-day/labelled-day.ts';
import type { Claim } from './answer.ts';

/** Right and all of something; a share is right / all. */
export type Tally = { right: number; all: number };

export type Score = {
  days: number;
  /** True pairs, those that the records decide, and those that they do not. */
  pairs: number;
  decided: number;
  undecided: number;
  /** Pairs said to be certain that did not happen, as `seed line:sale rule`. */
  wrongCertain: string[];
  /** Pairs said to be certain on the word of a record that is false and that nothing contradicts. */
  silentLies: number;
  /** Of the pairs a band or rule says (ambiguous ones apart), how many happened. */
  precision: Record<string, Tally>;
  /** Of the decided pairs, how many are certain, and how many are certain or the first suggestion of their sale. */
  certain: Tally;
  found: Tally;
  foundBy: Partial<Record<Decision, Tally>>;
  /** Of the undecided pairs, how many are not claimed as certain or likely on either side. */
  leftOpen: Tally;
  /** The undecided pairs that it claims all the same, by what the whole block allows: how many are right. */
  answeredAnyway: Tally;
  /** Of all that is said, the share said to be ambiguous; and of decided pairs, how many are so. */
  ambiguous: Tally;
  needlessAmbiguity: Tally;
  /** Links of charges, reversals, sweeps and day totals: said for certain and right; and of the true ones, said. */
  otherLinks: Record<string, { precision: Tally; recall: Tally }>;
  exceptions: Record<string, Tally>;
  /** True pairs that were decided and not found: `seed line:sale decision case`. */
  missed: string[];
  wrongLikely: string[];
};

export function emptyScore(): Score {
  const tally = () => ({ right: 0, all: 0 });
  return {
    days: 0,
    pairs: 0,
    decided: 0,
    undecided: 0,
    wrongCertain: [],
    silentLies: 0,
    precision: {},
    certain: tally(),
    found: tally(),
    foundBy: {},
    leftOpen: tally(),
    answeredAnyway: tally(),
    ambiguous: tally(),
    needlessAmbiguity: tally(),
    otherLinks: {},
    exceptions: {},
    missed: [],
    wrongLikely: [],
  };
}

export function count(tally: Tally, isRight: boolean): void {
  tally.all++;
  if (isRight) tally.right++;
}

function tallyOf<K extends string>(tallies: Partial<Record<K, Tally>>, key: K): Tally {
  const known = tallies[key];
  if (known) return known;
  const fresh = { right: 0, all: 0 };
  tallies[key] = fresh;
  return fresh;
}

/** Adds one day's claims about payments and sales. `decisions` may be those of the same day with full phones. */
export function scoreDay(
  score: Score,
  seed: number,
  day: LabelledDay,
  claims: readonly Claim[],
  decisions: readonly Decision[] = decideLinks(day),
): void {
  score.days++;
  const { links, differs, silentLies } = day.truth;
  const truth = new Set(
    links.flatMap(({ lines, sales }) => lines.flatMap((l) => sales.map((s) => `${l}:${s}`))),
  );
  const isTrue = (pair: string) => truth.has(pair) || differs.has(pair);
  const byPair = new Map<string, Claim>();
  const firstOfSale = new Map<number, Claim>();
  const strongOfLine = new Set<number>();
  const strongOfSale = new Set<number>();
  for (const claim of claims) {
    const pair = `${claim.line}:${claim.sale}`;
    if (!byPair.has(pair)) byPair.set(pair, claim);
    const first = firstOfSale.get(claim.sale);
    if (first === undefined) firstOfSale.set(claim.sale, claim);
    count(score.ambiguous, claim.isAmbiguous);
    if (claim.band !== 'possible') {
      strongOfLine.add(claim.line);
      strongOfSale.add(claim.sale);
    }
    if (claim.band === 'certain' && silentLies.has(pair)) {
      score.silentLies++;
      continue;
    }
    if (claim.band === 'certain' && !isTrue(pair)) score.wrongCertain.push(`${seed} ${pair} ${claim.rule}`);
    if (claim.band === 'likely' && !isTrue(pair)) score.wrongLikely.push(`${seed} ${pair} ${claim.rule}`);
    if (claim.isAmbiguous) continue;
    count(tallyOf(score.precision, claim.band), isTrue(pair));
    count(tallyOf(score.precision, `${claim.band} ${claim.rule}`), isTrue(pair));
  }
  const fixed = new Set(day.input.fixed.flatMap(({ lines }) => lines));
  for (const [index, link] of links.entries()) {
    const decision = decisions[index] ?? 'unclear';
    for (const line of link.lines) {
      for (const sale of link.sales) {
        if (fixed.has(line)) continue;
        score.pairs++;
        const claim = byPair.get(`${line}:${sale}`);
        if (decision === 'undecided') {
          score.undecided++;
          const isLeftOpen = !strongOfLine.has(line) && !strongOfSale.has(sale);
          count(score.leftOpen, isLeftOpen);
          if (!isLeftOpen) count(score.answeredAnyway, claim !== undefined && claim.band !== 'possible');
        }
        if (!DECISIONS.includes(decision)) continue;
        score.decided++;
        const isFirst = claim !== undefined && !claim.isAmbiguous && isFirstSaid(claim, firstOfSale);
        count(score.certain, claim?.band === 'certain');
        count(score.found, isFirst);
        count(tallyOf(score.foundBy, decision), isFirst);
        count(score.needlessAmbiguity, claim?.isAmbiguous === true);
        if (!isFirst) score.missed.push(`${seed} ${line}:${sale} ${decision} ${link.from}`);
      }
    }
  }
}

/** True when nothing stronger or sooner is said of the sale. Several payments of one sale are one suggestion. */
function isFirstSaid(claim: Claim, firstOfSale: ReadonlyMap<number, Claim>): boolean {
  const first = firstOfSale.get(claim.sale);
  return first !== undefined && first.band === claim.band && first.rule === claim.rule;
}

function linkScore(score: Score, kind: string): { precision: Tally; recall: Tally } {
  const fresh = { precision: { right: 0, all: 0 }, recall: { right: 0, all: 0 } };
  const known = score.otherLinks[kind] ?? fresh;
  score.otherLinks[kind] = known;
  return known;
}

const LINKS_OF_LINES = ['charge-of', 'reversal-of'] as const;

/** Adds what the day says of charges, reversals, sweeps, day totals and exceptions. */
export function scoreRest(
  score: Score,
  seed: number,
  { truth, input }: LabelledDay,
  result: MatchResult,
): void {
  const kinds = new Map(input.lines.map(({ id, kind }) => [id, kind]));
  const wrong = (what: string) => score.wrongCertain.push(`${seed} ${what}`);
  const add = (kind: string, isCertain: boolean, isRight: boolean, what: string) => {
    const { precision } = linkScore(score, kind);
    if (isCertain) count(precision, isRight);
    if (isCertain && !isRight) wrong(`${kind} ${what}`);
  };
  const said = { 'charge-of': new Set<string>(), 'reversal-of': new Set<string>(), sweep: new Set<string>() };
  const totals = new Set<number>();
  for (const link of [...result.links, ...result.suggestions]) {
    const isCertain = link.band === 'certain';
    const what = `${link.lines.slice(0, 4).join('+')}>${link.sales.join('+')}`;
    for (const kind of LINKS_OF_LINES) {
      if (link.kind !== kind) continue;
      const pair = `${link.lines[0]}:${link.lines[1]}`;
      said[kind].add(pair);
      add(kind, isCertain, truth[kind === 'charge-of' ? 'charges' : 'reversals'].has(pair), what);
    }
    if (link.kind === 'sweep') {
      const sweep = link.lines.find((line) => kinds.get(line) === 'sweep') ?? 0;
      const really = [sweep, ...(truth.sweeps.get(sweep) ?? [])].sort((a, b) => a - b);
      const isRight = truth.sweeps.has(sweep) && really.join() === link.lines.join();
      if (isCertain && isRight) said.sweep.add(String(sweep));
      add('sweep', isCertain, isRight, what);
    }
    if (link.kind === 'day-total') {
      const really = link.sales.flatMap((sale) => truth.dayTotals.get(sale) ?? []).sort((a, b) => a - b);
      const isRight = really.join() === link.lines.join();
      if (isRight) for (const sale of link.sales) totals.add(sale);
      add('day-total', isCertain, isRight, what);
    }
  }
  const recall = (kind: string, isSaid: boolean) => {
    count(linkScore(score, kind).recall, isSaid);
  };
  for (const pair of truth.charges) recall('charge-of', said['charge-of'].has(pair));
  for (const pair of truth.reversals) recall('reversal-of', said['reversal-of'].has(pair));
  for (const sweep of truth.sweeps.keys()) recall('sweep', said.sweep.has(String(sweep)));
  for (const sale of truth.dayTotals.keys()) recall('day-total', totals.has(sale));
  scoreExceptions(score, seed, input, truth, result);
}

function scoreExceptions(
  score: Score,
  seed: number,
  input: MatchInput,
  truth: LabelledDay['truth'],
  result: MatchResult,
): void {
  const isNamed = (kind: string, line: number | null, sale: number | null) =>
    result.exceptions.some(
      (one) =>
        one.kind === kind &&
        (line === null || one.lines.includes(line)) &&
        (sale === null || one.sales.includes(sale)),
    );
  for (const { kind, line, sale } of truth.exceptions) {
    const isSaid = isNamed(kind, line, sale);
    count(tallyOf(score.exceptions, kind), isSaid);
    if (!isSaid) score.missed.push(`${seed} ${line}:${sale} exception ${kind}`);
  }
  const pairs = new Set(
    result.suggestions.flatMap(({ lines, sales }) => lines.flatMap((l) => sales.map((s) => `${l}:${s}`))),
  );
  for (const pair of truth.differs) {
    const [line = 0, sale = 0] = pair.split(':').map(Number);
    count(
      tallyOf(score.exceptions, 'amount-differs'),
      isNamed('amount-differs', line, sale) || pairs.has(pair),
    );
  }
  if (input.lines.length === 0) throw new Error(`day ${seed} is empty`);
}
