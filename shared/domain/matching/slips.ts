import { DAY } from '../time.ts';
import { type Batch, canPay, lineAt, saleAt } from './batch.ts';
import { follow } from './chains.ts';
import { distanceMs, isInWindow } from './evidence.ts';
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
  const near = neighboursOf(batch, unknown);
  for (const sale of unknown) {
    const { amountCents, receipt } = saleAt(batch, sale);
    const payments = (near.get(receipt ?? '') ?? []).filter(
      (line) => canPay(batch, line, sale) && distanceMs(batch, line, sale) <= DAY,
    );
    const equal = payments.filter(
      (line) => lineAt(batch, line).amountCents === amountCents && isInWindow(batch, line, sale),
    );
    const free = equal.filter((line) => !isNamedExactly(batch, line));
    const meant = free.length > 0 ? free : equal;
    if (meant.length > 0) paymentsOfSale.set(sale, meant);
    for (const line of meant.length > 0 ? meant : payments) {
      const claims = salesOfPayment.get(line);
      if (claims) claims.push(sale);
      else salesOfPayment.set(line, [sale]);
    }
  }
  return { salesOfPayment, paymentsOfSale };
}

function neighboursOf(batch: Batch, sales: readonly number[]): Map<string, readonly number[]> {
  const typed = [...new Set(sales.map((sale) => saleAt(batch, sale).receipt ?? ''))];
  const found = findNeighbours(batch, typed);
  return new Map(typed.map((receipt, index) => [receipt, found[index] ?? []]));
}

function unknownReceipts(batch: Batch): number[] {
  const unknown: number[] = [];
  for (const first of batch.salesOfReceipt.head.values()) {
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
