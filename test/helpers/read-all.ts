import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSales } from '#main/readers/sales/read-sales.ts';
import type { ReadSalesOptions, SalesHead, SalesRefusal } from '#main/readers/sales/types.ts';
import { readStatement } from '#main/readers/statement/read-statement.ts';
import type { ReadStatementOptions } from '#main/readers/statement/types.ts';
import type { FileRefusal, InputFile } from '#main/readers/types.ts';
import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { RowProblem, StatementHead, StatementLine } from '#shared/domain/statement/types.ts';
import { type Language, render } from '#shared/text/render.ts';

/** Runs `use` with the bytes as a file of that name, and removes it afterwards. */
export async function withFile<T>(
  name: string,
  bytes: Buffer | string,
  use: (file: InputFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'daftari-readers-'));
  try {
    const path = join(folder, 'upload.bin');
    await writeFile(path, bytes);
    return await use({ path, name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type ReadStatementResult = {
  readonly heads: StatementHead[];
  readonly lines: StatementLine[];
  readonly problems: RowProblem[];
  readonly warnings: RowProblem[];
  refusal: FileRefusal | null;
};

export async function collectStatement(
  file: InputFile,
  options: ReadStatementOptions = {},
): Promise<ReadStatementResult> {
  const all: ReadStatementResult = { heads: [], lines: [], problems: [], warnings: [], refusal: null };
  for await (const batch of readStatement(file, options)) {
    if (batch.type === 'head') all.heads.push(batch.head);
    else if (batch.type === 'refused') all.refusal = batch.refusal;
    else {
      all.lines.push(...batch.lines);
      all.problems.push(...batch.problems);
      all.warnings.push(...batch.warnings);
    }
  }
  return all;
}

/** Reads bytes as a statement file of that name. */
export function readStatementBytes(
  bytes: Buffer | string,
  name = 'statement.csv',
  options: ReadStatementOptions = {},
): Promise<ReadStatementResult> {
  return withFile(name, bytes, (file) => collectStatement(file, options));
}

export type ReadSalesResult = {
  head: SalesHead | null;
  readonly sales: SaleRow[];
  readonly problems: RowProblem[];
  readonly warnings: RowProblem[];
  refusal: SalesRefusal | null;
};

/** Reads bytes as a sales file. */
export function readSalesBytes(
  bytes: Buffer | string,
  options: ReadSalesOptions = {},
): Promise<ReadSalesResult> {
  return withFile('sales.csv', bytes, async (file) => {
    const all: ReadSalesResult = { head: null, sales: [], problems: [], warnings: [], refusal: null };
    for await (const batch of readSales(file, options)) {
      if (batch.type === 'head') all.head = batch.head;
      else if (batch.type === 'refused') all.refusal = batch.refusal;
      else {
        all.sales.push(...batch.sales);
        all.problems.push(...batch.problems);
        all.warnings.push(...batch.warnings);
      }
    }
    return all;
  });
}

/** `9: This line has no date.`: problems as a person reads them. */
export function inWords(problems: readonly RowProblem[], language: Language = 'en'): string[] {
  return problems.map(({ row, reason }) => `${row}: ${render(reason, language)}`);
}
