import { cutText, tidyText } from '../text-field.ts';

/** Words of somebody else, fit to store and show: without control characters, hidden ones made visible, not too long. */
export function tidyWords(text: string | null, maxLength: number): string | null {
  if (text === null) return null;
  const tidy = tidyText(text.replace(/\p{Cc}/gu, ' '), Number.MAX_SAFE_INTEGER);
  return tidy.ok ? cutText(tidy.text, maxLength) : null;
}
