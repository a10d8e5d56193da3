import { headerWidth, locateColumns } from '../../cells/header.ts';
import type { ContainerKind } from '../../container/types.ts';
import { ACCOUNT_STATEMENT } from './account-statement.ts';
import { FULL_STATEMENT } from './full-statement.ts';
import type { StatementColumn, StatementLayout } from './layout.ts';
import { PERSONAL } from './personal.ts';
import { PORTAL } from './portal.ts';
import { PUSHED, PUSHED_STORES } from './pushed.ts';
import { STATEMENTS } from './statements.ts';

/** Every layout that is known. */
export const LAYOUTS: readonly StatementLayout[] = [
  PORTAL,
  STATEMENTS,
  FULL_STATEMENT,
  PUSHED_STORES,
  PUSHED,
  ACCOUNT_STATEMENT,
  PERSONAL,
];

export type RecognisedHeader = {
  readonly layout: StatementLayout;
  readonly columns: ReadonlyMap<StatementColumn, number>;
  readonly width: number;
};

/** The layout whose header this row is, by the names in it and the container. */
export function recogniseHeader(cells: readonly string[], kind: ContainerKind): RecognisedHeader | null {
  for (const layout of LAYOUTS) {
    if (layout.kinds && !layout.kinds.includes(kind)) continue;
    const columns = locateColumns(cells, layout.columns);
    if (!layout.required.every((column) => columns.has(column))) continue;
    if (layout.telling.length > 0 && !layout.telling.some((column) => columns.has(column))) continue;
    if (layout.fits && !layout.fits(cells, columns)) continue;
    return { layout, columns, width: headerWidth(cells) };
  }
  return null;
}

/**
 * The names that a row lacks to be a header, when it has at least four of the columns of a layout: somebody deleted
 * or renamed a column. Null for a row that is nothing like a header.
 */
export function missingColumns(cells: readonly string[]): readonly string[] | null {
  let nearest: readonly string[] | null = null;
  for (const layout of LAYOUTS) {
    const columns = locateColumns(cells, layout.columns);
    if (!columns.has('receipt') || columns.size < 4) continue;
    const missing = layout.required
      .filter((column) => !columns.has(column))
      .map((column) => layout.columns[column][0] ?? '');
    if (missing.length > 0 && (nearest === null || missing.length < nearest.length)) nearest = missing;
  }
  return nearest;
}
