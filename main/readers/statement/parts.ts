import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import type { StatementHead } from '#shared/domain/statement/types.ts';
import type { DateReading } from '../cells/date.ts';
import { FileRefused, type GridRow, type OpenedFile } from '../container/types.ts';
import { hasOpenDate, readHead } from './head.ts';
import { type RecognisedHeader, recogniseHeader } from './layouts/index.ts';
import type { HeadText } from './layouts/layout.ts';
import type { LocatedStatement } from './locate.ts';
import { decideDates, inferFileAccount } from './look-ahead.ts';
import { createRowReader, type RowResult } from './row.ts';
import type { ReadStatementOptions } from './types.ts';

/** What a row below the first header is; `other` is what is skipped or refused. */
export type RowRole = 'movement' | 'other' | 'preamble' | RecognisedHeader;

/** One file may be several exports pasted together; rows belong to the part above which they stand. */
export type Parts = {
  /** Starts a part; what its head leaves out is taken from the part before. */
  begin(text: HeadText): Promise<StatementHead>;
  /** Reads the rows that follow under another header, perhaps in another order of columns. */
  switchHeader(header: RecognisedHeader): void;
  roleOf(row: GridRow): RowRole;
  read(row: GridRow): RowResult;
  /** Decides the order of day and month on the whole file, after a row that needs it. */
  decideDates(): Promise<void>;
};

export function createParts(
  opened: OpenedFile,
  located: LocatedStatement,
  options: ReadStatementOptions,
): Parts {
  const { layout } = located.header;
  let header = located.header;
  let head: StatementHead | null = null;
  let fallbackAccount: string | null = null;
  let reading: DateReading | null = null;
  let readRow: (row: GridRow) => RowResult = () => ({ type: 'skip' });

  function renewReader(): void {
    const account = head?.accounts[0]?.account ?? fallbackAccount ?? '';
    readRow = createRowReader({ header, shortCode: head?.shortCode ?? null, account, reading });
  }

  async function begin(text: HeadText): Promise<StatementHead> {
    let found = readHead(text, layout, opened.kind, reading);
    if (reading === null && hasOpenDate(text, layout)) {
      await decide(found);
      found = readHead(text, layout, opened.kind, reading);
    }
    if (!text.account) fallbackAccount ??= await inferFileAccount(located);
    const shortCode = found.shortCode ?? head?.shortCode ?? options.shortCode ?? null;
    head = completeHead(found, fallbackAccount ?? '', shortCode);
    renewReader();
    return head;
  }

  async function decide({
    periodFrom,
    periodTo,
  }: Pick<StatementHead, 'periodFrom' | 'periodTo'>): Promise<void> {
    const decided = await decideDates(located, { from: periodFrom, to: periodTo }, options.dates);
    if (decided === 'ambiguous') {
      throw new FileRefused({ code: 'ambiguous-dates', reason: say('reading.file.ambiguous-dates') });
    }
    reading = decided;
  }

  function roleOf(row: GridRow): RowRole {
    if (looksLikeMovement(row, header)) return 'movement';
    if (layout.isPreamble(row.cells)) return 'preamble';
    const again = recogniseHeader(row.cells, opened.kind);
    return again?.layout === layout ? again : 'other';
  }

  return {
    begin,
    roleOf,
    switchHeader(found) {
      header = found;
      renewReader();
    },
    read: (row) => readRow(row),
    async decideDates() {
      await decide(head ?? { periodFrom: null, periodTo: null });
      renewReader();
    },
  };
}

/** A row with a receipt where one belongs is a movement; only the others are looked at for a second header. */
function looksLikeMovement({ cells, problem }: GridRow, header: RecognisedHeader): boolean {
  if (problem !== null) return true;
  const text = cells[header.columns.get('receipt') ?? -1] ?? '';
  return /^[A-Z][A-Z0-9]{9}$/.test(text) || (/\d/.test(text) && parseReceipt(text) !== null);
}

/** Adds what the user said, and the account that the rows speak of, to what the file states. */
function completeHead(head: StatementHead, fallbackAccount: string, shortCode: string | null): StatementHead {
  const accounts = head.accounts.map((stated) => ({
    ...stated,
    shortCode,
    account: stated.account === '' ? fallbackAccount : stated.account,
  }));
  return { ...head, shortCode, accounts };
}
