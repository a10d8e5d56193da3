import { say } from '#shared/domain/message.ts';
import type { RowProblem, StatementLine } from '#shared/domain/statement/types.ts';
import { asRefusal, openTables } from '../container/open.ts';
import { FileRefused, type OpenedFile } from '../container/types.ts';
import type { InputFile } from '../types.ts';
import type { HeadText } from './layouts/layout.ts';
import { locateStatement } from './locate.ts';
import { createParts } from './parts.ts';
import type { RowResult } from './row.ts';
import { createTotals } from './totals.ts';
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
  const { layout, columns } = located.header;
  const parts = createParts(opened, located, options);
  const headText = layout.readHead(located.preamble, file.name);
  let head = await parts.begin(headText);
  if (head.shortCode === null && !columns.has('shortCode')) {
    throw new FileRefused({ code: 'needs-short-code', reason: say('reading.file.needs-short-code') });
  }
  yield { type: 'head', head };

  const out = createOutput(headText);
  let preamble: (readonly string[])[] = [];
  for await (const batch of located.table.rows()) {
    for (const gridRow of batch) {
      if (gridRow.row <= located.headerRow) continue;
      const role = parts.roleOf(gridRow);
      if (role === 'preamble') {
        preamble.push(gridRow.cells);
        continue;
      }
      if (typeof role === 'object') parts.switchHeader(role);
      if (preamble.length > 0 && role !== 'other') {
        // A further part, with its own header or pasted without one.
        if (out.size() > 0) yield out.take();
        head = await parts.begin(layout.readHead(preamble, ''));
        preamble = [];
        yield { type: 'head', head };
      }
      if (typeof role === 'object') continue;
      let result = parts.read(gridRow);
      if (result.type === 'needs-dates') {
        await parts.decideDates();
        result = parts.read(gridRow);
      }
      out.put(gridRow.row, result);
      if (out.size() >= BATCH) yield out.take();
    }
  }
  if (out.size() > 0) yield out.take();
  out.tie();
  // A portal export of a day without payments states its period and its balances, and is worth having.
  const isQuietDay = head.periodFrom !== null && !layout.hasManyAccounts;
  if (out.rows() > 0 || isQuietDay) return;
  throw new FileRefused({
    code: 'header-only',
    reason: say('reading.file.header-only'),
    row: located.headerRow,
  });
}

function createOutput(stated: HeadText) {
  const totals = createTotals(stated);
  let lines: StatementLine[] = [];
  let problems: RowProblem[] = [];
  let warnings: RowProblem[] = [];
  let rows = 0;
  let problemCount = 0;
  return {
    size: () => Math.max(lines.length, problems.length, warnings.length),
    /** Throws `FileRefused` when the rows are not what the file says they add up to. */
    tie: () => totals.tie(problemCount),
    /** Rows put so far; a skipped one is none. */
    rows: () => rows,
    put(row: number, result: RowResult): void {
      if (result.type !== 'skip') rows++;
      if (result.type === 'refused') {
        const { reason, receipt } = result;
        problems.push(receipt === undefined ? { row, reason } : { row, reason, receipt });
        problemCount++;
      } else if (result.type === 'line') {
        lines.push(result.line);
        totals.add(result.line);
        for (const reason of result.warnings) warnings.push({ row, reason });
      }
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
