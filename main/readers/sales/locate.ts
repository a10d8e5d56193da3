import { say } from '#shared/domain/message.ts';
import { parseReceipt, receiptDate } from '#shared/domain/receipt.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import { type DateReading, readDateCell } from '../cells/date.ts';
import { gatherDateEvidence } from '../cells/date-order.ts';
import { firstRows } from '../container/first-rows.ts';
import {
  type ContainerKind,
  FileRefused,
  type GridRow,
  type OpenedFile,
  type Table,
} from '../container/types.ts';
import { recogniseHeader } from '../statement/layouts/index.ts';
import { headerShape, placeColumns, type SaleColumns, suggestMap } from './columns.ts';
import { fitsMap, isItemList, recogniseSales } from './recognise.ts';
import { joinTimeCells } from './row.ts';
import { AS_THEY_ARE, type RowSplitter, splitOrders } from './split-tenders.ts';
import type { SalesLayoutId, SalesRefusal } from './types.ts';

/** A header further down than this is not looked for. */
const MAX_PREAMBLE = 40;
const SAMPLE_ROWS = 8;

export type LocatedSales = {
  readonly table: Table;
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly layout: SalesLayoutId;
  readonly map: ColumnMap;
  readonly columns: SaleColumns;
};

/**
 * The sheet and the row where the sales begin, under the given map or by recognition. Throws `FileRefused`; with
 * `needs-map` the refusal carries what the mapping screen shows.
 */
export async function locateSales(file: OpenedFile, map: ColumnMap | undefined): Promise<LocatedSales> {
  let guess: { table: Table; header: GridRow; below: readonly GridRow[] } | null = null;
  let refusal: FileRefused | null = null;
  for (const table of file.tables) {
    const rows = await firstRows(table, MAX_PREAMBLE + SAMPLE_ROWS);
    for (const [index, { row, cells }] of rows.entries()) {
      const found =
        map === undefined
          ? recogniseSales(cells)
          : fitsMap(cells, map)
            ? { layout: 'mapped' as const, map }
            : null;
      if (found) {
        return { table, headerRow: row, headers: cells, columns: placeColumns(cells, found.map), ...found };
      }
      refusal ??= explainKnown(cells, file.kind);
      const isBlank = cells.every((cell) => cell.trim() === '');
      const isBetter = guess === null ? !isBlank : wordCount(cells) > wordCount(guess.header.cells);
      if (index < MAX_PREAMBLE && isBetter)
        guess = { table, header: rows[index] as GridRow, below: rows.slice(index + 1) };
    }
  }
  if (refusal && map === undefined) throw refusal;
  if (guess === null) throw new FileRefused({ code: 'empty', reason: say('reading.file.empty') });
  throw needsMap(guess.header, guess.below, map !== undefined);
}

function explainKnown(cells: readonly string[], kind: ContainerKind): FileRefused | null {
  if (isItemList(cells))
    return new FileRefused({ code: 'is-item-list', reason: say('reading.file.is-item-list') });
  if (!recogniseHeader(cells, kind)) return null;
  return new FileRefused({ code: 'is-statement', reason: say('reading.file.is-statement') });
}

function needsMap({ row, cells }: GridRow, below: readonly GridRow[], isMapGiven: boolean): FileRefused {
  const headers = cells.map((cell) => cell.trim());
  const refusal: SalesRefusal = {
    code: 'needs-map',
    reason: say(isMapGiven ? 'reading.file.map-does-not-fit' : 'reading.file.needs-map'),
    row,
    headers,
    headerShape: headerShape(headers),
    sample: below.slice(0, SAMPLE_ROWS).map(({ cells: values }) => values),
    suggestedMap: suggestMap(headers),
  };
  return new FileRefused(refusal);
}

/** How many different words, not figures, a row holds: the header is the row with most of them. */
function wordCount(cells: readonly string[]): number {
  return new Set(
    cells.map((cell) => cell.trim()).filter((cell) => /\p{L}/u.test(cell) && !/\d{3}/.test(cell)),
  ).size;
}

/** How the rows of the file become sales: one each, or several where an order was paid in several ways. */
export function splitterOf({ layout, headers, columns }: LocatedSales): RowSplitter {
  return layout === 'odoo-orders' ? splitOrders(headers, columns) : AS_THEY_ARE;
}

/** Reads all dates of the file to learn their order; `given` wins over what they suggest. */
export async function decideSalesDates(
  located: LocatedSales,
  given: DateOrder | undefined,
): Promise<{ readonly reading: DateReading; readonly isNeeded: boolean }> {
  const evidence = gatherDateEvidence();
  const receiptAt = located.columns.places.get('receipt')?.[0] ?? -1;
  let isNeeded = false;
  for await (const batch of located.table.rows({ isLookAhead: true })) {
    for (const { row, cells } of batch) {
      if (row <= located.headerRow) continue;
      const cell = readDateCell(joinTimeCells(cells, located.columns));
      if (!cell) continue;
      isNeeded ||= cell.form === 'numeric';
      const receipt = parseReceipt(cells[receiptAt] ?? '');
      evidence.add(cell, receipt && receiptDate(receipt));
    }
  }
  const decided = evidence.decide();
  if (given !== undefined) {
    const areIsoSwapped = decided !== 'ambiguous' && decided.areIsoSwapped;
    return { reading: { numeric: given, areIsoSwapped }, isNeeded };
  }
  if (decided !== 'ambiguous') return { reading: decided, isNeeded };
  const reason = say('reading.file.ambiguous-dates', { sample: evidence.sample() });
  throw new FileRefused({ code: 'ambiguous-dates', reason });
}
