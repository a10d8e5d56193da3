import words from '../../assets/common-passwords.json' with { type: 'json' };

const COMMON: ReadonlySet<string> = new Set(words);

/** True for one of the 10,000 passwords that are tried first. The word is in lower case, as the list is. */
export function isCommonPassword(word: string): boolean {
  return COMMON.has(word);
}
