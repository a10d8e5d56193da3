import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { UtcMs } from '../time.ts';

/** A place where a balance does not follow from the rows around it. */
export type ChainBreak = {
  /** 1-based row of the file; null when the break is in the file's own totals. */
  readonly row: number | null;
  readonly reason: Message;
  readonly expectedCents: Cents;
  readonly foundCents: Cents;
};

/** A check that a layout cannot carry: said to be not stated, never passed. */
export type NotStated = 'short-code' | 'account' | 'period' | 'report-time' | 'opening' | 'closing' | 'totals' | 'balances';

/** What one account of a statement file proves about itself. */
export type AccountChecks = {
  readonly shortCode: string;
  readonly account: string;
  readonly rows: number;
  /** As stated, or worked out from the balances when they chain; null when neither is possible. */
  readonly openingCents: Cents | null;
  readonly closingCents: Cents | null;
  /** Completed rows only. */
  readonly sumInCents: Cents;
  /** Positive; completed rows only. */
  readonly sumOutCents: Cents;
  /** True: balances chain and stated totals agree. False: a break. Null: the layout states nothing to check with. */
  readonly balanced: boolean | null;
  /** The first 100 breaks in file order. */
  readonly breaks: readonly ChainBreak[];
  readonly firstAt: UtcMs | null;
  readonly lastAt: UtcMs | null;
  /** The file vouches for everything up to and including this instant. Null: it has no rows and states no period. */
  readonly coveredTo: UtcMs | null;
  /** The last day may still be missing rows. */
  readonly isPartial: boolean;
  readonly notStated: readonly NotStated[];
};
