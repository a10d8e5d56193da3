import { say } from '#shared/domain/message.ts';
import type { GridRow, Table } from '../container/types.ts';
import { FileRefused, MAX_SHEET_ROWS } from '../container/types.ts';
import { ONLY_ACCOUNT } from '../statement/printed-head.ts';
import type { ReadProgress } from '../types.ts';
import { createCuts, findHeader, type TableHeader } from './columns.ts';
import {
  clearFurniture,
  type PdfHead,
  readAccountTitle,
  readLabels,
  readTotals,
  type Totals,
} from './furniture.ts';
import { confirmByBalance } from './money.ts';
import { tooBig } from './open-pdf.ts';
import { createRowGatherer, type PdfRow, type RowGatherer } from './rows.ts';
import type { PdfFile } from './types.ts';
import { type Line, textOf, toLines } from './words.ts';

const BATCH = 1_000;
/** One summary, or one an account. */
const MAX_TOTALS = 20;

export type PdfTableOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReadProgress | undefined;
  /** Bytes of the file, for progress. */
  readonly size: number;
};

/** The table of one account, perhaps over many pages. */
type Section = { account: string | null; header: TableHeader; gatherer: RowGatherer };

/**
 * A statement PDF as a table: what the pages say about themselves comes first as rows of a label and its value, then,
 * for each account, the header and its rows. `row` counts the rows of that table, not lines on paper.
 */
export async function readStatementTable(pdf: PdfFile, options: PdfTableOptions): Promise<Table> {
  const { signal, onProgress, size } = options;
  const head: { -readonly [name in keyof PdfHead]: PdfHead[name] } = {};
  const totals: Totals[] = [];
  const sections: Section[] = [];
  let account: string | null = null;
  let isTable = false;
  let verificationCode: string | null = null;
  let words = 0;

  for await (const page of pdf.pages()) {
    const cleared = clearFurniture(toLines(page.items));
    verificationCode ??= cleared.verificationCode;
    words += page.items.length;
    readPage(page.number, cleared.lines);
    if (words > 40 * MAX_SHEET_ROWS) throw tooBig();
    onProgress?.(Math.floor((size * page.number) / pdf.pageCount), size);
    signal?.throwIfAborted();
  }
  if (words === 0) throw new FileRefused({ code: 'is-pdf', reason: say('reading.pdf.no-text') });

  function readPage(number: number, lines: readonly Line[]): void {
    let body: Line[] = [];
    let headerBottom = Number.NEGATIVE_INFINITY;
    const hasHeader = lines.some((_, index) => findHeader(lines, index) !== null);
    // On a page that repeats the header, nothing above it belongs to the table.
    if (hasHeader && sections.length > 0 && !lines.some(isTitle)) isTable = false;
    const flush = () => {
      if (isTable) sections.at(-1)?.gatherer.addPage(number, body);
      body = [];
    };
    lines.forEach((line, index) => {
      if (line.y <= headerBottom) return;
      const text = textOf(line.words);
      const title = readAccountTitle(text);
      if (title !== null) {
        flush();
        account = title;
        isTable = false;
        return;
      }
      const header = findHeader(lines, index) ?? headerSoon(lines, index);
      if (header) {
        flush();
        beginTable(header);
        headerBottom = header.bottom + 0.3 * line.height;
        return;
      }
      if (isTable) body.push(line);
      else readHeadLine(line, text);
    });
    flush();
  }

  function readHeadLine(line: Line, text: string): void {
    for (const [name, value] of Object.entries(readLabels(text))) head[name as keyof PdfHead] ??= value;
    const found = readTotals(line);
    if (found && totals.length < MAX_TOTALS) totals.push(found);
  }

  /** A header that is printed again on the next page goes on with the same table. */
  function beginTable(header: TableHeader): void {
    isTable = true;
    const last = sections.at(-1);
    if (last && last.account === account && isSameHeader(last.header, header)) return;
    sections.push({ account, header, gatherer: createRowGatherer(header, createCuts(header)) });
  }

  if (sections.length === 0)
    throw new FileRefused({ code: 'is-pdf', reason: say('reading.pdf.not-a-statement') });
  const rows = layOut({ head, verificationCode, totals, sections });
  return {
    name: 'PDF',
    async *rows() {
      for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
    },
  };
}

const isTitle = ({ words }: Line) => readAccountTitle(textOf(words)) !== null;

/** The first line of a header is the one before that of `Receipt No.`, where names are centred over two lines. */
function headerSoon(lines: readonly Line[], index: number): TableHeader | null {
  const line = lines[index] as Line;
  for (let next = index + 1; next < Math.min(lines.length, index + 3); next++) {
    const header = findHeader(lines, next);
    if (header && line.y >= header.top - 0.3 * line.height) return header;
  }
  return null;
}

function isSameHeader(a: TableHeader, b: TableHeader): boolean {
  return (
    a.columns.length === b.columns.length &&
    a.columns.every(({ name, x0 }, index) => {
      const other = b.columns[index];
      return other?.name === name && Math.abs(other.x0 - x0) < 2;
    })
  );
}

type Found = {
  readonly head: PdfHead;
  readonly verificationCode: string | null;
  readonly totals: readonly Totals[];
  readonly sections: readonly Section[];
};

/** Everything the PDF says as rows of text, in the order in which the statement reader wants them. */
function layOut({ head, verificationCode, totals, sections }: Found): GridRow[] {
  const rows: GridRow[] = [];
  const put = (cells: readonly (string | null | undefined)[], problem: GridRow['problem'] = null) => {
    rows.push({ row: rows.length + 1, cells: cells.map((cell) => cell ?? ''), problem });
  };
  const isPersonal = head.mobileNumber !== undefined && head.shortCode === undefined;
  const putHead = () => {
    if (isPersonal) put(['Customer Name', head.holder]);
    else put(['Organisation Name', head.holder]);
    if (isPersonal) put(['Mobile Number', head.mobileNumber]);
    else put(['Shortcode', head.shortCode]);
    put(['Statement Period', head.period]);
    put(['Request Date', head.requestDate]);
    put(['Statement Verification Code', verificationCode]);
  };
  sections.forEach((section, index) => {
    putHead();
    if (index === 0) {
      const scope = sections.length === 1 && totals.length === 1 ? ONLY_ACCOUNT : '';
      for (const { paidIn, paidOut } of totals) put(['Summary Total', paidIn, paidOut, scope]);
    }
    if (section.account !== null) put(['Account Type', section.account]);
    put(isPersonal ? HEADER.slice(0, 7) : HEADER);
    const { rows: found, leftovers } = section.gatherer.finish();
    for (const row of confirmByBalance(found)) put(cellsOf(row));
    for (const page of leftovers) put([], say('reading.pdf.leftover', { page }));
  });
  return rows;
}

const HEADER = [
  'Receipt No.',
  'Completion Time',
  'Details',
  'Transaction Status',
  'Paid In',
  'Withdrawn',
  'Balance',
  'Transaction Type',
  'Other Party',
];

function cellsOf({ texts, money }: PdfRow): string[] {
  const { receipt, time, details, status, type, other } = texts;
  return [receipt, time, details, status, money.paidIn, money.withdrawn, money.balance, type, other];
}
