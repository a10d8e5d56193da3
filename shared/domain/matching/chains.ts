import { numberOf, numberTexts, openNumbers, type TextNumbers } from './text-numbers.ts';

/**
 * An index from a text to all positions that have it, in ascending order: one map entry a text and two integers a
 * position, so that a million rows do not become a million small arrays.
 */
export type Chains = {
  /** Several indexes may share their numbers, so that a text is looked up once for all of them. */
  readonly numbers: TextNumbers;
  /** The number of the text at each position, −1 where there is none. */
  readonly numberAt: Int32Array;
  /** The first position of each number, −1 when none has it. */
  readonly first: Int32Array;
  /** The next position of the same text, −1 after the last. */
  readonly next: Int32Array;
};

/** Indexes one side alone: the positions 0 … count − 1. A null text leaves the position out. */
export function chainBy(count: number, textOf: (index: number) => string | null): Chains {
  const numbers = openNumbers();
  return chain(numbers, numberTexts(numbers, count, textOf));
}

/** The index over the positions so numbered. */
export function chain(numbers: TextNumbers, numberAt: Int32Array): Chains {
  const first = new Int32Array(numbers.count).fill(-1);
  const next = new Int32Array(numberAt.length).fill(-1);
  for (let index = numberAt.length - 1; index >= 0; index--) {
    const number = numberAt[index] ?? -1;
    if (number === -1) continue;
    next[index] = first[number] ?? -1;
    first[number] = index;
  }
  return { numbers, numberAt, first, next };
}

/** The first position of a text, −1 when none has it. */
export function firstOf(chains: Chains, text: string): number {
  const number = numberOf(chains.numbers, text);
  return number === -1 ? -1 : (chains.first[number] ?? -1);
}

/** The first position of every text, by the last position of each, latest first. */
export function firstOfEach({ numberAt, first, next }: Chains): number[] {
  const firsts: number[] = [];
  for (let index = numberAt.length - 1; index >= 0; index--) {
    const number = numberAt[index] ?? -1;
    if (number !== -1 && next[index] === -1) firsts.push(first[number] ?? -1);
  }
  return firsts;
}

/** All positions of a text, ascending. */
export function follow(chains: Chains, text: string): number[] {
  return followFrom(chains, firstOf(chains, text));
}

/** This position and all later ones of its text, ascending; none from −1. */
export function followFrom(chains: Chains, first: number): number[] {
  const found: number[] = [];
  for (let at = first; at >= 0; at = chains.next[at] ?? -1) found.push(at);
  return found;
}
