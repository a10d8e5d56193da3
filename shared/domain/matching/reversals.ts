import { say } from '../message.ts';
import { namesAgree, phonesAgree } from '../party.ts';
import { DAY } from '../time.ts';
import { type Batch, lineAt, propose } from './batch.ts';
import { follow } from './chains.ts';

/** A reversal without a linked receipt is looked for this long before it. */
const LOOK_BACK_MS = 7 * DAY;
/** More equal payments than this before one reversal are not told apart by name and phone either. */
const MAX_LOOKED_AT = 200;

/**
 * Pairs each reversal with the payment that it sent back: certain by the linked receipt and the whole amount,
 * likely by the same person, amount and a later time when only one payment fits. Runs before the sales, because
 * a payment that was sent back settles no sale.
 */
export function matchReversals(batch: Batch): void {
  for (const [reversal, payment] of batch.fixed.reversals) endPayment(batch, reversal, payment);
  const reversals = batch.otherLines.filter((line) => isOpenReversal(batch, line));
  const unlinked = reversals.filter((reversal) => !matchLinked(batch, reversal));
  if (unlinked.length > 0) matchByPerson(batch, unlinked);
}

function isOpenReversal(batch: Batch, index: number): boolean {
  const { kind, status } = lineAt(batch, index);
  return kind === 'reversal' && status === 'completed' && !batch.fixed.lines['reversal-of'].has(index);
}

function canBeReversed(batch: Batch, payment: number, reversal: number): boolean {
  const original = lineAt(batch, payment);
  const isReal = original.status === 'completed' || original.status === 'reversed';
  if (!isReal || original.kind === 'charge' || original.kind === 'reversal') return false;
  if (batch.fixed.lines['reversal-of'].has(payment) || batch.reversalOf[payment] !== -1) return false;
  const back = lineAt(batch, reversal);
  return original.direction !== back.direction && original.till === back.till;
}

/** True when the reversal named its payment, so that nothing else needs to be tried. */
function matchLinked(batch: Batch, reversal: number): boolean {
  const { linkedReceipt, amountCents, at } = lineAt(batch, reversal);
  if (linkedReceipt === null) return false;
  const named = follow(batch.linesOfReceipt, linkedReceipt).filter((line) =>
    canBeReversed(batch, line, reversal),
  );
  const [payment, second] = named;
  if (payment === undefined || second !== undefined) return false;
  const original = lineAt(batch, payment);
  const isWhole = original.amountCents === amountCents && original.at <= at;
  const words = {
    receipt: linkedReceipt,
    sent: { money: amountCents },
    paid: { money: original.amountCents },
  };
  propose(batch, {
    kind: 'reversal-of',
    lines: [reversal, payment],
    sales: [],
    rule: 'reversal-of',
    band: isWhole ? 'certain' : 'likely',
    why: isWhole ? say('match.reversal-of.linked', words) : say('match.reversal-of.part', words),
  });
  if (isWhole) endPayment(batch, reversal, payment);
  else batch.mayBeReversed[payment] = 1;
  return true;
}

function matchByPerson(batch: Batch, reversals: readonly number[]): void {
  const amounts = new Set(reversals.map((reversal) => lineAt(batch, reversal).amountCents));
  const ofAmount = new Map<number, number[]>();
  for (let line = 0; line < batch.lines.length; line++) {
    const { amountCents } = lineAt(batch, line);
    if (!amounts.has(amountCents)) continue;
    const list = ofAmount.get(amountCents);
    if (list) list.push(line);
    else ofAmount.set(amountCents, [line]);
  }
  const candidates = reversals.map((reversal) => fitting(batch, reversal, ofAmount));
  const wanted = new Map<number, number>();
  for (const fits of candidates) for (const line of fits) wanted.set(line, (wanted.get(line) ?? 0) + 1);
  for (const [index, reversal] of reversals.entries()) {
    const fits = candidates[index] ?? [];
    for (const payment of fits) batch.mayBeReversed[payment] = 2;
    const [payment] = fits;
    if (payment === undefined || fits.length > 1 || wanted.get(payment) !== 1) continue;
    propose(batch, {
      kind: 'reversal-of',
      lines: [reversal, payment],
      sales: [],
      rule: 'reversal-of',
      band: 'likely',
      why: say('match.reversal-of.person', {
        receipt: lineAt(batch, payment).receipt,
        amount: { money: lineAt(batch, payment).amountCents },
      }),
    });
  }
}

function fitting(batch: Batch, reversal: number, ofAmount: ReadonlyMap<number, readonly number[]>): number[] {
  const back = lineAt(batch, reversal);
  const equal = ofAmount.get(back.amountCents) ?? [];
  const first = firstFrom(batch, equal, back.at - LOOK_BACK_MS);
  const end = firstFrom(batch, equal, back.at + 1);
  if (end - first > MAX_LOOKED_AT) return [];
  const near = equal
    .slice(first, end)
    .filter((line) => line !== reversal && canBeReversed(batch, line, reversal));
  return near.filter((line) => {
    const { party } = lineAt(batch, line);
    const phones = phonesAgree(party.phone, back.party.phone);
    return phones === true || (phones === null && namesAgree(party.name, back.party.name) === true);
  });
}

/** The first position in a list of lines, in order of time, that is not before `time`. */
function firstFrom(batch: Batch, lines: readonly number[], time: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineAt(batch, lines[middle] ?? -1).at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The money went back: the payment settles nothing, and a sale that stands on it is open again. */
function endPayment(batch: Batch, reversal: number, payment: number): void {
  batch.reversalOf[payment] = reversal;
  const isFixedToo = batch.fixed.reversals.get(reversal) === payment;
  batch.lineIsTold[payment] = 1;
  batch.lineIsOpen[payment] = 0;
  if (isFixedToo) return;
  for (const sale of batch.fixed.salesOfLine.get(payment) ?? []) {
    batch.reversedPairs.push({ line: payment, sale, rule: null });
  }
}
