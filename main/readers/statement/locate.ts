import { type Message, say } from '#shared/domain/message.ts';
import { firstRows } from '../container/first-rows.ts';
import { FileRefused, type OpenedFile, type Table } from '../container/types.ts';
import { looksLikeSales } from '../sales/recognise.ts';
import { joinAccountSheets } from './account-sheets.ts';
import { ALIGN_SAMPLE, alignHeader } from './align.ts';
import { missingColumns, type RecognisedHeader, recogniseHeader } from './layouts/index.ts';

/** A header further down than this is not looked for. */
const MAX_PREAMBLE = 40;

export type LocatedStatement = {
  readonly table: Table;
  readonly header: RecognisedHeader;
  readonly headerRow: number;
  readonly preamble: readonly (readonly string[])[];
};

/** The sheet and the row where a statement begins. Throws `FileRefused` when the file is none that is known. */
export async function locateStatement(file: OpenedFile): Promise<LocatedStatement> {
  let isBlank = true;
  let isSales = false;
  let missing: readonly string[] | null = null;
  for (const table of joinAccountSheets(file.tables)) {
    const preamble: (readonly string[])[] = [];
    for (const { row, cells } of await firstRows(table, MAX_PREAMBLE)) {
      isBlank &&= cells.every((cell) => cell.trim() === '');
      const header = recogniseHeader(cells, file.kind);
      if (header) {
        const aligned = await alignWithRows(table, row, header);
        return { table, header: aligned, headerRow: row, preamble };
      }
      missing ??= missingColumns(cells);
      isSales ||= looksLikeSales(cells);
      preamble.push(cells);
    }
  }
  if (isBlank) throw new FileRefused({ code: 'empty', reason: say('reading.file.empty') });
  if (isSales) throw new FileRefused({ code: 'is-sales-file', reason: say('reading.file.is-sales') });
  throw new FileRefused({ code: 'not-a-statement', reason: explainUnknown(missing) });
}

async function alignWithRows(
  table: Table,
  headerRow: number,
  header: RecognisedHeader,
): Promise<RecognisedHeader> {
  if (!header.layout.mayBeOutOfStep) return header;
  const rows = await firstRows(table, headerRow + ALIGN_SAMPLE);
  return alignHeader(
    header,
    rows.filter(({ row }) => row > headerRow),
  );
}

function explainUnknown(missing: readonly string[] | null): Message {
  if (missing === null) return say('reading.file.not-a-statement');
  return say('reading.file.missing-columns', { columns: missing.join(', ') });
}
