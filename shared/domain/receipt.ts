import { type BusinessDay, parseBusinessDay } from './time.ts';

/** An M-PESA receipt number as Safaricom prints it: upper case, 10 characters today, 8 or 9 in old files. */
export type Receipt = string & { readonly __brand: 'Receipt' };

const SHAPE = /^[A-Z0-9]{8,10}$/;

/** Upper-cases and strips spaces and separators; null when what is left cannot be a receipt number. */
export function parseReceipt(text: string): Receipt | null {
  const tidy = text
    .normalize('NFKC')
    .replace(/[\s.\-\u200b]/g, '')
    .toUpperCase();
  return SHAPE.test(tidy) && /[A-Z]/.test(tidy) ? (tidy as Receipt) : null;
}

/**
 * The date a 10-character receipt carries: letter 1 the year (J = 2015), letter 2 the month (A = January),
 * character 3 the day (1-9, A = 10 … V = 31). Undocumented but true of every dated sample: warn, never refuse.
 */
export function receiptDate(receipt: Receipt): BusinessDay | null {
  if (receipt.length !== 10) return null;
  const year = receipt.charCodeAt(0) - 65 + 2006;
  const month = receipt.charCodeAt(1) - 64;
  const mark = receipt.charAt(2);
  const day = /[1-9]/.test(mark) ? Number(mark) : mark.charCodeAt(0) - 55;
  if (year < 2015 || year > 2031 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return parseBusinessDay(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** True for a code that is no mere word: it has a figure, or ten letters that begin with a date. */
export function looksLikeReceipt(receipt: Receipt): boolean {
  return /\d/.test(receipt) || receiptDate(receipt) !== null;
}

/** As receipts were until 2015: `C94ZH942`, `BH45UU225`. */
const OLD_SHAPE = /^[A-Z]{1,2}\d{2}[A-Z]{2}\d{3}$/;

/** True for what is put together as receipts are: strict, for a code that nothing but its looks speaks for. */
export function hasReceiptShape(receipt: Receipt): boolean {
  return receiptDate(receipt) !== null || OLD_SHAPE.test(receipt);
}

/** `KENYA 2026`: words and numbers side by side are no code that somebody wrote in groups. */
export function isPlainWords(text: string): boolean {
  return /^(?:\p{L}+|\d+)(?:\s+(?:\p{L}+|\d+))+$/u.test(text.trim());
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  I: '1',
  L: '1',
  S: '5',
  B: '8',
  Z: '2',
};

/** The receipt with its look-alike letters folded onto digits: two receipts that a person mixes up fold alike. */
export function foldLookAlikes(receipt: string): string {
  return receipt.replace(/[OQILSBZ]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}

const GROUPS = ['O0Q', 'I1L', 'S5', 'B8', 'Z2'] as const;
/** As many readings of look-alikes as are tried: five characters that could each be one of three. */
const MOST_READINGS = 243;

/** Every receipt that differs from this one by a slip, as `receiptSlip` calls it: to look each up. */
export function slipsOf(receipt: string): string[] {
  const slips = new Set<string>();
  for (let at = 0; at < receipt.length; at++) {
    const [before, after] = [receipt.slice(0, at), receipt.slice(at + 1)];
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') slips.add(before + other + after);
    if (at > 0) slips.add(`${before.slice(0, -1)}${receipt.charAt(at)}${before.slice(-1)}${after}`);
  }
  let readings = [''];
  for (const letter of receipt) {
    const group = GROUPS.find((letters) => letters.includes(letter)) ?? letter;
    const grown = readings.flatMap((reading) => [...group].map((like) => reading + like));
    readings = grown.length > MOST_READINGS ? readings.map((reading) => reading + letter) : grown;
  }
  for (const reading of readings) slips.add(reading);
  slips.delete(receipt);
  return [...slips];
}

export type ReceiptSlip = 'look-alike' | 'one-character' | 'swapped';

/**
 * How two receipts differ if they differ by one slip of a hand or an eye: look-alike characters (any number),
 * one wrong character, or two neighbours swapped. Null when they are equal or differ by more.
 */
export function receiptSlip(typed: string, actual: string): ReceiptSlip | null {
  if (typed === actual || typed.length !== actual.length) return null;
  if (foldLookAlikes(typed) === foldLookAlikes(actual)) return 'look-alike';
  const at: number[] = [];
  for (let i = 0; i < typed.length && at.length < 3; i++) if (typed[i] !== actual[i]) at.push(i);
  if (at.length === 1) return 'one-character';
  const [i = 0, j = 0] = at;
  const areSwapped = at.length === 2 && j === i + 1 && typed[i] === actual[j] && typed[j] === actual[i];
  return areSwapped ? 'swapped' : null;
}
