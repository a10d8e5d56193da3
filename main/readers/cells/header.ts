/** A column name without case, dots, colons and spare spaces: `Receipt No. ` → `receipt no`. */
export function normaliseHeader(text: string): string {
  return text
    .replace(/[\ufeff\u200b]/g, '')
    .replace(/[.:*"']/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Where each wanted column is, by any of its names; the first of two equal headers counts. */
export function locateColumns<Column extends string>(
  cells: readonly string[],
  names: Readonly<Record<Column, readonly string[]>>,
): Map<Column, number> {
  const headers = cells.map(normaliseHeader);
  const found = new Map<Column, number>();
  for (const column of Object.keys(names) as Column[]) {
    const index = headers.findIndex((header) => names[column].includes(header));
    if (index !== -1) found.set(column, index);
  }
  return found;
}

/** The number of cells that a row under this header may fill. */
export function headerWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] as string).trim() === '') width--;
  return width;
}
