import { foldLookAlikes, receiptSlip } from '../receipt.ts';
import { type Batch, lineAt } from './batch.ts';

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
/** A number is a faster key than a text, and ten folded characters fit in one exactly. */
const BASE = ALPHABET.length + 1;
/** The folded value of each ASCII character, from 1: zero stands for a character left out. */
const FOLDED = Uint8Array.from(
  { length: 128 },
  (_, code) => ALPHABET.indexOf(foldLookAlikes(String.fromCharCode(code))) + 1,
);
/** Places of a sieve that tells most keys that nobody typed, at the cost of one look. A prime spreads them. */
const SIEVE = 4_194_301;

/** Typed receipts by their keys: a key with one character left out, or with two neighbours swapped. */
type TypedKeys = {
  readonly sieve: Uint8Array;
  /** Key → the first entry; then from entry to entry. Entries name positions in the list of typed receipts. */
  readonly first: Map<number, number>;
  readonly next: number[];
  readonly typed: number[];
};

/**
 * For each typed receipt the payments whose receipt is one slip away, in order, without comparing all with all: two
 * such receipts agree once one character is left out (or all look-alikes folded), or once two neighbours are
 * swapped. The typed receipts are few, so they are indexed, and every payment is looked up once.
 */
export function findNeighbours(batch: Batch, typed: readonly string[]): number[][] {
  const found: number[][] = typed.map(() => []);
  const keys = indexTyped(typed);
  for (let line = 0; line < batch.lines.length; line++) {
    if (batch.isPayment[line] !== 1) continue;
    const { receipt } = lineAt(batch, line);
    const add = (key: number) => {
      if (keys.sieve[key % SIEVE] === 1) addMatches(keys, key, typed, receipt, line, found);
    };
    const whole = keyOf(receipt);
    add(whole);
    for (let at = receipt.length - 1, place = 1; at >= 0; at--, place *= BASE)
      add(whole - valueAt(receipt, at) * place);
  }
  return found;
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
  const keys: TypedKeys = { sieve: new Uint8Array(SIEVE), first: new Map(), next: [], typed: [] };
  for (const [position, receipt] of typed.entries()) {
    const whole = keyOf(receipt);
    for (let at = receipt.length - 1, place = 1; at >= 0; at--, place *= BASE) {
      addKey(keys, whole - valueAt(receipt, at) * place, position);
      if (at === 0) continue;
      const step = valueAt(receipt, at - 1) - valueAt(receipt, at);
      addKey(keys, whole + step * place - step * place * BASE, position);
    }
  }
  return keys;
}

function addKey({ sieve, first, next, typed }: TypedKeys, key: number, position: number): void {
  sieve[key % SIEVE] = 1;
  next.push(first.get(key) ?? -1);
  typed.push(position);
  first.set(key, typed.length - 1);
}

function valueAt(receipt: string, at: number): number {
  return FOLDED[receipt.charCodeAt(at)] ?? 0;
}

function keyOf(receipt: string): number {
  let key = 0;
  for (let at = 0; at < receipt.length; at++) key = key * BASE + valueAt(receipt, at);
  return key;
}
