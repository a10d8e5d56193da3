import { type Line, MONEY, textOf } from './words.ts';

/** What a statement says about itself outside its tables, as text. */
export type PdfHead = {
  readonly holder?: string;
  readonly shortCode?: string;
  readonly mobileNumber?: string;
  readonly period?: string;
  readonly requestDate?: string;
};
type Field = keyof PdfHead;

const LABELS: readonly (readonly [Field | null, RegExp])[] = [
  ['holder', /\borgani[sz]ation name\s*:/i],
  ['holder', /\bcustomer name\s*:/i],
  ['shortCode', /\bshort ?code\s*:/i],
  ['mobileNumber', /\bmobile number\s*:/i],
  ['period', /\bstatement period\s*:/i],
  ['requestDate', /\brequest date\s*:/i],
  [null, /\bemail address\s*:/i],
];

/** Reads a line above the tables: one label and its value, or several side by side. */
export function readLabels(text: string): PdfHead {
  const found = LABELS.flatMap(([field, label]) => {
    const match = label.exec(text);
    return match ? [{ field, start: match.index, end: match.index + match[0].length }] : [];
  }).sort((a, b) => a.start - b.start);
  const head: { [name in Field]?: string } = {};
  found.forEach(({ field, end }, index) => {
    const value = text.slice(end, found[index + 1]?.start).trim();
    if (field && value !== '') head[field] = value.slice(0, 200);
  });
  return head;
}

/** `Account Type - Merchant Account`: the title of the table of one account. */
export function readAccountTitle(text: string): string | null {
  return /^Account Type\s*[-\u2013:]\s*(\S.{0,78})$/i.exec(text)?.[1]?.trim() ?? null;
}

export type Totals = { readonly paidIn: string; readonly paidOut: string };

/** The last line of the summary. Null for a line that is none, or states only one amount. */
export function readTotals({ words }: Line): Totals | null {
  if (!/^total:?$/i.test(words[0]?.text ?? '')) return null;
  const amounts = words.slice(1).map(({ text }) => text);
  const [paidIn, paidOut] = amounts;
  if (amounts.length !== 2 || !paidIn || !paidOut || !amounts.every((text) => MONEY.test(text))) return null;
  return { paidIn, paidOut };
}

const FOOT = [
  /^Disclaimer\s*:\s*Any personal information/i,
  /^Statement Verification Code\b/i,
  /^To verify the validity of this/i,
  /^for which it was provided\.?$/i,
];
const PAGE = /\bPage \d+ of \d+\s*$/i;
const TITLE = /^M-?PESA (?:FULL )?STATEMENT$/i;
const CODE = /\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8}\b/;

export type Cleared = { readonly lines: readonly Line[]; readonly verificationCode: string | null };

/** Takes off what every page repeats: its title, its number, and the foot with the code by which it is verified. */
export function clearFurniture(lines: readonly Line[]): Cleared {
  const foot = lines.findIndex((line) => FOOT.some((start) => start.test(textOf(line.words))));
  const body = foot === -1 ? lines : lines.slice(0, foot);
  return {
    lines: body.filter((line) => !isRunning(textOf(line.words))),
    verificationCode: foot === -1 ? null : findCode(lines.slice(foot).map(({ words }) => textOf(words))),
  };
}

function isRunning(text: string): boolean {
  const rest = text.replace(PAGE, '').trim();
  return rest === '' || TITLE.test(rest);
}

/** Eight characters beside or below their title; a code of letters alone stands on a line of its own. */
function findCode(texts: readonly string[]): string | null {
  const title = texts.findIndex((text) => /Statement Verification Code/i.test(text));
  if (title === -1) return null;
  for (const text of texts.slice(title, title + 4)) {
    const code =
      CODE.exec(text.replace(/Statement Verification Code/i, ''))?.[0] ?? /^[A-Z0-9]{8}$/.exec(text)?.[0];
    if (code) return code;
  }
  return null;
}
