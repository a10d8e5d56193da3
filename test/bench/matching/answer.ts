import type { MatchInput, MatchResult } from '#shared/domain/matching/types.ts';

/** What a matcher says of one pair of a payment and a sale. */
export type Claim = {
  readonly line: number;
  readonly sale: number;
  readonly rule: string;
  readonly band: 'certain' | 'likely' | 'possible';
  /** True when it is one of several answers that are said to be as good. */
  readonly isAmbiguous: boolean;
};

/** Anything that answers a day: ours, a baseline. */
export type Answerer = (input: MatchInput) => Claim[];

/** The pairs of every link and suggestion of ours, strongest first. */
export function claimsOf({ links, suggestions }: MatchResult): Claim[] {
  return [...links, ...suggestions]
    .filter(({ kind }) => kind === 'sale')
    .flatMap(({ lines, sales, rule, band, ambiguityGroup }) =>
      lines.flatMap((line) =>
        sales.map((sale) => ({ line, sale, rule, band, isAmbiguous: ambiguityGroup !== null })),
      ),
    );
}
