import type { ColumnMap, SaleColumn, SaleRow } from '#shared/domain/sales/types.ts';
import type { RowProblem } from '#shared/domain/statement/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { FileRefusal, ReadProgress } from '../types.ts';

/** Where a sales file comes from, as read: recognised columns, a known product's export, or a person's map. */
export type SalesLayoutId = 'generic' | 'loyverse-receipts' | 'odoo-orders' | 'mapped';

export type ReadSalesOptions = {
  /** Their header → our column. Wins over recognition. */
  readonly map?: ColumnMap;
  readonly dates?: DateOrder;
  /** Stops the reading: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ReadProgress;
};

export type SalesHead = {
  readonly layout: SalesLayoutId;
  /** The file's own column names, in order. */
  readonly headers: readonly string[];
  /** Under this key a map is remembered; see `headerShape`. */
  readonly headerShape: string;
  /** The map in use: header → our column. */
  readonly map: ColumnMap;
  /** The order decided for the whole file; null when no date needed one. */
  readonly dates: DateOrder | null;
};

/** A sales file that was not taken; with `needs-map` it carries what the mapping screen shows. */
export type SalesRefusal = FileRefusal & {
  readonly headers?: readonly string[];
  readonly headerShape?: string;
  /** The first 8 rows below the header, as text. */
  readonly sample?: readonly (readonly string[])[];
  readonly suggestedMap?: ColumnMap;
};

/** What `readSales` yields: `head` first and once, then `rows`; `refused` is always the last batch. */
export type SalesBatch =
  | { readonly type: 'head'; readonly head: SalesHead }
  | {
      readonly type: 'rows';
      /** At most 1,000, in file order. */
      readonly sales: readonly SaleRow[];
      readonly problems: readonly RowProblem[];
      readonly warnings: readonly RowProblem[];
    }
  | { readonly type: 'refused'; readonly refusal: SalesRefusal };

/** The first rows of a file as a map would read them, for the live preview of the mapping screen. */
export type SalesPreview =
  | {
      readonly type: 'preview';
      readonly head: SalesHead;
      readonly rows: readonly PreviewRow[];
      /** Our columns that the map does not give and that a sale cannot do without. */
      readonly missing: readonly SaleColumn[];
    }
  | { readonly type: 'refused'; readonly refusal: SalesRefusal };

export type PreviewRow = {
  readonly row: number;
  readonly cells: readonly string[];
  /** Null when the row would be refused; `problems` says why. */
  readonly sale: SaleRow | null;
  readonly problems: readonly RowProblem[];
};
