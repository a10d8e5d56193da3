import type { Message } from '#shared/domain/message.ts';
import type { FileRefusal } from '../types.ts';

export type ContainerKind = 'csv' | 'xls' | 'xlsx' | 'pdf';

/** One row of a table as text. `row` is the 1-based physical line (CSV) or sheet row where it starts. */
export type GridRow = {
  readonly row: number;
  readonly cells: readonly string[];
  /** Set when the row itself cannot be read; `cells` is then empty. */
  readonly problem: Message | null;
};

/** A sheet, or a whole CSV file. */
export type Table = {
  readonly name: string;
  /** Reads from the start, each time it is called; a look ahead reports no progress. */
  rows(options?: { readonly isLookAhead?: boolean }): AsyncGenerator<readonly GridRow[]>;
};

export type OpenedFile = {
  readonly kind: ContainerKind;
  readonly tables: readonly Table[];
  close(): Promise<void>;
};

/** Limits on what one row may hold. A statement has 14 columns; nothing honest comes near these. */
export const MAX_COLUMNS = 200;
export const MAX_CELL = 65_536;
/** Limits on a workbook, which cannot be streamed. */
export const MAX_SHEET_ROWS = 200_000;
export const MAX_UNPACKED = 100 * 1024 * 1024;

/** Thrown inside the readers and caught by each public reader, which hands the refusal out as a value. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal) {
    super(refusal.reason.id);
    this.name = 'FileRefused';
    this.refusal = refusal;
  }
}
