import { foldLookAlikes, receiptSlip } from '../receipt.ts';
import { DAY } from '../time.ts';
import { type Batch, canPay, lineAt, saleAt } from './batch.ts';
import { type Chains, chainBy, follow } from './chains.ts';
import { distanceMs, isInWindow } from './evidence.ts';

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
  const near = indexNeighbours(batch);
  for (const sale of unknown) {
    const { amountCents, receipt } = saleAt(batch, sale);
    const payments = near(receipt ?? '').filter(
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

/** The folded value of each ASCII character, so that look-alikes are one: a number is a faster key than a text. */
const FOLDED = Uint8Array.from(
  { length: 128 },
  (_, code) => foldLookAlikes(String.fromCharCode(code)).charCodeAt(0) % 64,
);

/** The characters from `start` to `end` as one number, look-alikes folded. */
function keyOfPart(receipt: string, start: number, end: number): number {
  let key = 0;
  for (let at = start; at < end; at++) key = key * 64 + (FOLDED[receipt.charCodeAt(at)] ?? 0);
  return key;
}

/**
 * Finds the payments one slip away from a receipt, without comparing it with every payment. A slip leaves one half
 * of the receipt whole, look-alikes aside; only a swap across the middle touches both, and that is looked up itself.
 */
function indexNeighbours(batch: Batch): (typed: string) => number[] {
  const keyOf = (line: number, isFirst: boolean) => {
    if (batch.isPayment[line] !== 1) return null;
    const { receipt } = lineAt(batch, line);
    const middle = receipt.length >> 1;
    return isFirst ? keyOfPart(receipt, 0, middle) : keyOfPart(receipt, middle, receipt.length);
  };
  const byFirst = chainBy(batch.lines.length, (line) => keyOf(line, true));
  const bySecond = chainBy(batch.lines.length, (line) => keyOf(line, false));
  return (typed) => {
    const middle = typed.length >> 1;
    const swapped =
      typed.slice(0, middle - 1) + typed.charAt(middle) + typed.charAt(middle - 1) + typed.slice(middle + 1);
    const candidates = new Set([
      ...follow(batch.linesOfReceipt, swapped).filter((line) => batch.isPayment[line] === 1),
      ...slippedOf(batch, typed, byFirst, keyOfPart(typed, 0, middle)),
      ...slippedOf(batch, typed, bySecond, keyOfPart(typed, middle, typed.length)),
    ]);
    return [...candidates].sort((a, b) => a - b);
  };
}

function slippedOf(batch: Batch, typed: string, chains: Chains<number>, key: number): number[] {
  const found: number[] = [];
  for (let line = chains.head.get(key) ?? -1; line >= 0; line = chains.next[line] ?? -1) {
    if (receiptSlip(typed, lineAt(batch, line).receipt) !== null) found.push(line);
  }
  return found;
}
