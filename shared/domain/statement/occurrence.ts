import type { StatementLine } from './types.ts';

type Countable = Pick<StatementLine, 'receipt' | 'direction' | 'amountCents' | 'shortCode'>;

/** Gives a row its number among the equal rows of one source. Equal rows are equal: only their count matters. */
export type OccurrenceOf = (line: Countable) => number;

/** Amounts stay under 2^40 cents, so a signed amount and a short code's number fit one exact integer. */
const AMOUNT_SPAN = 2 ** 41;
const FIRST_SIZE = 1 << 12;

/**
 * Counts (short code, receipt, direction, amount) exactly, in 20 bytes a slot: a receipt of up to 10 characters is
 * a number below 37^10 < 2^53. A million rows take 40 MB, where a map of strings would take several times that.
 */
export function countOccurrences(): OccurrenceOf {
  const shortCodes = new Map<string, number>();
  let receipts = new Float64Array(FIRST_SIZE);
  let amounts = new Float64Array(FIRST_SIZE);
  let counts = new Uint32Array(FIRST_SIZE);
  let used = 0;

  function codeNumber(shortCode: string): number {
    const known = shortCodes.get(shortCode);
    if (known !== undefined) return known;
    if (shortCodes.size >= 4_000) throw new RangeError('more than 4,000 short codes in one source');
    shortCodes.set(shortCode, shortCodes.size);
    return shortCodes.size - 1;
  }

  function slotOf(receipt: number, amount: number): number {
    const mask = receipts.length - 1;
    let slot =
      (Math.imul(receipt % 0x7fffffff, 0x9e3779b1) ^ Math.imul(amount % 0x7fffffff, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (counts[slot] !== 0 && (receipts[slot] !== receipt || amounts[slot] !== amount))
      slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const [oldReceipts, oldAmounts, oldCounts] = [receipts, amounts, counts];
    receipts = new Float64Array(oldReceipts.length * 2);
    amounts = new Float64Array(oldReceipts.length * 2);
    counts = new Uint32Array(oldReceipts.length * 2);
    for (let old = 0; old < oldCounts.length; old++) {
      if (oldCounts[old] === 0) continue;
      const slot = slotOf(oldReceipts[old] as number, oldAmounts[old] as number);
      receipts[slot] = oldReceipts[old] as number;
      amounts[slot] = oldAmounts[old] as number;
      counts[slot] = oldCounts[old] as number;
    }
  }

  return function occurrenceOf(line) {
    if (used * 2 >= receipts.length) grow();
    const signed = line.direction === 'in' ? line.amountCents : -line.amountCents;
    const receipt = packReceipt(line.receipt);
    const amount = codeNumber(line.shortCode) * AMOUNT_SPAN + signed;
    const slot = slotOf(receipt, amount);
    if (counts[slot] === 0) {
      receipts[slot] = receipt;
      amounts[slot] = amount;
      used++;
    }
    counts[slot] = (counts[slot] as number) + 1;
    return counts[slot] as number;
  };
}

/** A receipt as a number, exactly: base 37, so that shorter receipts differ from longer ones. */
function packReceipt(receipt: string): number {
  let packed = 0;
  for (let i = 0; i < receipt.length; i++) {
    const code = receipt.charCodeAt(i);
    packed = packed * 37 + (code <= 57 ? code - 47 : code - 54);
  }
  return packed;
}
