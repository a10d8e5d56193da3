import { type Checks, createChecks } from '#shared/domain/statement/checks.ts';
import { classifyLine } from '#shared/domain/statement/classify.ts';
import { countOccurrences } from '#shared/domain/statement/occurrence.ts';
import type { ClassifiedLine, RowProblem, StatementLine } from '#shared/domain/statement/types.ts';
import { readStatement } from '../../readers/statement/read-statement.ts';
import { packLines } from '../pack-lines.ts';
import type { Jobs, StatementNews } from '../protocol.ts';
import { hashOrRefuse } from './hash-file.ts';

/** Rows of one transaction: some 25 ms of the core's time, four times that on a slow machine. */
const ROWS_AT_ONCE = 2_000;

/** Reads a statement, classifies and numbers its lines, and checks its balances as it goes. */
export async function* readStatementFile(
  input: Jobs['read-statement']['input'],
  signal: AbortSignal,
): AsyncGenerator<StatementNews> {
  const hashed = await hashOrRefuse(input.file, signal);
  yield hashed;
  if (hashed.type === 'refused') return;
  let progress: StatementNews | undefined;
  let checks: Checks | undefined;
  const occurrenceOf = countOccurrences();
  const rows = collectRows();
  const { file, ...options } = input;
  const onProgress = (bytesRead: number, bytesTotal: number) => {
    progress = { type: 'progress', bytesRead, bytesTotal };
  };
  for await (const batch of readStatement(file, { ...options, signal, onProgress })) {
    if (batch.type === 'refused') {
      yield batch;
      return;
    }
    if (batch.type === 'head') {
      if (rows.size() > 0) yield rows.take();
      if (checks) checks.addHead(batch.head);
      else checks = createChecks(batch.head);
      yield batch;
      continue;
    }
    for (const line of batch.lines) checks?.add(line);
    rows.add({ ...batch, lines: batch.lines.map((line) => classify(line, occurrenceOf(line))) });
    if (rows.size() < ROWS_AT_ONCE) continue;
    yield rows.take();
    if (progress) yield progress;
  }
  if (rows.size() > 0) yield rows.take();
  if (checks) yield { type: 'checked', accounts: checks.finish() };
}

type Rows = {
  readonly lines: readonly ClassifiedLine[];
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
};

/** Puts the reader's batches together into one transaction's worth. */
function collectRows() {
  let parts: Rows[] = [];
  let size = 0;
  return {
    size: () => size,
    add(part: Rows): void {
      parts.push(part);
      size += Math.max(part.lines.length, part.problems.length);
    },
    take(): StatementNews {
      const lines = packLines(parts.flatMap((part) => part.lines));
      const problems = parts.flatMap((part) => part.problems);
      const warnings = parts.flatMap((part) => part.warnings);
      parts = [];
      size = 0;
      return { type: 'rows', lines, problems, warnings };
    },
  };
}

function classify(line: StatementLine, occurrence: number): ClassifiedLine {
  return { ...line, ...classifyLine(line), occurrence };
}
