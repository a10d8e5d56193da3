import type { Line, Word } from './words.ts';

/** The columns of a statement's table, from left to right. */
export const PDF_COLUMNS = [
  'receipt',
  'time',
  'details',
  'status',
  'paidIn',
  'withdrawn',
  'balance',
  'type',
  'other',
] as const;
export type PdfColumn = (typeof PDF_COLUMNS)[number];

/** The word by which each column's name is known; the other words of a name stand beside, above or below it. */
const KEYWORDS: Readonly<Record<PdfColumn, RegExp>> = {
  receipt: /^receipt$/i,
  time: /^completion$/i,
  details: /^details$/i,
  status: /^status$/i,
  paidIn: /^paid$/i,
  withdrawn: /^withdrawn$/i,
  balance: /^balance$/i,
  type: /^type$/i,
  other: /^other$/i,
};
const COMPANIONS = /^(?:no\.?|time|transaction|in|party|\(?kshs?\)?|\(?kes\)?)$/i;
const OPTIONAL: readonly PdfColumn[] = ['type', 'other'];

export type TableHeader = {
  /** Those of the nine that this table has, in order, each with the stretch its name covers. */
  readonly columns: readonly { readonly name: PdfColumn; readonly x0: number; readonly x1: number }[];
  /** Where the names begin and end on the page. */
  readonly top: number;
  readonly bottom: number;
};

/** The header of a table at the line `index` and its neighbours, whose names may stand on up to three lines. */
export function findHeader(lines: readonly Line[], index: number): TableHeader | null {
  const line = lines[index] as Line;
  if (!line.words.some(({ text }) => KEYWORDS.receipt.test(text))) return null;
  const reach = 2.4 * line.height;
  const band = lines.filter(({ y }) => Math.abs(y - line.y) <= reach).flatMap(({ words }) => words);
  const found: { name: PdfColumn; x0: number; x1: number }[] = [];
  let [top, bottom] = [line.y, line.y];
  let after = Number.NEGATIVE_INFINITY;
  for (const name of PDF_COLUMNS) {
    const word = nearest(
      band.filter(({ text, x0 }) => KEYWORDS[name].test(text) && x0 > after),
      line.y,
    );
    if (!word) {
      if (OPTIONAL.includes(name)) continue;
      return null;
    }
    found.push({ name, x0: word.x0, x1: word.x1 });
    after = word.x0;
    top = Math.min(top, word.y);
    bottom = Math.max(bottom, word.y);
  }
  for (const word of band) {
    if (
      !COMPANIONS.test(word.text) ||
      word.y < top - line.height * 1.6 ||
      word.y > bottom + line.height * 1.6
    )
      continue;
    widen(found, word);
    top = Math.min(top, word.y);
    bottom = Math.max(bottom, word.y);
  }
  return { columns: found, top, bottom };
}

function nearest(words: readonly Word[], y: number): Word | undefined {
  return words.toSorted((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y) || a.x0 - b.x0)[0];
}

/** A second word of a name belongs to the column that it stands over or touches. */
function widen(columns: { x0: number; x1: number }[], word: Word): void {
  const distance = (column: { x0: number; x1: number }) =>
    Math.max(column.x0 - word.x1, word.x0 - column.x1, 0);
  const owner = columns.toSorted((a, b) => distance(a) - distance(b))[0];
  if (!owner || distance(owner) > word.height) return;
  owner.x0 = Math.min(owner.x0, word.x0);
  owner.x1 = Math.max(owner.x1, word.x1);
}

/** The columns that are told by place; the three of money are told by what their numbers are, see `money.ts`. */
export type CellColumn = Exclude<PdfColumn, 'paidIn' | 'withdrawn' | 'balance'> | 'money';

/** Where one column ends and the next begins, learnt from the empty stretches between them. */
export type ColumnCuts = {
  /** Adds what a page's lines cover, and finds the cuts anew. */
  learn(lines: readonly Line[]): void;
  columnAt(x: number): CellColumn;
};

/** Half a point. */
const STEP = 2;
const WIDEST = 4_000;

type Stretched = { readonly name: CellColumn; readonly x0: number; readonly x1: number };

export function createCuts(header: TableHeader): ColumnCuts {
  const columns = joinMoney(header);
  const covered = new Uint32Array(WIDEST);
  const bucket = (x: number) => Math.min(WIDEST - 1, Math.max(0, Math.round(x * STEP)));
  const cover = (x0: number, x1: number) => {
    for (let at = bucket(x0); at <= bucket(x1); at++) covered[at] = (covered[at] as number) + 1;
  };
  for (const { x0, x1 } of columns) cover(x0, x1);
  let cuts: number[] = [];

  function learn(lines: readonly Line[]): void {
    for (const { stretches } of lines) for (const { x0, x1 } of stretches) cover(x0, x1);
    cuts = columns.slice(1).map((next, index) => {
      const column = columns[index] as Stretched;
      return (
        findCut(bucket(middleOf(column)), bucket(next.name === 'money' ? next.x0 : middleOf(next))) / STEP
      );
    });
  }

  /** The right end of the widest stretch that the fewest texts cross: the next column begins there. */
  function findCut(from: number, to: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at <= to; at++) least = Math.min(least, covered[at] as number);
    let [end, length] = [from, 0];
    let start = from;
    for (let at = from; at <= to + 1; at++) {
      if (at <= to && covered[at] === least) continue;
      if (at - start > length) [end, length] = [at, at - start];
      start = at + 1;
    }
    return end - Math.min(STEP, length / 2);
  }

  learn([]);
  return {
    learn,
    columnAt(x) {
      const index = cuts.findIndex((cut) => x < cut);
      return (columns[index === -1 ? columns.length - 1 : index] as Stretched).name;
    },
  };
}

/** Nothing is learnt about amounts: they may stand anywhere between the status and the type. */
function joinMoney({ columns }: TableHeader): Stretched[] {
  const joined: Stretched[] = [];
  for (const { name, x0, x1 } of columns) {
    if (name === 'withdrawn' || name === 'balance') continue;
    if (name !== 'paidIn') joined.push({ name, x0, x1 });
    else
      joined.push({ name: 'money', x0, x1: columns.find((column) => column.name === 'balance')?.x1 ?? x1 });
  }
  return joined;
}

/** The first name stands for all of money: the last column of it ends where the next begins. */
function middleOf({ name, x0, x1 }: Stretched): number {
  return name === 'money' ? x1 - 1 : (x0 + x1) / 2;
}
