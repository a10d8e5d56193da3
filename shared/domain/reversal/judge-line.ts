import type { Cents } from '../money.ts';
import { MINUTE, type UtcMs } from '../time.ts';
import type { ResultWord } from './state.ts';

/** Our clock and Safaricom's may differ by so much. */
const CLOCK_SLACK = 5 * MINUTE;

/** A line of a statement by which a payment went back. */
export type LineFacts = { readonly receipt: string; readonly amountCents: Cents; readonly at: UtcMs };

/** What a reversal is known by. */
export type ReversalFacts = {
  readonly amountCents: Cents;
  /** Its own receipt, as a result or an answer named it; null while none has. */
  readonly ownReceipt: string | null;
  /** When it was sent, or approved to be done by hand; null for one that nobody has carried out. */
  readonly carriedOutAt: UtcMs | null;
  readonly told: readonly ResultWord[];
  /** Said not to have happened. */
  readonly isEnded: boolean;
};

/**
 * What a line that sends a payment back shows of a reversal of that payment. `itself`: it is that reversal. `by-another`:
 * somebody else had sent the money back before. `nothing`: another amount, or another receipt than the one it is known by.
 */
export function judgeLine(line: LineFacts, reversal: ReversalFacts): 'itself' | 'by-another' | 'nothing' {
  const { amountCents, ownReceipt, carriedOutAt, told } = reversal;
  if (ownReceipt !== null) return line.receipt === ownReceipt ? 'itself' : 'nothing';
  if (line.amountCents !== amountCents) return 'nothing';
  if (carriedOutAt === null) return 'by-another';
  // Told that it had gone back before, we know that a line from before our sending is not ours.
  const slack = told.includes('already') ? 0 : CLOCK_SLACK;
  // Some layouts state no seconds.
  const earliest = carriedOutAt - (carriedOutAt % MINUTE) - slack;
  return line.at >= earliest ? 'itself' : 'by-another';
}

/** How much speaks against a reversal having sent the money itself. */
function doubtOf({ told, isEnded }: ReversalFacts): number {
  if (told.includes('already')) return 2;
  return isEnded ? 1 : 0;
}

/**
 * Of several reversals of one payment, the one that a line is: the one known by its receipt, else of those that
 * nothing speaks against the one that was carried out last before it, within what clocks may differ by. Null when it is none
 * of them. `reversals`: oldest first.
 */
export function ownerOfLine<R extends ReversalFacts>(line: LineFacts, reversals: readonly R[]): R | null {
  const fitting = reversals.filter((each) => judgeLine(line, each) === 'itself');
  const known = fitting.find(({ ownReceipt }) => ownReceipt === line.receipt);
  const distance = ({ carriedOutAt }: R) => {
    const since = line.at - (carriedOutAt ?? line.at);
    // Carried out after the line: only where no other was before it.
    return since >= 0 ? since : Number.MAX_SAFE_INTEGER + since;
  };
  const likeliest = fitting
    .toReversed()
    .sort((a, b) => doubtOf(a) - doubtOf(b) || distance(a) - distance(b))[0];
  return known ?? likeliest ?? null;
}
