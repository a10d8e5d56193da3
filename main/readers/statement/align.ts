import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { readUnusedOrAmount } from '../cells/amount.ts';
import { readDateCell } from '../cells/date.ts';
import { FileRefused, type GridRow } from '../container/types.ts';
import type { RecognisedHeader } from './layouts/index.ts';

/** Rows below the header that are looked at. */
export const ALIGN_SAMPLE = 200;
const SHIFTS = [0, 1, -1] as const;
/** So much of the sample must fit, and of no other shift. */
const ENOUGH = 0.9;

/**
 * Moves all columns by one cell where the rows stand beside their names, as some exports have it. Throws
 * `FileRefused` where the rows do not say which way.
 */
export function alignHeader(header: RecognisedHeader, below: readonly GridRow[]): RecognisedHeader {
  const rows = below.filter(
    ({ problem, cells }) => problem === null && cells.some((cell) => cell.trim() !== ''),
  );
  if (rows.length === 0) return header;
  const fitting = SHIFTS.filter((shift) => {
    const moved = shiftColumns(header, shift);
    return rows.filter(({ cells }) => fits(cells, moved)).length >= ENOUGH * rows.length;
  });
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return shiftColumns(header, only);
  throw new FileRefused({
    code: 'not-a-statement',
    reason: say('reading.file.out-of-step'),
    row: rows[0]?.row ?? 1,
  });
}

function shiftColumns(header: RecognisedHeader, shift: number): RecognisedHeader {
  const columns = new Map([...header.columns].map(([column, at]) => [column, at + shift]));
  return { ...header, columns, width: header.width + Math.max(0, shift) };
}

function fits(cells: readonly string[], { columns }: RecognisedHeader): boolean {
  const cell = (column: Parameters<typeof columns.get>[0]) => cells[columns.get(column) ?? -1] ?? '';
  const isTime = readDateCell(cell('completedAt')) !== null;
  const areAmounts = readUnusedOrAmount(cell('paidIn')).ok && readUnusedOrAmount(cell('withdrawn')).ok;
  return parseReceipt(cell('receipt')) !== null && isTime && areAmounts;
}

/** The cells of an unquoted line whose `Details` held commas, put together again; null where that is not certain. */
export function joinDetails(cells: readonly string[], header: RecognisedHeader): string[] | null {
  const detailsAt = header.columns.get('details') ?? -1;
  const statusAt = header.columns.get('status') ?? -1;
  const extra = cells.length - header.width;
  if (extra <= 0 || statusAt !== detailsAt + 1) return null;
  const joined = [
    ...cells.slice(0, detailsAt),
    cells.slice(detailsAt, detailsAt + extra + 1).join(','),
    ...cells.slice(detailsAt + extra + 1),
  ];
  const isStatus = (text: string | undefined) =>
    /^(?:completed|failed|cancelled|declined|attempted|reversed)$/i.test((text ?? '').trim());
  const statuses = cells.slice(detailsAt + 1).filter(isStatus).length;
  const amounts = ['paidIn', 'withdrawn'] as const;
  const areAmounts = amounts.every(
    (column) => readUnusedOrAmount(joined[header.columns.get(column) ?? -1] ?? '').ok,
  );
  return isStatus(joined[statusAt]) && statuses === 1 && areAmounts ? joined : null;
}
