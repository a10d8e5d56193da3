import type { RowProblem, StatementHead, StatementLine } from '#shared/domain/statement/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { FileRefusal, ReadProgress } from '../types.ts';

export type ReadStatementOptions = {
  /** The short code of a file that does not state its own. A code in the file wins. */
  readonly shortCode?: string;
  /** The order of day and month, for a file that a spreadsheet re-saved and that cannot tell by itself. */
  readonly dates?: DateOrder;
  /** Opens a PDF that is locked. */
  readonly password?: string;
  /** Stops the reading: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ReadProgress;
};

/**
 * What `readStatement` yields: `head` first, then `rows`. A file that was pasted together from several gives a
 * further `head` before each further part (see `Checks.addHead`). `refused` is always the last batch; it may be the
 * first, or come after rows (the file went away while it was read), and then the whole file counts as not read.
 */
export type StatementBatch =
  | { readonly type: 'head'; readonly head: StatementHead }
  | {
      readonly type: 'rows';
      /** At most 1,000, in file order. */
      readonly lines: readonly StatementLine[];
      /** Rows that were refused. */
      readonly problems: readonly RowProblem[];
      /** Remarks on rows that were taken. */
      readonly warnings: readonly RowProblem[];
    }
  | { readonly type: 'refused'; readonly refusal: FileRefusal };
