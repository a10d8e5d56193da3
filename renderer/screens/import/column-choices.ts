import { type ColumnMap, SALE_COLUMNS, type SaleColumn } from '#shared/domain/sales/types.ts';

/** Without these two a sale cannot be read. */
export const NEEDED_COLUMNS: readonly SaleColumn[] = ['time', 'amount'];

/** A header of their file, with a few of its values to recognise it by. */
export type TheirColumn = {
  /** 1-based, from the left: what tells two headers of the same name apart. */
  readonly place: number;
  readonly header: string;
  readonly samples: readonly string[];
  /** A header without a name, or one that stands twice, cannot be told apart in a remembered map. */
  readonly isUsable: boolean;
};

/** Their columns in file order, each with up to `most` different, non-empty values. */
export function describeColumns(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  most = 3,
): TheirColumn[] {
  return headers.map((header, index) => {
    const values = rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
    const isUsable = header.trim() !== '' && headers.indexOf(header) === index;
    return { place: index + 1, header, samples: [...new Set(values)].slice(0, most), isUsable };
  });
}

/** Gives a header one of our columns (null = leave it out). Another header that had that column loses it. */
export function chooseColumn(map: ColumnMap, header: string, column: SaleColumn | null): ColumnMap {
  const others = Object.entries(map).filter(([name, taken]) => name !== header && taken !== column);
  return Object.fromEntries(column === null ? others : [...others, [header, column]]);
}

export function missingColumns(map: ColumnMap): SaleColumn[] {
  const chosen = new Set(Object.values(map));
  return NEEDED_COLUMNS.filter((column) => !chosen.has(column));
}

/** The part of a suggestion that this file can use. */
export function usableMap(suggested: ColumnMap, columns: readonly TheirColumn[]): ColumnMap {
  let map: ColumnMap = {};
  for (const { header, isUsable } of columns) {
    const column = suggested[header];
    if (isUsable && column !== undefined && !Object.values(map).includes(column)) {
      map = chooseColumn(map, header, column);
    }
  }
  return map;
}

/** Parses the value of a select element. */
export function toSaleColumn(value: string): SaleColumn | null {
  return SALE_COLUMNS.find((column) => column === value) ?? null;
}
