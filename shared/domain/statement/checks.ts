import { say } from '../message.ts';
import { type Cents, cents } from '../money.ts';
import { addDays, businessDayOf, MINUTE, SECOND, startOfDay, type UtcMs } from '../time.ts';
import { type ChainBreak, type ChainResult, walkChain } from './balance-chain.ts';
import { createRowStore, type RowStore } from './row-store.ts';
import type { StatementAccount, StatementHead, StatementLine } from './types.ts';

export type { ChainBreak } from './balance-chain.ts';

/** A check that a layout cannot carry: said to be not stated, never passed. */
export type NotStated = 'period' | 'report-time' | 'opening' | 'closing' | 'totals' | 'balances';

/** What one account of a statement file proves about itself. */
export type AccountChecks = {
  readonly shortCode: string;
  readonly account: string;
  readonly rows: number;
  /** As stated, else worked out from balances that chain; null when neither is possible. */
  readonly openingCents: Cents | null;
  readonly closingCents: Cents | null;
  /** Completed rows only. */
  readonly sumInCents: Cents;
  /** Positive; completed rows only. */
  readonly sumOutCents: Cents;
  /** True: balances chain and stated totals agree. False: a break. Null: nothing stated to check with. */
  readonly balanced: boolean | null;
  /** At most 100, in order of time. */
  readonly breaks: readonly ChainBreak[];
  readonly firstAt: UtcMs | null;
  readonly lastAt: UtcMs | null;
  /** The file vouches for everything up to and including this instant. Null: no rows and no period stated. */
  readonly coveredTo: UtcMs | null;
  /** Rows of the last day may still be missing. */
  readonly isPartial: boolean;
  readonly notStated: readonly NotStated[];
};

export type Checks = {
  /** States a further part of a file that was pasted together from several. */
  addHead(head: StatementHead): void;
  add(line: StatementLine): void;
  /** One entry per account, in order of appearance; an account that is stated but has no rows is there too. */
  finish(): AccountChecks[];
};

type Tally = {
  readonly shortCode: string;
  readonly account: string;
  stated: StatementAccount | null;
  head: StatementHead;
  rows: number;
  sumIn: number;
  sumOut: number;
  firstAt: number;
  lastAt: number;
  hasMinutes: boolean;
  lacksBalance: boolean;
  readonly store: RowStore;
};

/**
 * Adds up a statement as its lines stream by, one tally per account. Keeps 28 bytes a completed row (a million rows:
 * 28 MB), because a file may be sorted in any way and only at its end is the order of time known.
 */
export function createChecks(head: StatementHead): Checks {
  const tallies = new Map<string, Tally>();
  let current = head;
  let latest: Tally | null = null;

  function tallyOf(shortCode: string, account: string): Tally {
    if (latest?.account === account && latest.shortCode === shortCode) return latest;
    const key = `${shortCode} ${account}`;
    let tally = tallies.get(key);
    if (!tally) {
      tally = { ...EMPTY, shortCode, account, stated: null, head: current, store: createRowStore() };
      tallies.set(key, tally);
    }
    latest = tally;
    return tally;
  }

  function addHead(part: StatementHead): void {
    current = part;
    for (const stated of part.accounts) {
      const tally = tallyOf(stated.shortCode ?? part.shortCode ?? '', stated.account);
      // Two parts about one account: no single opening or closing covers both.
      tally.stated = tally.stated === null && tally.rows === 0 ? stated : { ...stated, ...NOTHING_STATED };
      tally.head = tally.head === part ? part : joinHeads(tally.head, part);
    }
  }

  function add(line: StatementLine): void {
    const tally = tallyOf(line.shortCode, line.account);
    tally.rows++;
    if (line.completedAt < tally.firstAt) tally.firstAt = line.completedAt;
    if (line.completedAt > tally.lastAt) tally.lastAt = line.completedAt;
    if (line.status !== 'completed') return;
    if (line.precision !== 'second') tally.hasMinutes = true;
    const isIn = line.direction === 'in';
    if (isIn) tally.sumIn += line.amountCents;
    else tally.sumOut += line.amountCents;
    if (line.balanceCents === null) {
      tally.lacksBalance = true;
      return;
    }
    tally.store.add(
      line.completedAt,
      isIn ? line.amountCents : -line.amountCents,
      line.balanceCents,
      line.row,
    );
  }

  addHead(head);
  return { addHead, add, finish: () => [...tallies.values()].map(conclude) };
}

const EMPTY = {
  rows: 0,
  sumIn: 0,
  sumOut: 0,
  firstAt: Number.POSITIVE_INFINITY,
  lastAt: Number.NEGATIVE_INFINITY,
  hasMinutes: false,
  lacksBalance: false,
};

const NOTHING_STATED = { openingCents: null, closingCents: null, totalInCents: null, totalOutCents: null };

function joinHeads(a: StatementHead, b: StatementHead): StatementHead {
  const later = (x: UtcMs | null, y: UtcMs | null) => (x === null || y === null ? null : x > y ? x : y);
  const earlier = (x: UtcMs | null, y: UtcMs | null) => (x === null || y === null ? null : x < y ? x : y);
  const periodFrom = earlier(a.periodFrom, b.periodFrom);
  return {
    ...b,
    periodFrom,
    periodTo: later(a.periodTo, b.periodTo),
    reportAt: later(a.reportAt, b.reportAt),
  };
}

function conclude(tally: Tally): AccountChecks {
  const { stated, head, store } = tally;
  const hasBalances = store.count() > 0 && !tally.lacksBalance;
  const chain = hasBalances
    ? walkChain(store.inOrderOfTime(tally.hasMinutes ? MINUTE : SECOND), stated?.openingCents ?? null)
    : null;
  const breaks = [...(chain?.breaks ?? []), ...compareTotals(tally, chain)];
  const isChecked =
    chain !== null || (stated !== null && stated.openingCents !== null && stated.closingCents !== null);
  const firstAt = tally.rows > 0 ? (tally.firstAt as UtcMs) : null;
  const lastAt = tally.rows > 0 ? (tally.lastAt as UtcMs) : null;
  return {
    shortCode: tally.shortCode,
    account: tally.account,
    rows: tally.rows,
    openingCents: stated?.openingCents ?? (chain ? cents(chain.opening) : null),
    closingCents: stated?.closingCents ?? (chain ? cents(chain.closing) : null),
    sumInCents: cents(tally.sumIn),
    sumOutCents: cents(tally.sumOut),
    balanced: breaks.length > 0 ? false : isChecked ? true : null,
    breaks,
    firstAt,
    lastAt,
    ...coverage(head, lastAt),
    notStated: listNotStated(tally, hasBalances),
  };
}

/** The file's own totals against its rows. */
function compareTotals({ stated, sumIn, sumOut }: Tally, chain: ChainResult | null): ChainBreak[] {
  if (!stated) return [];
  const breaks: ChainBreak[] = [];
  const compare = (id: string, expected: number | null, found: number) => {
    if (expected === null || expected === found) return;
    const values = { expected: { money: cents(expected) }, found: { money: cents(found) } };
    breaks.push({ row: null, reason: say(id, values), expected: cents(expected), found: cents(found) });
  };
  compare('check.total-in', stated.totalInCents, sumIn);
  compare('check.total-out', stated.totalOutCents, sumOut);
  if (chain && chain.breaks.length === 0) compare('check.closing', stated.closingCents, chain.closing);
  else if (stated.openingCents !== null) {
    compare('check.closing', stated.closingCents, stated.openingCents + sumIn - sumOut);
  }
  return breaks;
}

/** Up to the earlier of the period's end and the report; without a period, up to the last row. */
function coverage(head: StatementHead, lastAt: UtcMs | null): Pick<AccountChecks, 'coveredTo' | 'isPartial'> {
  const { periodTo, reportAt } = head;
  if (periodTo === null) return { coveredTo: lastAt, isPartial: true };
  const coveredTo = reportAt !== null && reportAt < periodTo ? reportAt : periodTo;
  const lastDay = businessDayOf(coveredTo);
  const isWholeDay = coveredTo >= startOfDay(addDays(lastDay, 1)) - MINUTE;
  const isReportedLater = reportAt !== null && businessDayOf(reportAt) > lastDay;
  return { coveredTo, isPartial: !(isWholeDay && isReportedLater) };
}

function listNotStated({ stated, head }: Tally, hasBalances: boolean): NotStated[] {
  const missing: readonly (readonly [NotStated, boolean])[] = [
    ['period', head.periodTo === null],
    ['report-time', head.reportAt === null],
    ['opening', (stated?.openingCents ?? null) === null],
    ['closing', (stated?.closingCents ?? null) === null],
    ['totals', (stated?.totalInCents ?? null) === null],
    ['balances', !hasBalances],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([name]) => name);
}
