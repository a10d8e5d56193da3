import { say } from '#shared/domain/message.ts';
import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { RowProblem } from '#shared/domain/statement/types.ts';
import { asRefusal, openTables } from '../container/open.ts';
import { FileRefused, type GridRow, type OpenedFile } from '../container/types.ts';
import type { InputFile } from '../types.ts';
import { headerShape } from './columns.ts';
import { decideSalesDates, type LocatedSales, locateSales, splitterOf } from './locate.ts';
import { createSaleReader } from './row.ts';
import type { ReadSalesOptions, SalesBatch, SalesHead } from './types.ts';

const BATCH = 1_000;

/**
 * Reads the shop's own record: a file with our column names, a known product's export, or any table under a map.
 * Good rows come out whatever bad rows stand between them; a file that cannot be taken ends with a `refused` batch.
 * Throws only the signal's reason and bugs.
 */
export async function* readSales(
  file: InputFile,
  options: ReadSalesOptions = {},
): AsyncGenerator<SalesBatch, void, void> {
  let opened: OpenedFile | null = null;
  try {
    opened = await openTables(file, { ...options, takesPdf: false });
    yield* readOpened(opened, options);
  } catch (error) {
    const known = asRefusal(error);
    if (!(known instanceof FileRefused)) throw known;
    yield { type: 'refused', refusal: known.refusal };
  } finally {
    await opened?.close();
  }
}

/** The head of a located file, once the order of its dates is known. */
export function toSalesHead(located: LocatedSales, dates: SalesHead['dates']): SalesHead {
  const { layout, headers, map } = located;
  return { layout, headers, headerShape: headerShape(headers), map, dates };
}

async function* readOpened(
  opened: OpenedFile,
  options: ReadSalesOptions,
): AsyncGenerator<SalesBatch, void, void> {
  const located = await locateSales(opened, options.map);
  const { reading, isNeeded } = await decideSalesDates(located, options.dates);
  yield { type: 'head', head: toSalesHead(located, isNeeded ? reading.numeric : null) };
  const readSale = createSaleReader(located.columns, reading);
  let sales: SaleRow[] = [];
  let problems: RowProblem[] = [];
  let warnings: RowProblem[] = [];
  let rows = 0;
  const splitter = splitterOf(located);
  function read(gridRow: GridRow): void {
    const result = readSale(gridRow);
    if (result.type === 'skip') return;
    rows++;
    if (result.type === 'refused') problems.push({ row: gridRow.row, reason: result.reason });
    else {
      sales.push(result.sale);
      for (const reason of result.warnings) warnings.push({ row: gridRow.row, reason });
    }
  }
  for await (const batch of located.table.rows()) {
    for (const gridRow of batch) {
      if (gridRow.row <= located.headerRow) continue;
      for (const sale of splitter.take(gridRow)) read(sale);
      if (sales.length < BATCH && problems.length < BATCH && warnings.length < BATCH) continue;
      yield { type: 'rows', sales, problems, warnings };
      [sales, problems, warnings] = [[], [], []];
    }
  }
  for (const sale of splitter.end()) read(sale);
  if (sales.length + problems.length > 0) yield { type: 'rows', sales, problems, warnings };
  if (rows > 0) return;
  throw new FileRefused({
    code: 'header-only',
    reason: say('reading.file.header-only'),
    row: located.headerRow,
  });
}
