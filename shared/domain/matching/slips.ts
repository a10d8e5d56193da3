import { DAY } from '../time.ts';
import { type Batch, canPay, lineAmountOf, lineAt, saleAmountOf, saleAt, saleTimeOf } from './batch.ts';
import { firstOfEach, follow } from './chains.ts';
import { distanceMs, isInWindow } from './evidence.ts';
import { firstFrom } from './first-from.ts';
import { findNeighbours } from './receipt-neighbours.ts';

/** Which payments a mistyped receipt may stand for. */
export type SlipClaims = {
  /** Payment → the sales that seem to name it with a slip. */
  readonly salesOfPayment: ReadonlyMap<number, readonly number[]>;
  /** Sale → the payments of its very amount, in its window. */
  readonly paymentsOfSale: ReadonlyMap<number, readonly number[]>;
};

/**
 * Reads the typed receipts that no line has. A sale claims the payments of its own amount in its window; when
 * none of them is free of a sale that names it exactly, or none has its amount, it claims whatever its receipt
 * may stand for within a day: enough to contest a payment, never to match it.
 */
export function readSlips(batch: Batch): SlipClaims {
  const salesOfPayment = new Map<number, number[]>();
  const paymentsOfSale = new Map<number, readonly number[]>();
  const unknown = unknownReceipts(batch);
  if (unknown.length === 0) return { salesOfPayment, paymentsOfSale };
  for (const sales of splitByTime(batch, unknown)) {
    const near = neighboursOf(batch, sales);
    for (const sale of sales) {
      const payments = (near.get(saleAt(batch, sale).receipt ?? '') ?? []).filter(
        (line) => canPay(batch, line, sale) && distanceMs(batch, line, sale) <= DAY,
      );
      const meant = meantBy(batch, sale, payments);
      if (meant.length > 0) paymentsOfSale.set(sale, meant);
      for (const line of meant.length > 0 ? meant : payments) {
        const claims = salesOfPayment.get(line);
        if (claims) claims.push(sale);
        else salesOfPayment.set(line, [sale]);
      }
    }
  }
  return { salesOfPayment, paymentsOfSale };
}

/** The payments of the sale's very amount and in its window, those that no sale names exactly before all others. */
function meantBy(batch: Batch, sale: number, payments: readonly number[]): readonly number[] {
  const equal = payments.filter(
    (line) => lineAmountOf(batch, line) === saleAmountOf(batch, sale) && isInWindow(batch, line, sale),
  );
  const free = equal.filter((line) => !isNamedExactly(batch, line));
  return free.length > 0 ? free : equal;
}

/** Sales so near to each other in time are looked at together: few enough that their index stays small. */
const TOGETHER_MS = 7 * DAY;

/** Sales in order of time, a week's at a time; those with a date alone, which come last, together. */
function splitByTime(batch: Batch, sales: readonly number[]): number[][] {
  const parts: number[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const sale of sales) {
    const time = saleTimeOf(batch, sale);
    const isTogether = time <= end || (Number.isNaN(time) && Number.isNaN(end));
    if (isTogether) parts.at(-1)?.push(sale);
    else {
      parts.push([sale]);
      end = time + TOGETHER_MS;
    }
  }
  return parts;
}

/** For each receipt that the sales name, the payments around them that it may stand for with a slip. */
function neighboursOf(batch: Batch, sales: readonly number[]): Map<string, readonly number[]> {
  const typed = [...new Set(sales.map((sale) => saleAt(batch, sale).receipt ?? ''))];
  const first = saleTimeOf(batch, sales[0] ?? -1) - DAY;
  const last = saleTimeOf(batch, sales.at(-1) ?? -1) + DAY;
  const isAnyTime = Number.isNaN(last);
  const from = isAnyTime ? 0 : firstFrom(batch.lineTime, first);
  const end = isAnyTime ? batch.lines.length : firstFrom(batch.lineTime, last + 1);
  const found = findNeighbours(batch, typed, from, end);
  return new Map(typed.map((receipt, index) => [receipt, found[index] ?? []]));
}

function unknownReceipts(batch: Batch): number[] {
  const unknown: number[] = [];
  for (const first of firstOfEach(batch.salesOfReceipt)) {
    if (batch.lineOfSale[first] !== -1) continue;
    for (let sale = first; sale >= 0; sale = batch.salesOfReceipt.next[sale] ?? -1) {
      if (batch.saleIsOpen[sale] === 1) unknown.push(sale);
    }
  }
  return unknown.sort((a, b) => a - b);
}

/** True when a sale of its very amount names the payment without any slip. */
export function isNamedExactly(batch: Batch, line: number): boolean {
  const { receipt, amountCents } = lineAt(batch, line);
  return follow(batch.salesOfReceipt, receipt).some(
    (sale) => saleAt(batch, sale).amountCents === amountCents,
  );
}
