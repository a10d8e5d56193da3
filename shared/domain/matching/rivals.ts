import { MINUTE } from '../time.ts';
import {
  type Batch,
  canPay,
  isTimed,
  lineAt,
  paymentNamedBy,
  saleAmountOf,
  saleAt,
  saleTimeOf,
} from './batch.ts';
import { gapBefore, isInWindow, namesAnotherSale, personEvidence } from './evidence.ts';
import type { Habit } from './habit.ts';
import { keyOfReference } from './reference.ts';
import type { Band, Proposal } from './types.ts';

/** A pair and its rival must differ by this much before time speaks against a code: more where times vary more. */
const DECISIVE_MS = 5 * MINUTE;
const MOST_DECISIVE_MS = 20 * MINUTE;
/** Tills write whole minutes; a clock that nobody could check may be wrong by more. */
const SLACK_MS = MINUTE;
const UNKNOWN_CLOCK_MS = 10 * MINUTE;
/** Sales of one amount around one payment that are looked at. */
const MAX_NEAR = 64;

/** What time tells in this shop. */
type Clock = {
  readonly usualMs: number;
  /** An unpaid sale counts as near as the named one up to this. */
  readonly slackMs: number;
  /** Wider in a shop whose payments come at all distances. */
  readonly decisiveMs: number;
};

/**
 * A code can be real and yet another customer's: shown a second time, typed into the wrong sale. The records show
 * it when another sale of the same amount fits the payment better than the sale that names it: one that nobody
 * paid, at least as near; one paid without a code, clearly nearer; or one whose own payment fits here, so that the
 * two codes look swapped. Such a pair is no longer certain: likely at most, and only possible when another sale is
 * clearly nearer or something else speaks against the pair already.
 */
export function doubtByRivals(batch: Batch, habit: Habit | null): void {
  const clock = readClock(habit);
  const unpaid = salesOfAmount(
    batch,
    (sale) => batch.saleIsOpen[sale] === 1 || batch.isWeaklyPaid[sale] === 1,
  );
  const slow: number[] = [];
  const bands = new Map<number, Band>();
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.codedLineOf[sale] === -1) continue;
    const rivals = unpaid.get(saleAmountOf(batch, sale));
    const isDoubted =
      rivals !== undefined && hasRival(batch, sale, rivals, (rival) => isAsNear(batch, sale, rival, clock));
    if (isDoubted) bands.set(sale, 'likely');
    if (costOf(batch, batch.codedLineOf[sale] ?? -1, sale, clock) >= clock.decisiveMs) slow.push(sale);
  }
  if (slow.length > 0) {
    const amounts = new Set(slow.map((sale) => saleAmountOf(batch, sale)));
    const all = salesOfAmount(batch, (sale) => amounts.has(saleAmountOf(batch, sale)));
    for (const sale of slow) {
      const rivals = all.get(saleAmountOf(batch, sale)) ?? [];
      if (hasRival(batch, sale, rivals, (rival) => isClearlyNearer(batch, sale, rival, clock)))
        bands.set(sale, 'possible');
    }
  }
  if (bands.size > 0) lowerAll(batch, bands);
}

function readClock(habit: Habit | null): Clock {
  if (habit === null) return { usualMs: 0, slackMs: UNKNOWN_CLOCK_MS, decisiveMs: DECISIVE_MS };
  const { usualMs, spreadMs } = habit;
  return {
    usualMs,
    slackMs: SLACK_MS,
    decisiveMs: Math.min(Math.max(DECISIVE_MS, spreadMs), MOST_DECISIVE_MS),
  };
}

/** Expected sales with a time, by amount, in order of time. */
function salesOfAmount(batch: Batch, isWanted: (sale: number) => boolean): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.isExpected[sale] !== 1 || !isTimed(batch, sale) || !isWanted(sale)) continue;
    const amount = saleAmountOf(batch, sale);
    const equal = found.get(amount);
    if (equal) equal.push(sale);
    else found.set(amount, [sale]);
  }
  return found;
}

/** True when a sale near the payment speaks for itself, and nothing but the one code speaks for the named sale. */
function hasRival(
  batch: Batch,
  sale: number,
  rivals: readonly number[],
  isBetter: (rival: number) => boolean,
): boolean {
  const line = batch.codedLineOf[sale] ?? -1;
  if (personEvidence(batch, line, sale) === 1 || hasBothCodes(batch, line, sale)) return false;
  const { at, receipt } = lineAt(batch, line);
  const isByReceipt = saleAt(batch, sale).receipt === receipt;
  const { amountWindowMs, beforeMs, afterMs } = batch.settings;
  const last = at + Math.min(amountWindowMs, beforeMs);
  let next = firstFrom(batch, rivals, at - Math.min(amountWindowMs, afterMs));
  for (let looked = 0; next < rivals.length && looked < MAX_NEAR; next++, looked++) {
    const rival = rivals[next] ?? -1;
    if (saleTimeOf(batch, rival) > last) return false;
    if (rival === sale || !canPay(batch, line, rival) || personEvidence(batch, line, rival) === -1) continue;
    if (isByReceipt && namesAnotherSale(batch, line, rival)) continue;
    if (isBetter(rival)) return true;
  }
  return false;
}

function firstFrom(batch: Batch, sales: readonly number[], time: number): number {
  let low = 0;
  let high = sales.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (saleTimeOf(batch, sales[middle] ?? -1) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Receipt and account reference agree: one of them may be wrong, but not both in the same way. */
function hasBothCodes(batch: Batch, line: number, sale: number): boolean {
  const { receipt, accountReference } = lineAt(batch, line);
  if (accountReference === null || saleAt(batch, sale).receipt !== receipt) return false;
  return keyOfReference(accountReference)?.loose === keyOfReference(saleAt(batch, sale).reference)?.loose;
}

/** How far the pair is from what is usual here; a sale without a time is as far as can be. */
function costOf(batch: Batch, line: number, sale: number, clock: Clock): number {
  const gap = gapBefore(batch, line, sale);
  return gap === null ? batch.settings.beforeMs : Math.abs(gap - clock.usualMs);
}

function isAsNear(batch: Batch, sale: number, rival: number, clock: Clock): boolean {
  const line = batch.codedLineOf[sale] ?? -1;
  if (saleAt(batch, rival).receipt !== null) return false;
  if (personEvidence(batch, line, rival) === 1) return true;
  return costOf(batch, line, rival, clock) <= costOf(batch, line, sale, clock) + clock.slackMs;
}

function isClearlyNearer(batch: Batch, sale: number, rival: number, clock: Clock): boolean {
  const line = batch.codedLineOf[sale] ?? -1;
  const gain = costOf(batch, line, sale, clock) - costOf(batch, line, rival, clock);
  const { receipt } = saleAt(batch, rival);
  const own = paymentNamedBy(batch, rival);
  if (receipt === null) return gain >= clock.decisiveMs;
  if (own === -1 || own === line || !canPay(batch, own, sale) || !isInWindow(batch, own, sale)) return false;
  if (lineAt(batch, own).amountCents !== saleAt(batch, sale).amountCents) return false;
  const swapped = costOf(batch, own, rival, clock) - costOf(batch, own, sale, clock);
  return gain + swapped >= clock.decisiveMs;
}

function lowerAll(batch: Batch, bands: ReadonlyMap<number, Band>): void {
  const bandOfId = new Map([...bands].map(([sale, band]) => [saleAt(batch, sale).id, band]));
  const lowerOf = (proposal: Proposal) => {
    const isSale = proposal.kind === 'sale' && proposal.ambiguityGroup === null;
    const band = isSale ? bandOfId.get(proposal.sales[0] ?? -1) : undefined;
    return band === undefined ? proposal : lowered(proposal, band);
  };
  for (const [index, proposal] of batch.suggestions.entries()) batch.suggestions[index] = lowerOf(proposal);
  let kept = 0;
  for (const link of batch.links) {
    const proposal = lowerOf(link);
    if (proposal.band === 'certain') batch.links[kept++] = proposal;
    else batch.suggestions.push(proposal);
  }
  batch.links.length = kept;
}

function lowered(proposal: Proposal, band: Band): Proposal {
  const { id, values } = proposal.why;
  const why = { id, values: { ...values, doubt: 'rival' } };
  const isLikely = proposal.band === 'certain' && band === 'likely';
  return { ...proposal, band: isLikely ? 'likely' : 'possible', why };
}
