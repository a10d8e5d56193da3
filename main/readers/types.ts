import type { Message } from '#shared/domain/message.ts';

/** A file to read: where it lies now, and the name its owner knows it by (an upload's path may differ). */
export type InputFile = { readonly path: string; readonly name: string };

/** Why a whole file was not taken. */
export type FileRefusalCode =
  /** No bytes, or nothing but blank lines. */
  | 'empty'
  /** Column names and nothing below them. */
  | 'header-only'
  /** A photo, a program, an archive: not a table at all. */
  | 'not-a-table'
  /** A PDF that is no statement: a picture of one, or a sales list, which must come as a table. */
  | 'is-pdf'
  /** The PDF opens only with a password, and none was given. */
  | 'needs-password'
  /** The PDF does not open with the password that was given. */
  | 'wrong-password'
  /** The rows do not add up to the totals that the file itself states. */
  | 'totals-differ'
  /** A table, but not a layout that is known. */
  | 'not-a-statement'
  /** A sales file was given where a statement was expected. */
  | 'is-sales-file'
  /** A statement was given where a sales file was expected. */
  | 'is-statement'
  /** Neither the file nor its name says which short code it is of (`--short-code`). */
  | 'needs-short-code'
  /** Nothing in the file tells day from month (`--dates dmy|mdy`). */
  | 'ambiguous-dates'
  /** The columns are unknown: a person maps them once (`--map`). */
  | 'needs-map'
  /** Loyverse "Receipts by item": it holds no payment, the other export does. */
  | 'is-item-list'
  /** A workbook that is locked: it must be saved without its password. */
  | 'password-protected'
  /** More rows, columns or unpacked bytes than a workbook may have: save it as CSV. */
  | 'too-big'
  /** The container is broken or hostile: a bad archive, a DTD, a name outside the archive. */
  | 'damaged'
  /** The file cannot be opened, or went away while it was read. */
  | 'unreadable';

/** A whole file that was not taken. `row` is 1-based where one row is to blame. */
export type FileRefusal = { readonly code: FileRefusalCode; readonly reason: Message; readonly row?: number };

/** Bytes of the file consumed so far, of how many. */
export type ReadProgress = (bytesRead: number, bytesTotal: number) => void;
