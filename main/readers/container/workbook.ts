import { type CellObject, CFB, read, SSF, type WorkBook } from '@e965/xlsx';
import { say } from '#shared/domain/message.ts';
import type { ReadProgress } from '../types.ts';
import { withinTime } from './time-limit.ts';
import { FileRefused, type GridRow, MAX_CELL, MAX_COLUMNS, MAX_SHEET_ROWS, type Table } from './types.ts';
import { unpackWorkbook, type ZipPart } from './zip-check.ts';

const BATCH = 1_000;
/** Values only: no formula is kept or worked out, no HTML, no formatted text, no date objects. */
const OPTIONS = {
  type: 'buffer',
  dense: true,
  cellFormula: false,
  cellHTML: false,
  cellText: false,
  cellDates: false,
  cellNF: true,
  bookVBA: false,
} as const;

export type WorkbookSource = {
  readonly bytes: Buffer;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ReadProgress | undefined;
};

/** The sheets of an .xlsx. The library sees only parts that were unpacked and checked here. */
export async function openXlsx(source: WorkbookSource): Promise<Table[]> {
  const parts = await unpackWorkbook(source.bytes, source.signal);
  return toTables(parse(repack(parts)), source);
}

/** The sheets of an OLE2 .xls, as the M-PESA portal and old spreadsheet programs write it. */
export function openXls(source: WorkbookSource): Table[] {
  const streams = readStreamNames(source.bytes);
  if (streams.has('encryptioninfo') || streams.has('encryptedpackage')) throw passwordProtected();
  if (!streams.has('workbook') && !streams.has('book')) {
    throw new FileRefused({
      code: 'not-a-table',
      reason: say('reading.file.not-a-table', { what: 'unknown' }),
    });
  }
  return toTables(parse(source.bytes), source);
}

function readStreamNames(bytes: Buffer): Set<string> {
  try {
    return new Set(
      withinTime(bytes.length, () => CFB.read(bytes, { type: 'buffer' })).FileIndex.map(
        (entry: { name: string }) => entry.name.toLowerCase(),
      ),
    );
  } catch {
    throw damaged();
  }
}

function repack(parts: readonly ZipPart[]): Buffer {
  const archive = CFB.utils.cfb_new();
  for (const { name, content } of parts) CFB.utils.cfb_add(archive, name, content);
  return CFB.write(archive, { type: 'buffer', fileType: 'zip', compression: false }) as Buffer;
}

function parse(bytes: Buffer): WorkBook {
  try {
    return withinTime(bytes.length, () => read(bytes, OPTIONS));
  } catch (error) {
    throw error instanceof Error && /password|encrypt/i.test(error.message) ? passwordProtected() : damaged();
  }
}

function damaged(): FileRefused {
  return new FileRefused({ code: 'damaged', reason: say('reading.workbook.damaged') });
}

function passwordProtected(): FileRefused {
  return new FileRefused({ code: 'password-protected', reason: say('reading.workbook.password') });
}

function toTables(book: WorkBook, { signal, onProgress, bytes }: WorkbookSource): Table[] {
  const shift = book.Workbook?.WBProps?.date1904 ? 1462 : 0;
  return book.SheetNames.map((name) => {
    const data = (book.Sheets[name]?.['!data'] ?? []) as (CellObject | undefined)[][];
    const filled = data.reduce((count) => count + 1, 0);
    if (filled > MAX_SHEET_ROWS) {
      throw new FileRefused({
        code: 'too-big',
        reason: say('reading.workbook.too-big', { rows: MAX_SHEET_ROWS }),
      });
    }
    return {
      name,
      async *rows({ isLookAhead = false } = {}) {
        const report = isLookAhead ? undefined : onProgress;
        let batch: GridRow[] = [];
        for (const index of Object.keys(data)) {
          const row = toGridRow(Number(index) + 1, data[Number(index)] ?? [], shift);
          if (row === null) continue;
          batch.push(row);
          if (batch.length < BATCH) continue;
          signal?.throwIfAborted();
          yield batch;
          report?.(Math.floor((bytes.length * (Number(index) + 1)) / data.length), bytes.length);
          batch = [];
        }
        if (batch.length > 0) yield batch;
        report?.(bytes.length, bytes.length);
      },
    };
  });
}

function toGridRow(row: number, found: readonly (CellObject | undefined)[], shift: number): GridRow | null {
  let last = -1;
  found.forEach((cell, column) => {
    if (cell?.v !== undefined && cell.v !== '') last = column;
  });
  if (last === -1) return null;
  if (last >= MAX_COLUMNS) {
    return { row, cells: [], problem: say('reading.row.too-many-columns', { most: MAX_COLUMNS }) };
  }
  const cells: string[] = [];
  for (let column = 0; column <= last; column++) {
    const text = cellText(found[column], shift);
    if (text.length > MAX_CELL) return { row, cells: [], problem: say('reading.row.cell-too-long') };
    cells.push(text);
  }
  return { row, cells, problem: null };
}

function cellText(cell: CellObject | undefined, shift: number): string {
  const value: unknown = cell?.v;
  if (cell === undefined || value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (cell.t === 'e') return '#ERROR';
  if (typeof value !== 'number') return '';
  if (typeof cell.z === 'string' && SSF.is_date(cell.z))
    return dateText(value + (value >= 1 ? shift : 0), cell.z);
  // Beyond 15 digits a spreadsheet has lost the rest: shown as such, so that nobody takes it for a whole number.
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) return value.toExponential().toUpperCase();
  return String(Number(value.toPrecision(15)));
}

const EPOCH = Date.UTC(1899, 11, 30);

/** A spreadsheet's serial date as `YYYY-MM-DD HH:MM:SS`, a date alone, or a time alone. */
function dateText(serial: number, format: string): string {
  const ms = EPOCH + Math.round(serial * 86_400) * 1_000;
  if (!Number.isFinite(ms) || serial < 0 || serial > 2_958_465) return String(serial);
  const text = new Date(ms).toISOString();
  if (serial < 1) return text.slice(11, 19);
  const hasTime = /h/i.test(format) || !Number.isInteger(serial);
  return hasTime ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : text.slice(0, 10);
}
