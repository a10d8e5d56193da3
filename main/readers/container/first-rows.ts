import type { GridRow, Table } from './types.ts';

/** The first rows of a table; the rest is not read. */
export async function firstRows(table: Table, count: number): Promise<readonly GridRow[]> {
  const rows: GridRow[] = [];
  for await (const batch of table.rows({ isLookAhead: true })) {
    rows.push(...batch.slice(0, count - rows.length));
    if (rows.length >= count) break;
  }
  return rows;
}
