import { match } from '../matching/match.ts';
import type { LineId, MatchInput, SaleId } from '../matching/types.ts';
import type { RuleContent } from './types.ts';

/** What was really done with a pair that the rule would have suggested. */
export type Verdict = 'agrees' | 'contradicts' | 'open';
export type DryRunExample = { readonly line: LineId; readonly sale: SaleId; readonly verdict: Verdict };

export type DryRun = {
  /** Pairs the rule would have suggested; the sum of the three that follow. */
  readonly wouldMatch: number;
  /** A person joined exactly these two. */
  readonly agrees: number;
  /** A person refused the pair, or joined one of the two with something else. */
  readonly contradicts: number;
  /** Nobody has answered yet. */
  readonly open: number;
  /** A few of them: what contradicts first, then what is open. */
  readonly examples: readonly DryRunExample[];
};

/** Ids begin at 1: no rule of the shop has this one. */
const ON_TRIAL = 0;
const ORDER: Readonly<Record<Verdict, number>> = { contradicts: 0, open: 1, agrees: 2 };

/**
 * What the rule would have suggested on past days if it had stood then: the days are matched again, without what
 * people decided and without what they refused, and each suggestion is compared with what they did. Writes nothing.
 */
export function dryRun(rule: RuleContent, past: MatchInput, mostExamples = 6): DryRun {
  const decided = past.fixed.filter((link) => link.kind === 'sale');
  const { suggestions } = match({
    ...past,
    fixed: past.fixed.filter((link) => link.kind !== 'sale'),
    refused: [],
    rules: [{ ...rule, id: ON_TRIAL }],
  });
  const refused = new Set(past.refused.map(({ line, sale }) => `${line}>${sale}`));
  const linkOfLine = new Map(decided.flatMap((link) => link.lines.map((line) => [line, link] as const)));
  const linkOfSale = new Map(decided.flatMap((link) => link.sales.map((sale) => [sale, link] as const)));
  const judge = (line: LineId, sale: SaleId): Verdict => {
    const ofLine = linkOfLine.get(line);
    const ofSale = linkOfSale.get(sale);
    if (ofLine !== undefined && ofLine === ofSale) return 'agrees';
    return ofLine !== undefined || ofSale !== undefined || refused.has(`${line}>${sale}`)
      ? 'contradicts'
      : 'open';
  };
  const found: DryRunExample[] = [];
  for (const { rule: by, ambiguityGroup, lines, sales } of suggestions) {
    const [line] = lines;
    const [sale] = sales;
    if (by !== 'shop-rule' || ambiguityGroup !== null || line === undefined || sale === undefined) continue;
    found.push({ line, sale, verdict: judge(line, sale) });
  }
  const count = (verdict: Verdict) => found.filter((one) => one.verdict === verdict).length;
  return {
    wouldMatch: found.length,
    agrees: count('agrees'),
    contradicts: count('contradicts'),
    open: count('open'),
    examples: [...found].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]).slice(0, mostExamples),
  };
}
