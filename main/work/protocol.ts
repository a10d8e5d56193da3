import type { HeadClaim } from '#shared/domain/audit/head-code.ts';
import type { Verdict } from '#shared/domain/audit/verify.ts';
import type { DryRun } from '#shared/domain/rules/dry-run.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import type { RowProblem, StatementHead } from '#shared/domain/statement/types.ts';
import type { BusinessDay, DateOrder, UtcMs } from '#shared/domain/time.ts';
import type { MatchChange } from '../db/queries/apply-match.ts';
import type { SalesBatch, SalesPreview } from '../readers/sales/types.ts';
import type { FileRefusal, InputFile } from '../readers/types.ts';
import type { PackedLines } from './pack-lines.ts';

/** How a worker reaches the ledger: a connection of its own. Never leaves the process. */
export type LedgerAccess = { readonly path: string; readonly key: Uint8Array };

/** The SHA-256 (hex) and size of a file, told before its first row. */
export type FileHashed = { readonly type: 'hashed'; readonly sha256: string; readonly size: number };
export type ReadingProgress = {
  readonly type: 'progress';
  readonly bytesRead: number;
  readonly bytesTotal: number;
};

export type StatementNews =
  | FileHashed
  | ReadingProgress
  | { readonly type: 'head'; readonly head: StatementHead }
  | {
      readonly type: 'rows';
      readonly lines: PackedLines;
      readonly problems: readonly RowProblem[];
      readonly warnings: readonly RowProblem[];
    }
  | { readonly type: 'checked'; readonly accounts: readonly AccountChecks[] }
  | { readonly type: 'refused'; readonly refusal: FileRefusal };

export type SalesNews = FileHashed | ReadingProgress | SalesBatch;

/** A known item that a new file lacks although it covers its time. */
export type Vanished = { readonly id: number };

/** Every job a worker does: what goes in, and what it tells on the way. */
export type Jobs = {
  'read-statement': {
    input: { file: InputFile; shortCode?: string; dates?: DateOrder; password?: string };
    news: StatementNews;
  };
  'read-sales': { input: { file: InputFile; map?: ColumnMap; dates?: DateOrder }; news: SalesNews };
  'preview-sales': { input: { file: InputFile; map: ColumnMap; dates?: DateOrder }; news: SalesPreview };
  match: { input: { access: LedgerAccess; from: BusinessDay; to: BusinessDay }; news: MatchNews };
  /** What a rule would have suggested on past days. */
  'dry-run-rule': {
    input: { access: LedgerAccess; rule: RuleContent; from: BusinessDay; to: BusinessDay };
    news: DryRun;
  };
  'find-vanished-lines': {
    input: {
      access: LedgerAccess;
      importId: number;
      accountId: number;
      from: UtcMs;
      to: UtcMs;
      withCharges: boolean;
      freshMs: number;
      pulledLaterMs: number;
    };
    news: Vanished;
  };
  'find-vanished-sales': { input: { access: LedgerAccess; importId: number }; news: Vanished };
  /** Reads the whole audit log again. */
  'verify-audit': { input: { access: LedgerAccess; head: HeadClaim | null }; news: VerifyNews };
  /** Writes the audit log up to an entry into a new file. */
  'export-audit': {
    input: { access: LedgerAccess; path: string; format: 'csv' | 'json'; to: number };
    news: ExportNews;
  };
  /** Reads every page and index of the ledger file. */
  'check-database': { input: { access: LedgerAccess }; news: DatabaseNews };
  /** Moves what the write-ahead log holds into the ledger file, without stopping anyone. */
  checkpoint: { input: { access: LedgerAccess }; news: never };
};

export type VerifyNews =
  | { readonly type: 'progress'; readonly entries: number; readonly total: number }
  | { readonly type: 'verdict'; readonly verdict: Verdict };
export type DatabaseNews =
  | { readonly type: 'progress'; readonly tables: number; readonly total: number }
  | { readonly type: 'checked'; readonly problems: readonly string[]; readonly tables: number };
export type ExportNews = { readonly entries: number; readonly isLast: boolean };

/** Some of what is to change after matching; `isLast` with the rest of it. */
export type MatchNews = { readonly changes: readonly MatchChange[]; readonly isLast: boolean };

export type JobName = keyof Jobs;
/** Which thread does it: reading a file must not keep a clerk's question waiting. */
export const LANES: Readonly<Record<JobName, 'reading' | 'asking' | 'keeping'>> = {
  'read-statement': 'reading',
  'read-sales': 'reading',
  'preview-sales': 'asking',
  match: 'asking',
  'dry-run-rule': 'asking',
  'find-vanished-lines': 'reading',
  'find-vanished-sales': 'reading',
  'verify-audit': 'keeping',
  'export-audit': 'keeping',
  'check-database': 'keeping',
  checkpoint: 'keeping',
};

export type ToWorker =
  | { readonly type: 'start'; readonly job: number; readonly name: JobName; readonly input: unknown }
  | { readonly type: 'more'; readonly job: number }
  | { readonly type: 'stop'; readonly job: number }
  /** Stop every job and end the thread by itself: ending it from outside may cut native code in two. */
  | { readonly type: 'close' };
export type FromWorker =
  | { readonly type: 'news'; readonly job: number; readonly news: unknown }
  | { readonly type: 'end'; readonly job: number }
  | {
      readonly type: 'broke';
      readonly job: number;
      readonly name: string;
      readonly words: string;
      readonly stack: string;
    };

/** How many batches a worker may be ahead of the one writer, so that memory stays bounded. */
export const AHEAD = 4;
