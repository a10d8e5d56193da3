import { foldLookAlikes, receiptSlip } from '../receipt.ts';
import { type Batch, lineAt } from './batch.ts';

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const BASE = ALPHABET.length + 1;
/** The folded value of each ASCII character, from 1: zero stands for a character left out. */
const FOLDED = Uint8Array.from(
  { length: 128 },
  (_, code) => ALPHABET.indexOf(foldLookAlikes(String.fromCharCode(code))) + 1,
);
/** A receipt is two small whole numbers, its last five characters and those before: fast to change and to hash. */
const LOW = 5;
const LOW_VALUES = BASE ** LOW;
/** Places in the sieve for each key: most of what nobody typed is told by one look. */
const ROOM = 32;
const MAX_SIEVE_BITS = 24;

/** Typed receipts by their keys: a key with one character left out, or with two neighbours swapped. */
type TypedKeys = {
  readonly sieve: Uint8Array;
  readonly shift: number;
  /** Key → the first entry; then from entry to entry. Entries name positions in the list of typed receipts. */
  readonly first: Map<number, number>;
  readonly next: number[];
  readonly typed: number[];
};

/**
 * For each typed receipt the payments at positions from … end − 1 whose receipt is one slip away, in order, without comparing all with all: two
 * such receipts agree once one character is left out (or all look-alikes folded), or once two neighbours are
 * swapped. The typed receipts are few, so they are indexed, and every payment is looked up once.
 */
export function findNeighbours(
  batch: Batch,
  typed: readonly string[],
  from = 0,
  end = batch.lines.length,
): number[][] {
  const found: number[][] = typed.map(() => []);
  const keys = indexTyped(typed);
  for (let line = from; line < end; line++) {
    if (batch.isPayment[line] !== 1) continue;
    const { receipt } = lineAt(batch, line);
    forEachKey(receipt, false, (high, low) => {
      if (keys.sieve[placeOf(keys.shift, high, low)] === 1)
        addMatches(keys, high * LOW_VALUES + low, typed, receipt, line, found);
    });
  }
  return found;
}

/** The receipt with each character left out in turn; then itself, or each of its swaps of two neighbours. */
function forEachKey(receipt: string, areSwaps: boolean, use: (high: number, low: number) => void): void {
  const middle = Math.max(0, receipt.length - LOW);
  const high = numberOf(receipt, 0, middle);
  const low = numberOf(receipt, middle, receipt.length);
  for (let at = receipt.length - 1, place = 1; at >= middle; at--, place *= BASE)
    use(high, low - valueAt(receipt, at) * place);
  for (let at = middle - 1, place = 1; at >= 0; at--, place *= BASE)
    use(high - valueAt(receipt, at) * place, low);
  if (!areSwaps) use(high, low);
  for (let at = 1; areSwaps && at < receipt.length; at++) {
    const swapped = `${receipt.slice(0, at - 1)}${receipt.charAt(at)}${receipt.charAt(at - 1)}${receipt.slice(at + 1)}`;
    use(numberOf(swapped, 0, middle), numberOf(swapped, middle, swapped.length));
  }
}

function placeOf(shift: number, high: number, low: number): number {
  return Math.imul(Math.imul(high, 0x9e3779b1) ^ low, 0x85ebca6b) >>> shift;
}

function addMatches(
  keys: TypedKeys,
  key: number,
  typed: readonly string[],
  receipt: string,
  line: number,
  found: readonly number[][],
): void {
  for (let entry = keys.first.get(key) ?? -1; entry >= 0; entry = keys.next[entry] ?? -1) {
    const position = keys.typed[entry] ?? -1;
    const lines = found[position];
    if (lines === undefined || lines.at(-1) === line) continue;
    if (receiptSlip(typed[position] ?? '', receipt) !== null) lines.push(line);
  }
}

function indexTyped(typed: readonly string[]): TypedKeys {
  const count = typed.reduce((all, receipt) => all + 2 * receipt.length, 1);
  const bits = Math.min(MAX_SIEVE_BITS, Math.ceil(Math.log2(count * ROOM)));
  const shift = 32 - bits;
  const keys: TypedKeys = { sieve: new Uint8Array(2 ** bits), shift, first: new Map(), next: [], typed: [] };
  for (const [position, receipt] of typed.entries()) {
    forEachKey(receipt, true, (high, low) => {
      const key = high * LOW_VALUES + low;
      keys.sieve[placeOf(shift, high, low)] = 1;
      keys.next.push(keys.first.get(key) ?? -1);
      keys.typed.push(position);
      keys.first.set(key, keys.typed.length - 1);
    });
  }
  return keys;
}

function valueAt(receipt: string, at: number): number {
  return FOLDED[receipt.charCodeAt(at)] ?? 0;
}

function numberOf(receipt: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * BASE + valueAt(receipt, at);
  return value;
}
