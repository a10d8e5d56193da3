import { say } from '../message.ts';
import { MINUTE } from '../time.ts';
import {
  type Batch,
  canPay,
  isTimed,
  lineAmountOf,
  lineTimeOf,
  propose,
  saleAmountOf,
  saleAt,
  saleTimeOf,
} from './batch.ts';
import { type Doubt, doubtAbout, pairWords, personEvidence } from './evidence.ts';

type Candidate = { readonly line: number; readonly sale: number };

/**
 * What is left after every better answer: amount and time agree and nobody else is near, but something speaks
 * against the pair (another phone, another name, another receipt on the sale). Worth a look, never more.
 */
export function matchWeakPairs(batch: Batch): void {
  for (const { line, sale } of alonePairs(batch, (index) => batch.lineIsOpen[index] === 1)) {
    const found = doubtAbout(batch, line, sale);
    const doubt: Doubt = found === 'none' && saleAt(batch, sale).receipt !== null ? 'receipt' : found;
    const why = say('match.amount-time', { ...pairWords(batch, line, sale, doubt), how: 'alone' });
    propose(batch, {
      kind: 'sale',
      lines: [line],
      sales: [sale],
      rule: 'amount-time',
      band: 'possible',
      why,
    });
  }
}

/** Open sales for which a payment came that was sent back later: they stand on nothing. */
export function findReversedPayments(batch: Batch): void {
  const isFree = (line: number) =>
    (batch.reversalOf[line] ?? -1) !== -1 && batch.isPayment[line] === 1 && !batch.fixed.lines.sale.has(line);
  const named = new Set(batch.reversedPairs.map(({ line }) => line));
  for (const { line, sale } of alonePairs(batch, (index) => isFree(index) && !named.has(index))) {
    if (saleAt(batch, sale).receipt !== null || personEvidence(batch, line, sale) < 0) continue;
    batch.reversedPairs.push({ line, sale, rule: 'amount-time' });
    batch.saleIsOpen[sale] = 0;
  }
}

/** More equal payments than this near one sale: nothing is alone. */
const MAX_NEAR = 16;

function alonePairs(batch: Batch, isFree: (line: number) => boolean): Candidate[] {
  const lines = new Map<number, number[]>();
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.saleIsOpen[sale] === 1) lines.set(saleAmountOf(batch, sale), []);
  }
  if (lines.size === 0) return [];
  for (let line = 0; line < batch.lines.length; line++) {
    if (isFree(line)) lines.get(lineAmountOf(batch, line))?.push(line);
  }
  const pairs: Candidate[] = [];
  for (let sale = 0; sale < batch.sales.length; sale++) {
    if (batch.saleIsOpen[sale] !== 1) continue;
    for (const line of near(batch, sale, lines.get(saleAmountOf(batch, sale)) ?? []))
      pairs.push({ line, sale });
  }
  const perLine = new Map<number, number>();
  const perSale = new Map<number, number>();
  for (const { line, sale } of pairs) {
    perLine.set(line, (perLine.get(line) ?? 0) + 1);
    perSale.set(sale, (perSale.get(sale) ?? 0) + 1);
  }
  return pairs.filter(({ line, sale }) => perLine.get(line) === 1 && perSale.get(sale) === 1);
}

/** Up to MAX_NEAR payments of the list (in order of time) close enough to the sale. */
function near(batch: Batch, sale: number, lines: readonly number[]): number[] {
  if (!isTimed(batch, sale)) return [];
  const at = saleTimeOf(batch, sale);
  const { amountWindowMs, beforeMs, afterMs } = batch.settings;
  const from = at - Math.min(amountWindowMs, beforeMs);
  const to = at + Math.min(amountWindowMs, Math.max(afterMs, MINUTE));
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineTimeOf(batch, lines[middle] ?? -1) < from) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let index = low; index < lines.length && found.length < MAX_NEAR; index++) {
    const line = lines[index] ?? -1;
    if (lineTimeOf(batch, line) > to) break;
    if (canPay(batch, line, sale)) found.push(line);
  }
  return found;
}
