import { say } from '../message.ts';
import { type Batch, lineAt, propose, type ReversedPair, report, saleAmountOf, saleAt } from './batch.ts';
import { daysBetween } from './evidence.ts';
import { keyOfReference } from './reference.ts';

/** A reversal and the refund that the shop wrote for it lie at most this many business days apart. */
const REFUND_DAYS = 2;

/**
 * Sales whose payment was sent back. Where the shop wrote a refund of the same amount, sale and payment and refund
 * and reversal explain each other and all four are offered as likely; else the sale is an exception. A refund that
 * no reversal answers was paid in cash or is still to be paid: the drawer's business, not an exception here.
 */
export function settleReversed(batch: Batch): void {
  const refunds = openRefunds(batch);
  const pairs = [...batch.reversedPairs].sort((a, b) => a.line - b.line || a.sale - b.sale);
  const explained = new Map<ReversedPair, number>();
  for (const isByReference of [true, false]) {
    for (const pair of pairs) {
      if (explained.has(pair) || hasStandingRefund(batch, pair)) continue;
      const refund = refunds.find((sale) => isRefundOf(batch, sale, pair, isByReference));
      if (refund === undefined) continue;
      explained.set(pair, refund);
      refunds.splice(refunds.indexOf(refund), 1);
    }
  }
  for (const pair of pairs) {
    const refund = explained.get(pair);
    if (refund === undefined && !hasStandingRefund(batch, pair)) {
      reportReversed(batch, pair);
      continue;
    }
    proposeRefunded(batch, pair);
    if (refund !== undefined) proposeReturn(batch, batch.reversalOf[pair.line] ?? -1, refund);
  }
  pairFreeRefunds(batch, refunds, new Set(pairs.map(({ line }) => batch.reversalOf[line] ?? -1)));
}

function openRefunds(batch: Batch): number[] {
  const open: number[] = [];
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (saleAmountOf(batch, sale) >= 0) continue;
    const { kind, tender, isCancelled } = saleAt(batch, sale);
    const isRefund = kind !== 'day-total' && tender === 'mpesa' && !isCancelled;
    if (isRefund && !batch.fixed.sales.sale.has(sale)) open.push(sale);
  }
  return open;
}

function isRefundOf(batch: Batch, refund: number, pair: ReversedPair, isByReference: boolean): boolean {
  const back = saleAt(batch, refund);
  const sold = saleAt(batch, pair.sale);
  const reversal = batch.reversalOf[pair.line] ?? -1;
  if (back.amountCents !== -sold.amountCents || !isTillOf(batch, reversal, refund)) return false;
  const key = keyOfReference(back.reference)?.exact;
  if (isByReference) return key !== undefined && key === keyOfReference(sold.reference)?.exact;
  const isLater = back.at !== null && sold.at !== null ? back.at >= sold.at : back.day >= sold.day;
  return isLater && daysBetween(back.day, lineAt(batch, reversal).day) <= REFUND_DAYS;
}

function isTillOf(batch: Batch, reversal: number, refund: number): boolean {
  const { till } = saleAt(batch, refund);
  const isRefusedPair = batch.refused.has(reversal * batch.sales.length + refund);
  return (till === null || till === lineAt(batch, reversal).till) && !isRefusedPair;
}

function reportReversed(batch: Batch, { line, sale }: ReversedPair): void {
  const reversal = batch.reversalOf[line] ?? -1;
  const { receipt, amountCents } = lineAt(batch, line);
  report(batch, {
    kind: 'reversed-after-sale',
    lines: [line, reversal],
    sales: [sale],
    amountCents,
    why: say('exception.reversed-after-sale', { receipt, back: { at: lineAt(batch, reversal).at } }),
  });
}

/** True when somebody has linked the reversal with a refund already. */
function hasStandingRefund(batch: Batch, { line }: ReversedPair): boolean {
  return batch.fixed.lines.sale.has(batch.reversalOf[line] ?? -1);
}

function proposeRefunded(batch: Batch, { line, sale, rule }: ReversedPair): void {
  if (rule === null) return;
  const why = say('match.refunded', { receipt: lineAt(batch, line).receipt });
  propose(batch, { kind: 'sale', lines: [line], sales: [sale], rule, band: 'likely', why });
}

function proposeReturn(batch: Batch, reversal: number, refund: number): void {
  const why = say('match.refund', { amount: { money: lineAt(batch, reversal).amountCents } });
  propose(batch, {
    kind: 'sale',
    lines: [reversal],
    sales: [refund],
    rule: 'reversal-of',
    band: 'likely',
    why,
  });
}

/** A refund and a reversal of one amount, each the only one nearby, belong together even when the sale is unknown. */
function pairFreeRefunds(batch: Batch, refunds: readonly number[], used: ReadonlySet<number>): void {
  const reversals = new Map<number, number[]>();
  for (const line of batch.otherLines) {
    const { kind, status, direction, amountCents } = lineAt(batch, line);
    if (kind !== 'reversal' || status !== 'completed' || direction !== 'out') continue;
    if (used.has(line) || batch.fixed.lines.sale.has(line)) continue;
    const equal = reversals.get(amountCents);
    if (equal) equal.push(line);
    else reversals.set(amountCents, [line]);
  }
  const fits = (refund: number) =>
    (reversals.get(-saleAt(batch, refund).amountCents) ?? []).filter(
      (line) =>
        isTillOf(batch, line, refund) &&
        daysBetween(lineAt(batch, line).day, saleAt(batch, refund).day) <= REFUND_DAYS,
    );
  const wanted = new Map<number, number>();
  for (const refund of refunds)
    for (const line of fits(refund)) wanted.set(line, (wanted.get(line) ?? 0) + 1);
  for (const refund of refunds) {
    const [line, second] = fits(refund);
    if (line !== undefined && second === undefined && wanted.get(line) === 1)
      proposeReturn(batch, line, refund);
  }
}
