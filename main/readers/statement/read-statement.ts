import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import type { RowProblem, StatementHead, StatementLine } from '#shared/domain/statement/types.ts';
import type { DateReading } from '../cells/date.ts';
import { asRefusal, openTables } from '../container/open.ts';
import { FileRefused, type GridRow, type OpenedFile } from '../container/types.ts';
import type { InputFile } from '../types.ts';
import { hasOpenDate, readHead } from './head.ts';
import { type RecognisedHeader, recogniseHeader } from './layouts/index.ts';
import type { HeadText } from './layouts/layout.ts';
import { locateStatement } from './locate.ts';
import { decideDates, inferFileAccount } from './look-ahead.ts';
import { createRowReader, type RowResult } from './row.ts';
import type { ReadStatementOptions, StatementBatch } from './types.ts';

const BATCH = 1_000;

/**
 * Reads a statement file of any known layout and container, told by its content. Good rows come out whatever bad
 * rows stand between them; a file that cannot be taken ends with a `refused` batch. Throws only the signal's reason
 * and bugs. Rows are streamed from CSV; a workbook is held whole, within its limits.
 */
export async function* readStatement(
  file: InputFile,
  options: ReadStatementOptions = {},
): AsyncGenerator<StatementBatch, void, void> {
  let opened: OpenedFile | null = null;
  try {
    opened = await openTables(file, options);
    yield* readOpened(opened, file, options);
  } catch (error) {
    const known = asRefusal(error);
    if (!(known instanceof FileRefused)) throw known;
    yield { type: 'refused', refusal: known.refusal };
  } finally {
    await opened?.close();
  }
}

async function* readOpened(
  opened: OpenedFile,
  file: InputFile,
  options: ReadStatementOptions,
): AsyncGenerator<StatementBatch, void, void> {
  const located = await locateStatement(opened);
  const { layout } = located.header;
  let fallbackAccount: string | null = null;
  let reading: DateReading | null = null;

  async function makeHead(text: HeadText): Promise<StatementHead> {
    let head = readHead(text, layout, opened.kind, reading);
    if (reading === null && hasOpenDate(text, layout)) {
      reading = await decide(head);
      head = readHead(text, layout, opened.kind, reading);
    }
    if (!text.account) fallbackAccount ??= await inferFileAccount(located);
    return completeHead(head, fallbackAccount ?? '', options.shortCode);
  }

  async function decide({ periodFrom, periodTo }: StatementHead): Promise<DateReading> {
    const decided = await decideDates(located, { from: periodFrom, to: periodTo }, options.dates);
    if (decided !== 'ambiguous') return decided;
    throw new FileRefused({ code: 'ambiguous-dates', reason: say('reading.file.ambiguous-dates') });
  }

  let header = located.header;
  let head = await makeHead(layout.readHead(located.preamble, file.name));
  if (head.shortCode === null && !header.columns.has('shortCode')) {
    throw new FileRefused({ code: 'needs-short-code', reason: say('reading.file.needs-short-code') });
  }
  yield { type: 'head', head };

  const makeReader = () =>
    createRowReader({
      header,
      shortCode: head.shortCode,
      account: head.accounts[0]?.account ?? fallbackAccount ?? '',
      reading,
    });
  let readRow = makeReader();
  let section: (readonly string[])[] = [];
  const startSection = async () => {
    const text = layout.readHead(section, '');
    section = [];
    const { shortCode } = head;
    return makeHead({ ...(shortCode === null ? {} : { shortCode }), ...text });
  };
  let rows = 0;
  const out = createOutput();

  for await (const batch of located.table.rows()) {
    for (const gridRow of batch) {
      if (gridRow.row <= located.headerRow) continue;
      if (looksLikeMovement(gridRow, header)) {
        if (section.length > 0) {
          // A further part that was pasted without its header: its rows are of the short code stated above them.
          if (out.size() > 0) yield out.take();
          head = await startSection();
          yield { type: 'head', head };
          readRow = makeReader();
        }
      } else {
        if (layout.isPreamble(gridRow.cells)) {
          section.push(gridRow.cells);
          continue;
        }
        const again = recogniseHeader(gridRow.cells);
        if (again?.layout === layout) {
          header = again;
          if (section.length > 0) {
            if (out.size() > 0) yield out.take();
            head = await startSection();
            yield { type: 'head', head };
          }
          readRow = makeReader();
          continue;
        }
      }
      let result = readRow(gridRow);
      if (result.type === 'needs-dates') {
        reading = await decide(head);
        readRow = makeReader();
        result = readRow(gridRow);
      }
      rows += out.put(gridRow.row, result);
      if (out.size() >= BATCH) yield out.take();
    }
  }
  if (out.size() > 0) yield out.take();
  const isQuietDay = head.periodFrom !== null && !layout.hasManyAccounts;
  if (rows === 0 && !isQuietDay) {
    throw new FileRefused({
      code: 'header-only',
      reason: say('reading.file.header-only'),
      row: located.headerRow,
    });
  }
}

/** A row with a receipt where one belongs is a movement; only the others are looked at for a second header. */
function looksLikeMovement({ cells, problem }: GridRow, header: RecognisedHeader): boolean {
  if (problem !== null) return true;
  const text = cells[header.columns.get('receipt') ?? -1] ?? '';
  return /^[A-Z][A-Z0-9]{9}$/.test(text) || (/\d/.test(text) && parseReceipt(text) !== null);
}

/** Adds what the user said, and the account that the rows speak of, to what the file states. */
function completeHead(
  head: StatementHead,
  fallbackAccount: string,
  givenCode: string | undefined,
): StatementHead {
  const shortCode = head.shortCode ?? givenCode ?? null;
  const accounts = head.accounts.map((stated) => ({
    ...stated,
    shortCode,
    account: stated.account === '' ? fallbackAccount : stated.account,
  }));
  return { ...head, shortCode, accounts };
}

function createOutput() {
  let lines: StatementLine[] = [];
  let problems: RowProblem[] = [];
  let warnings: RowProblem[] = [];
  return {
    size: () => Math.max(lines.length, problems.length, warnings.length),
    /** Returns the number of rows that this one counts as: a skipped one is none. */
    put(row: number, result: RowResult): number {
      if (result.type === 'refused') problems.push({ row, reason: result.reason });
      else if (result.type === 'line') {
        lines.push(result.line);
        for (const reason of result.warnings) warnings.push({ row, reason });
      }
      return result.type === 'skip' ? 0 : 1;
    },
    take(): StatementBatch {
      const batch: StatementBatch = { type: 'rows', lines, problems, warnings };
      lines = [];
      problems = [];
      warnings = [];
      return batch;
    },
  };
}
