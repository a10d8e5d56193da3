import { type Checks, createChecks } from '#shared/domain/statement/checks.ts';
import { classifyLine } from '#shared/domain/statement/classify.ts';
import { countOccurrences } from '#shared/domain/statement/occurrence.ts';
import type { ClassifiedLine, StatementLine } from '#shared/domain/statement/types.ts';
import { readStatement } from '../../readers/statement/read-statement.ts';
import { packLines } from '../pack-lines.ts';
import type { Jobs, StatementNews } from '../protocol.ts';
import { hashOrRefuse } from './hash-file.ts';

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
      if (checks) checks.addHead(batch.head);
      else checks = createChecks(batch.head);
      yield batch;
      continue;
    }
    for (const line of batch.lines) checks?.add(line);
    yield { ...batch, lines: packLines(batch.lines.map((line) => classify(line, occurrenceOf(line)))) };
    if (progress) yield progress;
  }
  if (checks) yield { type: 'checked', accounts: checks.finish() };
}

function classify(line: StatementLine, occurrence: number): ClassifiedLine {
  return { ...line, ...classifyLine(line), occurrence };
}
