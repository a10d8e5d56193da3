import { type Message, say } from '../message.ts';
import { MINUTE } from '../time.ts';
import {
  type Batch,
  isRefused,
  isTimed,
  lineAmountOf,
  lineAt,
  lineTimeOf,
  report,
  saleAmountOf,
  saleAt,
  saleTimeOf,
} from './batch.ts';
import { follow, followFrom } from './chains.ts';
import { keyOfReference } from './reference.ts';
import type { SlipClaims } from './slips.ts';

/** What is still open, for near misses: in order of time, and the same by amount. */
type OpenSide = {
  readonly byAmount: ReadonlyMap<number, readonly number[]>;
  readonly byTime: readonly number[];
};

/** Neighbours in time that are looked at for an amount that is nearly the same. */
const NEIGHBOURS = 6;

/** Lists every payment and sale that nothing has named, each with the nearest miss in words. */
export function reportOpenItems(batch: Batch, slips: SlipClaims): void {
  reportUnknownReceipts(batch, slips);
  const lines = openSide(batch.lineIsTold, batch.lineAmount, (line) => lineTimeOf(batch, line));
  const sales = openSide(batch.saleIsTold, batch.saleAmount, (sale) => timeOrZero(batch, sale));
  for (const sale of sales.byTime) {
    const why = whyNotPaid(batch, sale, lines);
    const { amountCents } = saleAt(batch, sale);
    report(batch, { kind: 'sold-not-paid', lines: [], sales: [sale], amountCents, why });
  }
  for (const line of lines.byTime) {
    const why = whyNotSold(batch, line, sales);
    const { amountCents } = lineAt(batch, line);
    report(batch, { kind: 'paid-not-sold', lines: [line], sales: [], amountCents, why });
  }
}

/** A sale with a date alone comes before all that have a time. */
function timeOrZero(batch: Batch, sale: number): number {
  return isTimed(batch, sale) ? saleTimeOf(batch, sale) : 0;
}

/** A sale whose receipt no line has and no slip explains, even when amount and time suggest a payment. */
function reportUnknownReceipts(batch: Batch, slips: SlipClaims): void {
  const like = new Map<number, number>();
  for (const [line, sales] of slips.salesOfPayment) for (const sale of sales) like.set(sale, line);
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.isExpected[sale] !== 1 || batch.lineOfSale[sale] !== -1) continue;
    const { receipt, amountCents } = saleAt(batch, sale);
    if (receipt === null || batch.fixed.sales.sale.has(sale) || slips.paymentsOfSale.has(sale)) continue;
    const similar = like.get(sale);
    if (similar !== undefined && batch.saleIsTold[sale] === 1) continue;
    const why =
      similar === undefined
        ? say('exception.unknown-receipt', { receipt })
        : say('exception.unknown-receipt.like', {
            receipt,
            similar: lineAt(batch, similar).receipt,
            paid: { money: lineAt(batch, similar).amountCents },
          });
    report(batch, { kind: 'unknown-receipt', lines: [], sales: [sale], amountCents, why });
  }
}

function openSide(isTold: Uint8Array, amounts: Float64Array, timeOf: (index: number) => number): OpenSide {
  const byTime: number[] = [];
  for (let index = 0; index < isTold.length; index++) if (isTold[index] !== 1) byTime.push(index);
  byTime.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  const byAmount = new Map<number, number[]>();
  for (const index of byTime) {
    const amount = amounts[index] ?? 0;
    const equal = byAmount.get(amount);
    if (equal) equal.push(index);
    else byAmount.set(amount, [index]);
  }
  return { byAmount, byTime };
}

/** The position of the first item whose time is not before `at`. */
function firstFrom(items: readonly number[], at: number, timeOf: (index: number) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(items[middle] ?? -1) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function around(items: readonly number[], at: number, timeOf: (index: number) => number): readonly number[] {
  const from = firstFrom(items, at, timeOf);
  return items.slice(Math.max(0, from - NEIGHBOURS), from + NEIGHBOURS);
}

function whyNotPaid(batch: Batch, sale: number, lines: OpenSide): Message {
  const { receipt, at, amountCents, till } = saleAt(batch, sale);
  if (receipt !== null) return whyReceiptFails(batch, sale, receipt);
  if (at === null) return say('exception.sold-not-paid');
  const timeOf = (line: number) => lineTimeOf(batch, line);
  const isSameTill = (line: number) => till === null || till === lineAt(batch, line).till;
  const equal = around(lines.byAmount.get(amountCents) ?? [], at, timeOf);
  const nearest = least(equal, (line) => Math.abs(timeOf(line) - at));
  if (nearest !== undefined) {
    const gap = at - timeOf(nearest);
    if (!isSameTill(nearest))
      return say('exception.sold-not-paid.other-till', { till: lineAt(batch, nearest).till });
    if (isRefused(batch, nearest, sale)) return say('exception.sold-not-paid.refused');
    return say('exception.sold-not-paid.far', {
      when: gap > 0 ? 'before' : 'after',
      gap: { minutes: gap / MINUTE },
    });
  }
  const similar = around(lines.byTime, at, timeOf).filter(
    (line) => isSimilar(batch, timeOf(line) - at, lineAmountOf(batch, line), amountCents) && isSameTill(line),
  );
  const other = least(similar, (line) => Math.abs(lineAmountOf(batch, line) - amountCents));
  if (other === undefined) return say('exception.sold-not-paid');
  return say('exception.sold-not-paid.similar', {
    paid: { money: lineAt(batch, other).amountCents },
    at: { at: lineAt(batch, other).at },
  });
}

function whyReceiptFails(batch: Batch, sale: number, receipt: string): Message {
  const named = followFrom(batch.linesOfReceipt, batch.lineOfSale[sale] ?? -1);
  const payment = named.find((line) => batch.isPayment[line] === 1);
  if (payment === undefined) return say('exception.sold-not-paid.no-payment', { receipt });
  if (isRefused(batch, payment, sale)) return say('exception.sold-not-paid.refused');
  const { till } = lineAt(batch, payment);
  if (saleAt(batch, sale).till !== null && saleAt(batch, sale).till !== till) {
    return say('exception.sold-not-paid.other-till', { till });
  }
  return say('exception.sold-not-paid.receipt-taken', { receipt });
}

function whyNotSold(batch: Batch, line: number, sales: OpenSide): Message {
  const { accountReference, amountCents, at, till } = lineAt(batch, line);
  const key = keyOfReference(accountReference)?.loose ?? null;
  const [named] = key === null ? [] : follow(batch.salesOfReference, key);
  if (named !== undefined && accountReference !== null) {
    const sold = saleAt(batch, named).amountCents;
    return say('exception.paid-not-sold.reference', {
      reference: accountReference,
      which: sold === amountCents ? 'paid' : 'amount',
      sold: { money: sold },
    });
  }
  const timeOf = (sale: number) => timeOrZero(batch, sale);
  const isSameTill = (sale: number) => saleAt(batch, sale).till === null || saleAt(batch, sale).till === till;
  const timed = around(sales.byAmount.get(amountCents) ?? [], at, timeOf).filter((sale) => timeOf(sale) > 0);
  const nearest = least(timed, (sale) => Math.abs(timeOf(sale) - at));
  if (nearest !== undefined) {
    const gap = timeOf(nearest) - at;
    const soldAt = saleAt(batch, nearest).till;
    if (!isSameTill(nearest) && soldAt !== null)
      return say('exception.paid-not-sold.other-till', { till: soldAt });
    if (isRefused(batch, line, nearest)) return say('exception.paid-not-sold.refused');
    return say('exception.paid-not-sold.far', {
      when: gap > 0 ? 'after' : 'before',
      gap: { minutes: gap / MINUTE },
    });
  }
  const similar = around(sales.byTime, at, timeOf).filter(
    (sale) => isSimilar(batch, timeOf(sale) - at, saleAmountOf(batch, sale), amountCents) && isSameTill(sale),
  );
  const other = least(similar, (sale) => Math.abs(saleAmountOf(batch, sale) - amountCents));
  if (other === undefined) return say('exception.paid-not-sold');
  const { reference } = saleAt(batch, other);
  return say('exception.paid-not-sold.similar', {
    sold: { money: saleAt(batch, other).amountCents },
    at: { at: (saleAt(batch, other).at ?? at) as typeof at },
    reference: reference ?? '',
    known: reference === null ? 'no' : 'yes',
  });
}

/** Near in time and at most a tenth away in amount: perhaps a slip of the hand. */
function isSimilar(batch: Batch, gap: number, a: number, b: number): boolean {
  return Math.abs(gap) <= batch.settings.amountWindowMs && Math.abs(a - b) * 10 <= Math.max(a, b);
}

function least(items: readonly number[], measure: (item: number) => number): number | undefined {
  return items.reduce<number | undefined>(
    (best, item) => (best === undefined || measure(item) < measure(best) ? item : best),
    undefined,
  );
}
