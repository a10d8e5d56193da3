import { isSymbol, readSymbols, splitGroups, tidyTyped, writeSymbols } from '../readable-code.ts';

/** 160 random bits: eight groups of four symbols fill them exactly, so there is no room for a check digit. */
export const CODE_BYTES = 20;
export const CODE_GROUPS = 8;
const GROUP_LENGTH = 4;

/** Of the root key's public half: 80 bits of its SHA-256. */
const FINGERPRINT_BYTES = 10;

/** What is wrong with a typed code. `group` counts from 1; null when no group can be blamed. */
export type CodeProblem = {
  readonly problem: 'too-short' | 'too-long' | 'not-a-symbol';
  readonly group: number | null;
};

export type ReadCode =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | ({ readonly ok: false } & CodeProblem);

/** The eight groups as they are shown once and written down. `random` is 20 bytes. */
export function writeCode(random: Uint8Array): string[] {
  if (random.length !== CODE_BYTES) throw new RangeError('a recovery code has 20 bytes');
  return splitGroups(writeSymbols(random));
}

/**
 * Reads a code as people type it: any case, any gaps, look-alikes. Says which group is mistyped where its length or
 * a sign outside the alphabet tells; a wrong but possible symbol shows only when the code does not open anything.
 */
export function readCode(typed: string): ReadCode {
  const symbols = tidyTyped(typed);
  const strange = [...symbols].findIndex((symbol) => !isSymbol(symbol));
  if (strange >= 0) {
    const group = Math.min(CODE_GROUPS, Math.floor(strange / GROUP_LENGTH) + 1);
    return { ok: false, problem: 'not-a-symbol', group: unevenGroup(typed)?.group ?? group };
  }
  const length = CODE_GROUPS * GROUP_LENGTH;
  if (symbols.length === length) return { ok: true, bytes: readSymbols(symbols) };
  return (
    unevenGroup(typed) ?? {
      ok: false,
      problem: symbols.length < length ? 'too-short' : 'too-long',
      group: null,
    }
  );
}

/** Where the groups were typed apart: the first that has not four symbols. */
function unevenGroup(typed: string): ({ readonly ok: false } & CodeProblem) | null {
  const groups = typed.trim().split(/[\s\p{Dash}._]+/u);
  if (groups.length !== CODE_GROUPS) return null;
  const index = groups.findIndex((group) => tidyTyped(group).length !== GROUP_LENGTH);
  const uneven = groups[index];
  if (uneven === undefined) return null;
  const problem = tidyTyped(uneven).length < GROUP_LENGTH ? 'too-short' : 'too-long';
  return { ok: false, problem, group: index + 1 };
}

/**
 * Which two groups must be typed back, counted from 0, in rising order. `pick` gives a random whole number from 0
 * up to, not including, its argument.
 */
export function chooseGroups(pick: (below: number) => number): [number, number] {
  const first = pick(CODE_GROUPS);
  const second = pick(CODE_GROUPS - 1);
  const other = second < first ? second : second + 1;
  return first < other ? [first, other] : [other, first];
}

export type TypedGroup = { readonly index: number; readonly text: string };

/** True when exactly the asked groups were typed, and each is right. */
export function areGroupsRight(
  groups: readonly string[],
  asked: readonly number[],
  typed: readonly TypedGroup[],
): boolean {
  const isAsked = (index: number) => typed.filter((group) => group.index === index).length === 1;
  if (typed.length !== asked.length || !asked.every(isAsked)) return false;
  return typed.every(({ index, text }) => groups[index] === tidyTyped(text));
}

/** A fingerprint as people type it again, in the form in which it is written; null when it cannot be one. */
export function readFingerprint(typed: string): string | null {
  const symbols = tidyTyped(typed);
  const isWhole = symbols.length === (FINGERPRINT_BYTES * 8) / 5 && [...symbols].every(isSymbol);
  return isWhole ? splitGroups(symbols).join('-') : null;
}

/** How people compare a root key: `7KQ2-…` in four groups. `hash` is the SHA-256 of its public half. */
export function writeFingerprint(hash: Uint8Array): string {
  return splitGroups(writeSymbols(hash.slice(0, FINGERPRINT_BYTES))).join('-');
}
