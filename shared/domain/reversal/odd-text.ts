/** Marks that are not seen, or that turn what is read around: zero-width, directions, controls, joiners, tags. */
const UNSEEN = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|[\u115f\u1160\u3164]/gu;
const LATIN = /\p{Script=Latin}/u;
/** Letters that are drawn like Latin ones. */
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
/** More marks over one letter than any name has: they reach into the lines above and below. */
const HEAPED = /\p{M}{3,}/u;

/** Text as somebody else wrote it, with every unseen mark spelt out, so that what is read is what is there. */
export function spellOut(text: string): string {
  return text
    .replace(
      UNSEEN,
      (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/\p{M}{3,}/gu, (marks) => `${[...marks].slice(0, 2).join('')}[…]`);
}

/**
 * True for text that may look like something else than it is: unseen marks, Latin beside letters that look like it, wide
 * or styled letters that are others in disguise.
 */
export function isOdd(text: string): boolean {
  return (
    text.replace(UNSEEN, '') !== text ||
    (LATIN.test(text) && LOOK_ALIKE.test(text)) ||
    HEAPED.test(text) ||
    hasDisguisedLetter(text)
  );
}

/** A letter or figure that is another one under NFKC: `ＲＥＦ`, `𝐑𝐞𝐟`. Ligatures and fractions of ordinary typing are not meant. */
function hasDisguisedLetter(text: string): boolean {
  return [...text].some((letter) => {
    const plain = letter.normalize('NFKC');
    return plain !== letter.normalize('NFC') && /^[A-Za-z0-9]$/.test(plain);
  });
}
