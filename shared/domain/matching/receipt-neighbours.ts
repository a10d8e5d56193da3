import { foldLookAlikes, receiptSlip } from '../receipt.ts';
import { type Batch, lineAt } from './batch.ts';
import { type Chains, chainBy, follow } from './chains.ts';

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
/** Receipts that share a half are compared one by one up to here; beyond, each possible slip is looked up. */
const MAX_COMPARED = 64;
const BASE = ALPHABET.length + 1;
/** The folded value of each ASCII character: a number is a faster key than a text, and ten characters fit in one. */
const FOLDED = Uint8Array.from(
  { length: 128 },
  (_, code) => ALPHABET.indexOf(foldLookAlikes(String.fromCharCode(code))) + 1,
);

/** The characters from `start` to `end` as one number, look-alikes folded. */
function keyOfPart(receipt: string, start: number, end: number): number {
  let key = 0;
  for (let at = start; at < end; at++) key = key * BASE + (FOLDED[receipt.charCodeAt(at)] ?? 0);
  return key;
}

/** Finds the payments whose receipt is one slip away from a typed one, without comparing it with every payment. */
export function indexNeighbours(batch: Batch): (typed: string) => number[] {
  const chainPart = (keyOf: (receipt: string) => number) =>
    chainBy(batch.lines.length, (line) =>
      batch.isPayment[line] === 1 ? keyOf(lineAt(batch, line).receipt) : null,
    );
  const byFirst = chainPart((receipt) => keyOfPart(receipt, 0, receipt.length >> 1));
  const bySecond = chainPart((receipt) => keyOfPart(receipt, receipt.length >> 1, receipt.length));
  let whole: Chains<number> | null = null;
  const lookAlikes = (typed: string) => {
    whole ??= chainPart((receipt) => keyOfPart(receipt, 0, receipt.length));
    return firstOf(whole, keyOfPart(typed, 0, typed.length)) ?? [];
  };
  return (typed) => {
    const middle = typed.length >> 1;
    const first = firstOf(byFirst, keyOfPart(typed, 0, middle));
    const second = firstOf(bySecond, keyOfPart(typed, middle, typed.length));
    const found = new Set(paymentsOf(batch, [swapAt(typed, middle - 1)]));
    for (const line of first ?? paymentsOf(batch, variantsOf(typed, middle, typed.length))) found.add(line);
    for (const line of second ?? paymentsOf(batch, variantsOf(typed, 0, middle))) found.add(line);
    if (first === null || second === null) for (const line of lookAlikes(typed)) found.add(line);
    return [...found]
      .filter((line) => receiptSlip(typed, lineAt(batch, line).receipt) !== null)
      .sort((a, b) => a - b);
  };
}

/** The positions of a key, or null when there are too many to compare one by one. */
function firstOf(chains: Chains<number>, key: number): number[] | null {
  const found: number[] = [];
  for (let line = chains.head.get(key) ?? -1; line >= 0; line = chains.next[line] ?? -1) {
    if (found.length === MAX_COMPARED) return null;
    found.push(line);
  }
  return found;
}

function paymentsOf(batch: Batch, receipts: readonly string[]): number[] {
  return receipts.flatMap((receipt) =>
    follow(batch.linesOfReceipt, receipt).filter((line) => batch.isPayment[line] === 1),
  );
}

/** Every receipt that one slip between `from` and `to` turns into this one, look-alikes of several places apart. */
function variantsOf(typed: string, from: number, to: number): string[] {
  const variants: string[] = [];
  for (let at = from; at < to; at++) {
    if (at + 1 < to) variants.push(swapAt(typed, at));
    for (const character of ALPHABET)
      variants.push(`${typed.slice(0, at)}${character}${typed.slice(at + 1)}`);
  }
  return variants;
}

function swapAt(typed: string, at: number): string {
  return `${typed.slice(0, at)}${typed.charAt(at + 1)}${typed.charAt(at)}${typed.slice(at + 2)}`;
}
