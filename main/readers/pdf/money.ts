import { readUnusedOrAmount } from '../cells/amount.ts';
import type { TableHeader } from './columns.ts';
import type { PdfRow } from './rows.ts';
import { MONEY, type Word } from './words.ts';

/**
 * The three amounts of a row as text; an unused one may be `0.00`, a minus sign or nothing. `isMeasured`: paid in and
 * withdrawn were told apart by place alone.
 */
export type Money = {
  readonly paidIn: string;
  readonly withdrawn: string;
  readonly balance: string;
  readonly isMeasured: boolean;
};

/**
 * Tells paid in, withdrawn and balance apart. Where a row prints all three, by their order; where the unused one is
 * left out, the last is the balance and the first stands where its column's balance-like numbers would.
 */
export function placeMoney(header: TableHeader, rows: readonly (readonly Word[])[]): Money[] {
  const found = rows.map(joinMinus);
  const expected = expectPlaces(header, found);
  return found.map((words) => {
    const texts = words.map(({ text }) => text.replace('\u2212', '-'));
    const [first = '', second = '', third = ''] = texts;
    if (texts.length === 3) return { paidIn: first, withdrawn: second, balance: third, isMeasured: false };
    if (texts.length !== 2) return { paidIn: '', withdrawn: '', balance: texts.join(' '), isMeasured: false };
    const isSigned = first.startsWith('-');
    const isOut = isSigned || isNearer(words[0] as Word, expected);
    const [paidIn, withdrawn] = isOut ? ['', first] : [first, ''];
    return { paidIn, withdrawn, balance: second, isMeasured: !isSigned };
  });
}

/** Amounts from left to right; a minus sign right before its number is part of it. */
function joinMinus(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const last = joined.at(-1);
    const isSign = last && /^[-\u2212]$/.test(last.text) && word.x0 - last.x1 < 0.3 * word.height;
    if (isSign && MONEY.test(word.text))
      joined[joined.length - 1] = { ...word, text: `-${word.text}`, x0: last.x0 };
    else joined.push(word);
  }
  return joined;
}

type Edge = (stretch: { readonly x0: number; readonly x1: number }) => number;
const EDGES: readonly Edge[] = [({ x1 }) => x1, ({ x0 }) => x0, ({ x0, x1 }) => (x0 + x1) / 2];

type Places = { readonly edge: Edge; readonly paidIn: number; readonly withdrawn: number };

/** Numbers of a column share an edge or a middle. The balances, always last, show which, and how far from its name. */
function expectPlaces({ columns }: TableHeader, rows: readonly (readonly Word[])[]): Places[] {
  const balances = rows.filter(({ length }) => length >= 2).map((words) => words.at(-1) as Word);
  const spreads = EDGES.map((edge) => spreadOf(balances.map(edge)));
  const least = Math.min(...spreads);
  const name = (wanted: string) =>
    columns.find((column) => column.name === wanted) as { x0: number; x1: number };
  return EDGES.filter((_, index) => (spreads[index] as number) <= least + 0.5).flatMap((edge) =>
    EDGES.map((nameEdge) => {
      const offset = medianOf(balances.map(edge)) - nameEdge(name('balance'));
      return {
        edge,
        paidIn: nameEdge(name('paidIn')) + offset,
        withdrawn: nameEdge(name('withdrawn')) + offset,
      };
    }),
  );
}

/** Whether a number stands nearer to where withdrawn numbers stand than to where paid in ones do. */
function isNearer(word: Word, places: readonly Places[]): boolean {
  let votes = 0;
  for (const { edge, paidIn, withdrawn } of places)
    votes += Math.abs(edge(word) - withdrawn) < Math.abs(edge(word) - paidIn) ? 1 : -1;
  return votes > 0;
}

function spreadOf(values: readonly number[]): number {
  const middle = medianOf(values);
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0) / Math.max(1, values.length);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Moves an amount to the other of its two columns where its place and the balances of the rows above and below
 * disagree: the place of a number is a measure, the balance is a sum. Rows that chain as they stand are left alone,
 * and so are the first and the last, whose other neighbour is not in the file.
 */
export function confirmByBalance(rows: readonly PdfRow[]): PdfRow[] {
  const known = rows.map(readRow);
  return rows.map((row, index) => {
    const own = known[index];
    if (!row.money.isMeasured || !own || index === 0 || index === rows.length - 1) return row;
    const near = known
      .slice(Math.max(0, index - REACH), index + REACH + 1)
      .filter((other) => other && other !== own);
    const chains = (delta: number) => near.some((other) => other?.balance === own.balance - delta);
    return !chains(own.delta) && chains(-own.delta) ? flip(row) : row;
  });
}

/** Rows of one second stand in any order, so neighbours a few rows away count too. */
const REACH = 3;

type Known = { readonly delta: number; readonly balance: number };

function readRow({ texts, money }: PdfRow): Known | null {
  const [paidIn, withdrawn] = [readUnusedOrAmount(money.paidIn), readUnusedOrAmount(money.withdrawn)];
  const balance = readUnusedOrAmount(money.balance);
  const isWhole = paidIn.ok && withdrawn.ok && balance.ok && money.balance !== '';
  if (!isWhole || !/^completed$/i.test(texts.status)) return null;
  if (paidIn.cents !== 0 && withdrawn.cents !== 0) return null;
  return { delta: paidIn.cents - Math.abs(withdrawn.cents), balance: balance.cents };
}

function flip(row: PdfRow): PdfRow {
  const { paidIn, withdrawn } = row.money;
  return { ...row, money: { ...row.money, paidIn: withdrawn, withdrawn: paidIn } };
}
