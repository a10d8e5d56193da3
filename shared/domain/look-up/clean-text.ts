/** The most that may be handed in; a window cuts off what is more. */
export const MOST_ASKED = 20_000;

/** How much of what was pasted is looked at: more than any message with what people write around it. */
export const MOST_PASTED = 4_000;

/** What a pasted text was besides plain letters. Said, never judged. */
export type TextMarks = {
  /** Characters that show nothing, or turn the direction of writing, stood inside words or numbers. */
  readonly hasHidden: boolean;
  /** Letters of another alphabet that look like ours were read as ours. */
  readonly hasLookAlikes: boolean;
  /** Only the beginning was read. */
  readonly isCut: boolean;
};

export type CleanText = { readonly text: string; readonly marks: TextMarks };

/** Cyrillic and Greek letters that nobody can tell from Latin ones on a screen. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  Ѕ: 'S',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  ο: 'o',
};

const FOREIGN = /[\u0370-\u03ff\u0400-\u04ff]/gu;
/** Shows nothing, or changes the direction of what follows. Messengers put some around whole messages. */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\ufff9-\ufffb]/gu;
const HIDDEN_INSIDE =
  /[\p{L}\p{N}][\p{Default_Ignorable_Code_Point}\p{Cf}]+[\p{L}\p{N}]|[\u202a-\u202e\u2066-\u2069]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: leaving them out is the point
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g;

/** What was pasted as plain text in one line. */
export function cleanPasted(pasted: string): CleanText {
  const isCut = pasted.length > MOST_PASTED;
  const whole = (isCut ? pasted.slice(0, MOST_PASTED) : pasted).normalize('NFKC');
  let hasLookAlikes = false;
  const text = whole
    .replace(CONTROL, ' ')
    .replace(HIDDEN, '')
    .replace(FOREIGN, (letter) => {
      const latin = LOOK_ALIKES[letter];
      hasLookAlikes ||= latin !== undefined;
      return latin ?? letter;
    })
    .replace(/\s+/g, ' ')
    .trim();
  return { text, marks: { hasHidden: HIDDEN_INSIDE.test(whole), hasLookAlikes, isCut } };
}
