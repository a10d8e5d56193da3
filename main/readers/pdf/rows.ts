import { type Anchor, findStarts } from './anchors.ts';
import type { CellColumn, ColumnCuts, TableHeader } from './columns.ts';
import { type Money, placeMoney } from './money.ts';
import { CLOCK, DATE, type Line, MONEY, type Word } from './words.ts';

type TextColumn = Exclude<CellColumn, 'money'>;

/** One row of a table as text, cell by cell; a cell that wrapped is one text again. */
export type PdfRow = {
  readonly page: number;
  readonly texts: { readonly [column in TextColumn]: string };
  readonly money: Money;
};

export type Placed = { readonly column: CellColumn; readonly word: Word };

/** Words of one row while its lines are gathered. */
type Draft = { readonly page: number; readonly words: Placed[] };

/** Gathers the rows of one table, page after page; a row may go on at the top of the next page. */
export type RowGatherer = {
  addPage(page: number, lines: readonly Line[]): void;
  /** The rows so far, in order, and the pages where an amount was found that belongs to no row. */
  finish(): { readonly rows: readonly PdfRow[]; readonly leftovers: readonly number[] };
};

export const RECEIPT = /^(?=.*\d)[A-Z][A-Z0-9]{7,9}$/;
const STATUS = /^(?:Completed|Failed|Cancelled|Canceled|Declined|Attempted|Reversed)$/i;
const UNUSED = /^[-\u2212]$/;
/** Text further below the last line of a row than this many line heights is none of its. */
const MAX_GAP = 2.6;

export function createRowGatherer(header: TableHeader, cuts: ColumnCuts): RowGatherer {
  const drafts: Draft[] = [];
  const leftovers: number[] = [];

  function addPage(page: number, lines: readonly Line[]): void {
    cuts.learn(lines);
    const placed = lines.flatMap(({ words }) => placeWords(words, cuts));
    const anchors = findAnchors(placed);
    const starts = findStarts(placed, anchors);
    const here = anchors.map((): Draft => ({ page, words: [] }));
    const above: Placed[] = [];
    for (const item of placed) {
      const index = starts.findLastIndex((start) => item.word.y >= start);
      if (index === -1) above.push(item);
      else here[index]?.words.push(item);
    }
    takeAbove(page, above);
    drafts.push(...here.map(withoutStrays));
  }

  /** What stands above the first receipt of a page is the end of the last row of the page before. */
  function takeAbove(page: number, above: readonly Placed[]): void {
    if (above.length === 0) return;
    const last = drafts.at(-1);
    const hasAmount = above.some(({ column, word }) => column === 'money' && MONEY.test(word.text));
    if (last && last.page === page - 1 && !hasAmount) last.words.push(...above.map(onNextPage));
    else if (hasAmount) leftovers.push(page);
  }

  function finish() {
    const money = placeMoney(
      header,
      drafts.map(({ words }) => words.filter(({ column }) => column === 'money').map(({ word }) => word)),
    );
    const rows = drafts.map((draft, index) => toRow(draft, money[index] as Money));
    return { rows, leftovers };
  }

  return { addPage, finish };
}

/** The column of each word: by what it is where that is plain, else by where it stands. */
function placeWords(words: readonly Word[], cuts: ColumnCuts): Placed[] {
  return words.map((word, index) => {
    const { text } = word;
    const column = cuts.columnAt((word.x0 + word.x1) / 2);
    const before = words[index - 1];
    const isLeft = column === 'receipt' || column === 'time';
    if (
      (DATE.test(text) || CLOCK.test(text)) &&
      (isLeft || before === undefined || RECEIPT.test(before.text))
    )
      return { column: 'time', word };
    if (column === 'time' && !/^[\d:-]+$/.test(text)) return { column: 'details', word };
    if (STATUS.test(text) && column === 'details' && (word.isGlued || words[index + 1]?.isGlued))
      return { column: 'status', word };
    const isAmount = MONEY.test(text) || UNUSED.test(text);
    if (column === 'status' && isAmount) return { column: 'money', word };
    if (column === 'type' && MONEY.test(text) && !(before && cuts.columnAt(before.x1) === 'type'))
      return { column: 'money', word };
    return { column, word };
  });
}

/** Where each row has its receipt; a date without one marks a row too, so that it is refused and not lost. */
function findAnchors(placed: readonly Placed[]): Anchor[] {
  const anchors = placed
    .filter(({ column, word }) => column === 'receipt' && RECEIPT.test(word.text))
    .map(({ word }) => ({ y: word.y, height: word.height }));
  for (const { column, word } of placed) {
    if (column !== 'time' || !DATE.test(word.text)) continue;
    if (anchors.some(({ y }) => Math.abs(y - word.y) < 1.2 * word.height)) continue;
    anchors.push({ y: word.y, height: word.height });
  }
  return anchors.sort((a, b) => a.y - b.y);
}

/** A line of the next page comes after every line of this one. */
function onNextPage({ column, word }: Placed): Placed {
  return { column, word: { ...word, y: word.y + 100_000 } };
}

/** Leaves out what stands far below the row and is no amount and no receipt: a stamp, a note under the table. */
function withoutStrays(draft: Draft): Draft {
  const words = draft.words.toSorted((a, b) => a.word.y - b.word.y);
  let last = words[0]?.word.y ?? 0;
  const kept: Placed[] = [];
  for (const item of words) {
    const { y, height, text } = item.word;
    if (y - last > MAX_GAP * height && !MONEY.test(text) && !RECEIPT.test(text)) continue;
    kept.push(item);
    last = y;
  }
  return { page: draft.page, words: kept };
}

function toRow({ page, words }: Draft, money: Money): PdfRow {
  const text = (column: TextColumn, separator = ' ') => {
    const own = words.filter((item) => item.column === column).map(({ word }) => word);
    own.sort((a, b) => a.y - b.y || a.x0 - b.x0);
    return joinWords(own, separator);
  };
  return {
    page,
    texts: {
      receipt: text('receipt', ''),
      time: text('time'),
      details: text('details'),
      status: text('status'),
      type: text('type'),
      other: text('other'),
    },
    money,
  };
}

/** A phone that was broken after its stars goes on without a space. */
function joinWords(words: readonly Word[], separator: string): string {
  let text = '';
  let before: Word | undefined;
  for (const word of words) {
    const isBroken =
      before !== undefined && before.y !== word.y && /[\d+]\*+$/.test(text) && /^[\d*]/.test(word.text);
    text += text === '' || word.isGlued || isBroken ? word.text : separator + word.text;
    before = word;
  }
  return text;
}
