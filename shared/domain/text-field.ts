/** Why a text from outside was not taken. */
export type TextProblem = 'too-long' | 'control-character';
export type TidyText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: TextProblem };

/** The longest text of an ordinary field, and of a statement's `Details`. */
export const MAX_TEXT = 200;
export const MAX_DETAILS = 1_000;

/** The beginning of a text that is longer than what is kept of it. */
export function cutText(text: string, maxLength: number): string {
  // Half of a character that takes two code units is none.
  return text.length <= maxLength
    ? text
    : text
        .slice(0, maxLength)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd();
}

const PLAIN = /^(?![ ])[\x20-\x7e]*(?<! )$/;
const LINE_SPACE = /[\t\r\n\u0085\u00a0\u2028\u2029]+/g;
/** What a name never needs, NUL among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]/;
/** Characters that change the direction of what follows, or show nothing: a name can hide behind them. */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cs}\ufff9-\ufffb]/gu;

/**
 * Makes text from a file or a person fit to store and show: trimmed, line breaks as spaces, NFC. Control characters
 * and over-long text are refused; bidi overrides and zero-width characters become visible (`[U+202E]`).
 */
export function tidyText(text: string, maxLength: number): TidyText {
  if (text.length <= maxLength && PLAIN.test(text)) return { ok: true, text };
  if (CONTROL.test(text)) return { ok: false, reason: 'control-character' };
  const tidy = text.replace(LINE_SPACE, ' ').normalize('NFC').replace(HIDDEN, nameCharacter).trim();
  return tidy.length > maxLength ? { ok: false, reason: 'too-long' } : { ok: true, text: tidy };
}

/** Any text as it can be shown: what shows nothing, or turns what follows around, becomes visible; lines stay. */
export function showHidden(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, nameCharacter)
    .replace(HIDDEN, nameCharacter);
}

function nameCharacter(char: string): string {
  return `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
