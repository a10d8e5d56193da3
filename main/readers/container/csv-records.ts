import { type Message, say } from '#shared/domain/message.ts';
import { type GridRow, MAX_CELL, MAX_COLUMNS } from './types.ts';

export type LineEnd = '\n' | '\r';
export type CsvShape = { readonly delimiter: string; readonly lineEnd: LineEnd };

/** A longer line is not read into memory: it is refused and left out up to its end. */
const MAX_LINE = 512 * 1024;
/** A quoted cell over more lines than this is a quote that never closes. */
const MAX_LINES_IN_CELL = 100;

type Record =
  | { readonly type: 'record'; readonly cells: string[]; readonly next: number; readonly lines: number }
  /** The quote at `at` does not close as it should. */
  | { readonly type: 'damaged'; readonly at: number }
  | { readonly type: 'more' };

/**
 * Cuts CSV text (RFC 4180, any delimiter) into rows as it streams in. What sets it apart from a library: it knows
 * the physical line of each row, and a quote that never closes costs that line only, not the rest of the file.
 */
export function createCsvRows({ delimiter, lineEnd }: CsvShape): {
  /** Adds the rows that `chunk` completes to `out`; `isLast` also those that the end of the text completes. */
  push(chunk: string, isLast: boolean, out: GridRow[]): void;
} {
  let text = '';
  let row = 1;
  let isSkipping = false;

  const lineStop = (end: number, start: number) =>
    lineEnd === '\n' && end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;

  function push(chunk: string, isLast: boolean, out: GridRow[]): void {
    text = text === '' ? chunk : text + chunk;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      let end = text.indexOf(lineEnd, at);
      const isCut = end === -1;
      if (isCut) {
        if (!isLast && !isSkipping && text.length - at <= MAX_LINE) break;
        end = text.length;
      }
      if (isSkipping || end - at > MAX_LINE) {
        if (!isSkipping) out.push(refused(row, say('reading.row.too-long')));
        isSkipping = isCut && !isLast;
        at = isCut ? end : end + 1;
        if (!isSkipping) row++;
        continue;
      }
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const stop = lineStop(end, at);
      if (quote === -1 || quote >= stop) {
        if (stop > at) out.push(toRow(row, text.slice(at, stop).split(delimiter)));
        at = end + 1;
        row++;
        continue;
      }
      const record = readQuoted(text, at, delimiter, lineEnd, isLast);
      if (record.type === 'more') break;
      if (record.type === 'record') {
        out.push(toRow(row, record.cells));
        at = record.next;
        row += record.lines;
        continue;
      }
      row += countLines(text, at, record.at, lineEnd);
      out.push(refused(row, say('reading.row.quote-not-closed')));
      const resume = text.indexOf(lineEnd, record.at);
      at = resume === -1 ? text.length : resume + 1;
      row++;
      isSkipping = resume === -1 && !isLast;
    }
    text = at < text.length ? text.slice(at) : '';
  }

  return { push };
}

function refused(row: number, problem: Message): GridRow {
  return { row, cells: [], problem };
}

function toRow(row: number, cells: string[]): GridRow {
  if (cells.length > MAX_COLUMNS)
    return refused(row, say('reading.row.too-many-columns', { most: MAX_COLUMNS }));
  for (let i = 0; i < cells.length; i++) {
    if ((cells[i] as string).length > MAX_CELL) return refused(row, say('reading.row.cell-too-long'));
  }
  return { row, cells, problem: null };
}

function countLines(text: string, from: number, to: number, lineEnd: LineEnd): number {
  let lines = 0;
  for (let at = text.indexOf(lineEnd, from); at !== -1 && at < to; at = text.indexOf(lineEnd, at + 1))
    lines++;
  return lines;
}

/** Reads one record that has a quote in its first line. */
function readQuoted(
  text: string,
  start: number,
  delimiter: string,
  lineEnd: LineEnd,
  isLast: boolean,
): Record {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) !== 34) {
      const end = text.indexOf(lineEnd, at);
      if (end === -1 && !isLast) return { type: 'more' };
      const stop = end === -1 ? text.length : end;
      const cut = text.indexOf(delimiter, at);
      if (cut !== -1 && cut < stop) {
        cells.push(text.slice(at, cut));
        at = cut + 1;
        continue;
      }
      const last = lineEnd === '\n' && text.charCodeAt(stop - 1) === 13 && stop > at ? stop - 1 : stop;
      cells.push(text.slice(at, last));
      return { type: 'record', cells, next: stop + 1, lines: 1 + countLines(text, start, at, lineEnd) };
    }
    const cell = readQuotedCell(text, at, lineEnd, isLast);
    if (cell === 'more') return { type: 'more' };
    if (cell === 'damaged') return { type: 'damaged', at };
    cells.push(cell.value);
    let after = cell.next;
    while (text.charCodeAt(after) === 32) after++;
    if (after + 1 >= text.length && !isLast) return { type: 'more' };
    if (text[after] === delimiter) {
      at = after + 1;
      continue;
    }
    if (lineEnd === '\n' && text[after] === '\r') after++;
    if (after < text.length && text[after] !== lineEnd) return { type: 'damaged', at };
    return { type: 'record', cells, next: after + 1, lines: 1 + countLines(text, start, after, lineEnd) };
  }
}

function readQuotedCell(
  text: string,
  start: number,
  lineEnd: LineEnd,
  isLast: boolean,
): { value: string; next: number } | 'more' | 'damaged' {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    const end = quote === -1 ? text.length : quote;
    if (end - start > MAX_LINE || countLines(text, from, end, lineEnd) > MAX_LINES_IN_CELL) return 'damaged';
    if (quote === -1) return isLast ? 'damaged' : 'more';
    value += text.slice(from, quote);
    if (quote + 1 === text.length && !isLast) return 'more';
    if (text.charCodeAt(quote + 1) !== 34) return { value, next: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
