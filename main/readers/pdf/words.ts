import type { TextItem } from './types.ts';

/** A word at its place. `isGlued`: nothing stood between it and the word before. */
export type Word = {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly height: number;
  readonly isGlued: boolean;
};

/** Words on one baseline, from left to right, and the stretches of the line that hold text other than amounts. */
export type Line = {
  readonly y: number;
  readonly height: number;
  readonly words: readonly Word[];
  readonly stretches: readonly Stretch[];
};
export type Stretch = { readonly x0: number; readonly x1: number };

export const MONEY = /^[-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$/;
export const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const CLOCK = /^\d{2}:\d{2}:\d{2}$/;
const STATUS = '(?:Completed|Failed|Cancelled|Canceled|Declined|Attempted|Reversed)';
/**
 * Where cells that touch are cut apart: a receipt and its date, a date and its time, a time and the text behind it,
 * a status and its amount, one amount and the next, the balance and the text behind it.
 */
const SEAMS = [
  /(?<=^[A-Z][A-Z0-9]{9})(?=\d{4}-\d{2}-\d{2})/g,
  /(?<=(?:^|[A-Z0-9]{8})\d{4}-\d{2}-\d{2})(?=\D|\d{2}:\d{2}:\d{2})/g,
  /(?<=^\d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}\d{2}:\d{2}:\d{2})(?=\D)/g,
  new RegExp(`(?<=${STATUS})(?=[-\\u2212]?\\d[\\d,]*\\.\\d{2})`, 'g'),
  new RegExp(`(?<=\\S)(?=${STATUS}(?:$|[-\\u2212]?\\d[\\d,]*\\.\\d{2}))`, 'g'),
];
const AMOUNTS = new RegExp(`^${STATUS}?(?:[-\\u2212]?\\d[\\d,]*\\.\\d{2})+`);
const AFTER_AMOUNT = /(?<=\.\d{2})(?=.)/g;

/** The text of a page as lines of words. */
export function toLines(items: readonly TextItem[]): Line[] {
  const sorted = items.toSorted((a, b) => a.y - b.y || a.x - b.x);
  const lines: TextItem[][] = [];
  let current: TextItem[] = [];
  for (const item of sorted) {
    const first = current[0];
    if (first && item.y - first.y > 0.35 * Math.min(first.height, item.height)) {
      lines.push(current);
      current = [];
    }
    current.push(item);
  }
  if (current.length > 0) lines.push(current);
  return lines.map(toLine);
}

function toLine(items: readonly TextItem[]): Line {
  const words: Word[] = [];
  const stretches: Stretch[] = [];
  for (const item of items.toSorted((a, b) => a.x - b.x)) {
    const cut = cutItem(item);
    words.push(...cut);
    // A stretch runs over the spaces inside a text, but not over a seam between two cells.
    let from = item.x;
    cut.forEach((word, index) => {
      const next = cut[index + 1];
      if (next && !isSeam(word, next)) return;
      if (!MONEY.test(word.text)) stretches.push({ x0: from, x1: word.x1 });
      from = next?.x0 ?? word.x1;
    });
  }
  const first = items[0] as TextItem;
  return { y: first.y, height: first.height, words, stretches };
}

/** Words that belong to different columns, or may: nothing is said of the space beside an amount. */
function isSeam(a: Word, b: Word): boolean {
  return b.isGlued || MONEY.test(a.text) || MONEY.test(b.text);
}

function cutItem(item: TextItem): Word[] {
  const total = weigh(item.text);
  const scale = total === 0 ? 0 : item.width / total;
  const words: Word[] = [];
  for (const found of item.text.matchAll(/\S+/g)) {
    let at = item.x + weigh(item.text.slice(0, found.index)) * scale;
    splitGlued(found[0]).forEach((text, index) => {
      const width = weigh(text) * scale;
      words.push({ text, x0: at, x1: at + width, y: item.y, height: item.height, isGlued: index > 0 });
      at += width;
    });
  }
  return words;
}

function splitGlued(text: string): string[] {
  const at = new Set<number>();
  for (const seam of SEAMS) for (const found of text.matchAll(seam)) at.add(found.index);
  const amounts = AMOUNTS.exec(text);
  if (amounts) for (const found of amounts[0].matchAll(AFTER_AMOUNT)) at.add(found.index);
  if (amounts && amounts[0].length < text.length) at.add(amounts[0].length);
  const cuts = [0, ...[...at].filter((cut) => cut > 0).sort((a, b) => a - b), text.length];
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
}

/** Roughly how wide a text is: a piece of it is placed by its share of the whole. */
function weigh(text: string): number {
  let weight = 0;
  for (const char of text) weight += weightOf(char);
  return weight;
}

function weightOf(char: string): number {
  if (/[0-9]/.test(char)) return 5.6;
  if (/[\s.,:;|!/'ijlIft-]/.test(char)) return 2.8;
  if (/[A-Z]/.test(char)) return 6.8;
  return /[mwMW@]/.test(char) ? 8.5 : 5.2;
}

/** The words of a line as people read them. */
export function textOf(words: readonly Word[]): string {
  return words
    .map(({ text, isGlued }) => (isGlued ? text : ` ${text}`))
    .join('')
    .trim();
}
