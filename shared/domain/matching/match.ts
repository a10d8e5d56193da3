import { matchAccountReferences } from './account-references.ts';
import { matchAmountFarther, matchAmountTime } from './amount-time.ts';
import type { Batch } from './batch.ts';
import { sortExceptions, sortProposals } from './canonical-order.ts';
import { matchCharges } from './charges.ts';
import { matchClaims } from './claims.ts';
import { matchDayTotals } from './day-totals.ts';
import { readHabit } from './habit.ts';
import { holdReported } from './hold-reported.ts';
import { openBatch } from './open-batch.ts';
import { reportOpenItems } from './open-items.ts';
import { matchReceipts } from './receipts.ts';
import { settleReversed } from './refunds.ts';
import { matchReversals } from './reversals.ts';
import { doubtByRivals } from './rivals.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { matchShopRules } from './shop-rules.ts';
import { readSlips } from './slips.ts';
import { matchOtherSums, matchUniqueSums } from './sums.ts';
import { matchSweeps } from './sweeps.ts';
import type { MatchInput, MatchResult, MatchSettings } from './types.ts';
import { findReversedPayments, matchWeakPairs } from './weak-pairs.ts';

/**
 * Matches movements with sales (docs/matching.md). Pure, and the same result whatever the order of the input. Each pass
 * goes over the whole batch before the next, weaker one. Certain links are meant to be applied without asking;
 * everything else is for a person. What nothing explains is an exception. Throws only when two items of one side
 * share an id.
 */
export function match(input: MatchInput, settings: MatchSettings = DEFAULT_SETTINGS): MatchResult {
  const batch = openBatch(input, settings);
  // First of all: a payment that was sent back settles no sale.
  matchReversals(batch);
  matchCharges(batch);
  const slips = readSlips(batch);
  matchClaims(batch);
  matchReceipts(batch, slips);
  matchAccountReferences(batch);
  matchShopRules(batch, input.rules ?? []);
  const habit = readHabit(batch);
  matchAmountTime(batch, habit);
  doubtByRivals(batch, habit);
  const worth = matchUniqueSums(batch);
  matchAmountFarther(batch, habit);
  matchOtherSums(batch, worth);
  matchWeakPairs(batch);
  findReversedPayments(batch);
  settleReversed(batch);
  matchSweeps(batch);
  matchDayTotals(batch, settledLines(batch));
  reportOpenItems(batch, slips);
  holdReported(batch);
  return {
    links: sortProposals(batch.links),
    suggestions: sortProposals(batch.suggestions),
    exceptions: sortExceptions(batch.exceptions),
  };
}

/** The payments that a single sale settles, by a standing link or for certain. */
function settledLines(batch: Batch): Set<number> {
  const hasTotals = batch.dayTotals.length > 0;
  const settled = new Set(hasTotals ? batch.fixed.lines.sale : []);
  if (!hasTotals) return settled;
  const ids = new Set(batch.links.flatMap((link) => (link.kind === 'sale' ? link.lines : [])));
  for (const [index, line] of batch.lines.entries()) if (ids.has(line.id)) settled.add(index);
  return settled;
}
