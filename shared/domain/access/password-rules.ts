import { type Message, say } from '../message.ts';

/** Characters, as people count them. */
export const MIN_LENGTH = 12;
/** With a second factor a shorter one is enough. */
export const MIN_LENGTH_WITH_TOTP = 8;
export const MAX_LENGTH = 200;
/** A shorter word than this stands in any password by chance. */
const MIN_WORD = 4;
/** Everybody who guesses tries these first. */
const PRODUCT_WORDS: readonly string[] = ['mpesa', 'daftari', 'safaricom'];
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

export type PasswordContext = {
  readonly hasTotp: boolean;
  /** The shop's own: its name, the person's, its short codes. */
  readonly ownWords: readonly string[];
  /** True for one of the 10,000 passwords that are tried first; asked in lower case. */
  readonly isCommon: (word: string) => boolean;
};

/** The one form in which a password is compared and hashed, whichever keyboard it was typed on. */
export function toHashedForm(password: string): string {
  return password.normalize('NFKC');
}

/** True for one that is enough beside a second factor only. */
export function isShortPassword(password: string): boolean {
  return lengthOf(password) < MIN_LENGTH;
}

function lengthOf(password: string): number {
  return [...toHashedForm(password)].length;
}

/** What speaks against a password, in the order in which to mend it; empty = nothing. Nothing is asked of its letters. */
export function findPasswordProblems(password: string, context: PasswordContext): Message[] {
  const typed = toHashedForm(password);
  const length = lengthOf(password);
  const least = context.hasTotp ? MIN_LENGTH_WITH_TOTP : MIN_LENGTH;
  const problems: Message[] = [];
  if (length < least) problems.push(say('access.password.too-short', { least, length }));
  if (typed.length > MAX_LENGTH) problems.push(say('access.password.too-long', { most: MAX_LENGTH }));
  if (isGuessedFirst(typed.toLowerCase(), context.isCommon)) problems.push(say('access.password.common'));
  else if (containsWord(typed, [...PRODUCT_WORDS, ...context.ownWords]))
    problems.push(say('access.password.own-word'));
  return problems;
}

/** On the list itself; or on it once look-alikes, what is put around it, or its repetition are taken away. */
function isGuessedFirst(typed: string, isCommon: (word: string) => boolean): boolean {
  if (typed === '') return false;
  const unit = repeatedUnit(typed);
  // One or two characters over and over, and a run along the keyboard's digits or the alphabet, need no list.
  if (unit.length <= 2 || isRun(typed)) return true;
  return [typed, unit, trimEnds(typed), trimEnds(unit)]
    .flatMap((core) => [core, readLookAlikes(core), trimEnds(readLookAlikes(core))])
    .some(isCommon);
}

/** `abcabcabc` → `abc`; the whole when nothing repeats. */
function repeatedUnit(typed: string): string {
  for (let size = 1; size <= typed.length / 2; size += 1)
    if (typed.length % size === 0 && typed.slice(0, size).repeat(typed.length / size) === typed)
      return typed.slice(0, size);
  return typed;
}

/** Without the digits and marks that people put before and behind a word. */
function trimEnds(typed: string): string {
  return typed.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
}

/** Each character follows the one before, up or down: `1234567890`, `zyxwvu`. */
function isRun(typed: string): boolean {
  if (typed.length < 4) return false;
  const steps = new Set<number>();
  for (let at = 1; at < typed.length; at += 1) {
    const step = typed.charCodeAt(at) - typed.charCodeAt(at - 1);
    // After 9 people go on with 0.
    steps.add(step === -9 ? 1 : step === 9 ? -1 : step);
  }
  const [only] = steps;
  return steps.size === 1 && only !== undefined && Math.abs(only) <= 1;
}

function containsWord(typed: string, words: readonly string[]): boolean {
  const plain = fold(typed);
  const read = fold(readLookAlikes(typed));
  return words.some((word) => {
    const folded = fold(word);
    if (folded.length < MIN_WORD) return false;
    return plain.includes(folded) || read.includes(fold(readLookAlikes(word)));
  });
}

/** Letters and digits alone, in lower case. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function readLookAlikes(text: string): string {
  return text.replace(/[013457@$!]/g, (mark) => LOOK_ALIKES[mark] ?? mark);
}
