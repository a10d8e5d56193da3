import type { ColumnMap, SaleColumn } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import { firstRows } from '../container/first-rows.ts';
import { asRefusal, openTables } from '../container/open.ts';
import { FileRefused, type OpenedFile } from '../container/types.ts';
import type { InputFile } from '../types.ts';
import { REQUIRED_COLUMNS } from './columns.ts';
import { decideSalesDates, locateSales, splitterOf } from './locate.ts';
import { toSalesHead } from './read-sales.ts';
import { createSaleReader } from './row.ts';
import type { PreviewRow, SalesPreview, SalesRefusal } from './types.ts';

const ROWS = 20;

export type PreviewSalesOptions = {
  readonly map: ColumnMap;
  readonly dates?: DateOrder;
  readonly signal?: AbortSignal;
};

/**
 * The first 20 rows as this map reads them, with what would be refused and why. A map that lacks the time or the
 * amount gives no rows and names them in `missing`; dates that nothing decides give the refusal `ambiguous-dates`.
 */
export async function previewSales(
  file: InputFile,
  { map, dates, signal }: PreviewSalesOptions,
): Promise<SalesPreview> {
  let opened: OpenedFile | null = null;
  const missing = REQUIRED_COLUMNS.filter((column) => !Object.values(map).includes(column));
  try {
    opened = await openTables(file, { signal, takesPdf: false });
    const located = await locateSales(opened, map);
    const { reading, isNeeded } = await decideSalesDates(located, dates);
    const readSale = createSaleReader(located.columns, reading);
    const rows: PreviewRow[] = [];
    const splitter = splitterOf(located);
    const below = (await firstRows(located.table, located.headerRow + ROWS)).filter(
      ({ row }) => row > located.headerRow,
    );
    for (const gridRow of [...below.flatMap((row) => splitter.take(row)), ...splitter.end()]) {
      if (rows.length >= ROWS) continue;
      const result = readSale(gridRow);
      if (result.type === 'skip') continue;
      const reasons = result.type === 'sale' ? result.warnings : [result.reason];
      rows.push({
        row: gridRow.row,
        cells: gridRow.cells,
        sale: result.type === 'sale' ? result.sale : null,
        problems: reasons.map((reason) => ({ row: gridRow.row, reason })),
      });
    }
    return { type: 'preview', head: toSalesHead(located, isNeeded ? reading.numeric : null), rows, missing };
  } catch (error) {
    const known = asRefusal(error);
    if (!(known instanceof FileRefused)) throw known;
    return missing.length > 0
      ? asUnread(known.refusal, map, missing)
      : { type: 'refused', refusal: known.refusal };
  } finally {
    await opened?.close();
  }
}

/** The rows as they stand, while the map is still incomplete. */
function asUnread(refusal: SalesRefusal, map: ColumnMap, missing: readonly SaleColumn[]): SalesPreview {
  const { headers, headerShape, sample, row } = refusal;
  if (!headers || headerShape === undefined || !sample || row === undefined)
    return { type: 'refused', refusal };
  const rows = sample.map((cells, index) => ({ row: row + 1 + index, cells, sale: null, problems: [] }));
  return {
    type: 'preview',
    head: { layout: 'mapped', headers, headerShape, map, dates: null },
    rows,
    missing,
  };
}
