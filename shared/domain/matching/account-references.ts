import { say } from '../message.ts';
import { DAY } from '../time.ts';
import { declareAmbiguous } from './ambiguity.ts';
import { type Batch, canPay, lineAt, propose, saleAt } from './batch.ts';
import { type Chains, chainBy, firstOfEach, follow, followFrom } from './chains.ts';
import { distanceMs, isInWindow, pairWords, weigh } from './evidence.ts';
import { isDistinctive, keyOfReference } from './reference.ts';
import type { Band } from './types.ts';

/** A bill is often paid days later; beyond this the same number may be another bill. */
const LATE_MS = 31 * DAY;
/** Two documents with one number this near to each other make the number no proof. */
const RIVAL_MS = DAY;

/** More pairs than this under one number and amount are not looked at one by one. */
const MAX_COMPARED = 10_000;

type ReferenceIndex = { readonly payments: Chains; readonly accounts: Chains };

/**
 * The account reference that the customer typed is the number of the sale, or the customer's account on it, and
 * the amount is the same. Certain only by the sale's own, distinctive number, unique on both sides and in the
 * window: an account number says who paid, not what for.
 */
export function matchAccountReferences(batch: Batch): void {
  if (batch.salesOfReference.next.length === 0) return;
  const index = indexReferences(batch);
  for (const first of firstOfEach(index.payments)) {
    const key = keyOfReference(lineAt(batch, first).accountReference)?.loose ?? '';
    const payments = followFrom(index.payments, first).filter((line) => batch.lineIsOpen[line] === 1);
    const named = new Set([...follow(batch.salesOfReference, key), ...follow(index.accounts, key)]);
    const sales = [...named].filter((sale) => batch.saleIsOpen[sale] === 1).sort((a, b) => a - b);
    if (payments.length > 0 && sales.length > 0) settleKey(batch, index, key, payments, sales);
  }
}

function indexReferences(batch: Batch): ReferenceIndex {
  return {
    payments: chainBy(batch.lines.length, (line) =>
      batch.isPayment[line] === 1
        ? (keyOfReference(lineAt(batch, line).accountReference)?.loose ?? null)
        : null,
    ),
    accounts: chainBy(batch.sales.length, (sale) =>
      batch.isExpected[sale] === 1
        ? (keyOfReference(saleAt(batch, sale).accountReference)?.loose ?? null)
        : null,
    ),
  };
}

function settleKey(
  batch: Batch,
  index: ReferenceIndex,
  key: string,
  payments: readonly number[],
  sales: readonly number[],
): void {
  const amounts = new Set(sales.map((sale) => saleAt(batch, sale).amountCents));
  for (const amount of amounts) {
    const paid = payments.filter((line) => lineAt(batch, line).amountCents === amount);
    const sold = sales.filter((sale) => saleAt(batch, sale).amountCents === amount);
    const [line] = paid;
    const [sale] = sold;
    if (line === undefined || sale === undefined) continue;
    if (paid.length === 1 && sold.length === 1) {
      if (canPay(batch, line, sale)) matchPair(batch, index, key, line, sale);
      continue;
    }
    declareNearest(batch, paid, sold);
  }
}

function matchPair(batch: Batch, index: ReferenceIndex, key: string, line: number, sale: number): void {
  const isProof = isInWindow(batch, line, sale) && provesSale(batch, index, key, line, sale);
  const isLate = distanceMs(batch, line, sale) > LATE_MS;
  const usual: Band = isProof ? 'certain' : isLate ? 'possible' : 'likely';
  const hasOtherReceipt = saleAt(batch, sale).receipt !== null;
  const weighed = weigh(batch, line, sale, hasOtherReceipt ? 'likely' : usual);
  const doubt = weighed.doubt === 'none' && hasOtherReceipt ? 'receipt' : weighed.doubt;
  propose(batch, {
    kind: 'sale',
    lines: [line],
    sales: [sale],
    rule: 'account-reference',
    band: isLate ? 'possible' : weighed.band,
    why: say('match.account-reference', {
      ...pairWords(batch, line, sale, doubt),
      reference: lineAt(batch, line).accountReference ?? '',
    }),
  });
}

/** True when the sale's own number, distinctive and met once on each side nearby, is what the customer typed. */
function provesSale(batch: Batch, index: ReferenceIndex, key: string, line: number, sale: number): boolean {
  const typed = keyOfReference(lineAt(batch, line).accountReference)?.exact ?? '';
  if (!isDistinctive(typed) || keyOfReference(saleAt(batch, sale).reference)?.exact !== typed) return false;
  const isRivalSale = (other: number) => other !== sale && distanceMs(batch, line, other) <= RIVAL_MS;
  const { at } = lineAt(batch, line);
  const isRivalLine = (other: number) => other !== line && Math.abs(lineAt(batch, other).at - at) <= RIVAL_MS;
  return !(
    follow(batch.salesOfReference, key).some(isRivalSale) ||
    follow(index.accounts, key).some(isRivalSale) ||
    follow(index.payments, key).some(isRivalLine)
  );
}

/**
 * Several payments and sales of one number and amount, such as till numbers that begin again each day: a pair of
 * the same day that is the only one of that day is likely, the rest cannot be told apart.
 */
function declareNearest(batch: Batch, payments: readonly number[], sales: readonly number[]): void {
  const near = (line: number, sale: number) =>
    canPay(batch, line, sale) && distanceMs(batch, line, sale) <= RIVAL_MS && isInWindow(batch, line, sale);
  const areFew = payments.length * sales.length <= MAX_COMPARED;
  for (const sale of areFew ? sales : []) {
    const fits = payments.filter((line) => near(line, sale));
    const [line] = fits;
    if (line === undefined || fits.length > 1 || sales.filter((other) => near(line, other)).length > 1)
      continue;
    const { band, doubt } = weigh(batch, line, sale, 'likely');
    const reference = lineAt(batch, line).accountReference ?? '';
    const why = say('match.account-reference', { ...pairWords(batch, line, sale, doubt), reference });
    propose(batch, { kind: 'sale', lines: [line], sales: [sale], rule: 'account-reference', band, why });
  }
  const rest = {
    payments: payments.filter((line) => batch.lineIsOpen[line] === 1),
    sales: sales.filter((sale) => batch.saleIsOpen[sale] === 1),
  };
  declareAmbiguous(batch, rest, 'account-reference', (line, sale) =>
    canPay(batch, line, sale) && distanceMs(batch, line, sale) <= LATE_MS
      ? distanceMs(batch, line, sale)
      : null,
  );
}
