import { type Message, say } from '../message.ts';
import { type Cents, cents } from '../money.ts';
import { type Interval, mergeIntervals } from '../statement/coverage.ts';
import { MINUTE, SECOND, type TimePrecision, type UtcMs } from '../time.ts';
import { type BalanceLine, lastBalance } from './last-balance.ts';

/** The lines of one account that share one printed time. */
export type Moment = {
  readonly at: UtcMs;
  readonly precision: TimePrecision;
  readonly lines: readonly BalanceLine[];
};

/** What the books have of one account, up to the instant of Safaricom's answer. */
export type BookAccount = {
  /** The last moment at or before the instant that has lines of a statement, and the one before it. */
  readonly last: Moment | null;
  readonly before: Moment | null;
  /** What done statements vouch for, of this account. */
  readonly intervals: readonly Interval[];
  /** How many printed numbers' statements cover that time: each has a balance of its own. */
  readonly numbers: number;
  /** Payments to this till up to the instant that no statement shows yet. */
  readonly reportedOnly: number;
};

export type BookSide =
  /** The short code, or the account of that name, is not in the books. */
  | { readonly type: 'no-till' }
  | { readonly type: 'no-account' }
  | ({ readonly type: 'account' } & BookAccount);

export type Answered = {
  readonly current: Cents;
  readonly currency: string;
  /** When Safaricom worked it out; null where it does not say. */
  readonly asOf: UtcMs | null;
};

/** `differs`: by so much Safaricom has more (positive) or less than the books at the same instant. */
export type Comparison =
  | { readonly type: 'equal'; readonly at: UtcMs }
  | { readonly type: 'differs'; readonly at: UtcMs; readonly books: Cents; readonly by: Cents }
  | { readonly type: 'not-comparable'; readonly why: Message };

/** Safaricom's balance of one account beside the books' at the same instant. In doubt it is not compared. */
export function compareBalance({ current, currency, asOf }: Answered, side: BookSide): Comparison {
  if (currency.toUpperCase() !== 'KES') return not(say('balance.not.currency', { currency }));
  if (asOf === null) return not(say('balance.not.no-time'));
  if (side.type === 'no-till') return not(say('balance.not.no-till'));
  if (side.type === 'no-account') return not(say('balance.not.no-account'));
  const { last } = side;
  if (last === null) return not(say('balance.not.no-line'));
  if (last.precision === 'day') return not(say('balance.not.day-only'));
  const why = whyNotWhole(side, last, asOf);
  return why === null ? compareWhole(current, asOf, side, last) : not(why);
}

/** What the books may lack between their last line and the instant; null = nothing. */
function whyNotWhole(side: BookAccount, last: Moment, asOf: UtcMs): Message | null {
  const { intervals, reportedOnly, numbers } = side;
  const covering = mergeIntervals(intervals).find(({ from, to }) => from <= last.at && last.at <= to);
  const until = covering?.to ?? last.at;
  // A statement that covers until 14:05:09 says nothing of 14:05:10, but ends on whole seconds.
  if (until + SECOND <= asOf)
    return say('balance.not.not-covered', { until: { at: until as UtcMs }, payments: reportedOnly });
  if (reportedOnly > 0) return say('balance.not.reported-only', { payments: reportedOnly });
  return numbers > 1 ? say('balance.not.several-numbers', { numbers }) : null;
}

function compareWhole(current: Cents, asOf: UtcMs, { before }: BookAccount, last: Moment): Comparison {
  const end = lastBalance(last.lines);
  if (end.type === 'unprinted') return not(say('balance.not.unprinted'));
  if (end.type === 'unclear') return not(say('balance.not.unclear', { at: { at: last.at } }));
  if (end.balanceCents === current) return { type: 'equal', at: last.at };
  // What is printed for the very second, or minute, of the answer may have come after it.
  const width = last.precision === 'minute' ? MINUTE : SECOND;
  if (asOf < last.at + width) {
    const earlier = before === null ? null : lastBalance(before.lines);
    return earlier?.type === 'known' && earlier.balanceCents === current
      ? { type: 'equal', at: last.at }
      : not(say('balance.not.same-moment', { at: { at: last.at } }));
  }
  const { balanceCents: books } = end;
  return { type: 'differs', at: last.at, books, by: cents(current - books) };
}

function not(why: Message): Comparison {
  return { type: 'not-comparable', why };
}
