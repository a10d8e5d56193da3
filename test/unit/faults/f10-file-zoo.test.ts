import { describe, expect, it } from 'vitest';
import type { FileRefusalCode } from '#main/readers/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { inventStatement, PORTAL_HEADER, portalGrid } from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { type Cell, type CsvStyle, toCsv, toWorkbook } from '#test/fixtures/tables.ts';
import { readStatementBytes } from '#test/helpers/read-all.ts';

const till = inventStatement({
  seed: 21,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 6,
});
const GRID = portalGrid(till).map((row) => [...row]);
const HEADER_AT = GRID.findIndex((row) => row[0] === PORTAL_HEADER[0]);
const ROWS = till.movements.length;
const sumOf = (lines: readonly { amountCents: number }[]) =>
  lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
const SUM = sumOf(till.movements);
const column = (name: (typeof PORTAL_HEADER)[number]) => PORTAL_HEADER.indexOf(name);

/** Changes one column of every row below the header. */
function withColumn(name: (typeof PORTAL_HEADER)[number], change: (cell: Cell) => Cell): Cell[][] {
  return GRID.map((row, index) =>
    index <= HEADER_AT ? row : row.map((cell, at) => (at === column(name) ? change(cell) : cell)),
  );
}

describe('F10, the file zoo: forms that are read whole', () => {
  const styles: readonly (readonly [string, CsvStyle])[] = [
    ['UTF-8', {}],
    ['a byte order mark', { hasBom: true }],
    ['UTF-16', { encoding: 'utf-16le', hasBom: true }],
    ['windows-1252', { encoding: 'windows-1252' }],
    ['line feeds alone', { lineEnd: '\n' }],
    ['carriage returns alone', { lineEnd: '\r' }],
    ['semicolons', { delimiter: ';' }],
    ['tabs', { delimiter: '\t' }],
    ['everything quoted', { quoteAll: true }],
  ];
  it.each(styles)('%s', async (_what, style) => {
    const { lines, refusal, problems } = await readStatementBytes(toCsv(GRID, style));
    expect({ refusal, problems: problems.length, rows: lines.length, sum: sumOf(lines) }).toEqual({
      refusal: null,
      problems: 0,
      rows: ROWS,
      sum: SUM,
    });
  });

  it.each([
    [
      'a header twice',
      [...GRID.slice(0, HEADER_AT + 4), GRID[HEADER_AT] as Cell[], ...GRID.slice(HEADER_AT + 4)],
    ],
    ['a total below', [...GRID, ['Total', '', '', '', '', 100, -100]]],
    ['lines above', [['Downloaded by the bookkeeper'], [], ...GRID]],
    ['a line break in a cell', withColumn('Details', (cell) => `${cell}\nsecond line`)],
    ['quotes in a name', withColumn('Other Party Info', () => '2547****111 - JANE "JJ" O\'DEMO')],
    [
      '1,234.50',
      withColumn('Balance', (cell) => Number(cell).toLocaleString('en-KE', { minimumFractionDigits: 2 })),
    ],
    [
      '1.234,50',
      withColumn('Balance', (cell) => Number(cell).toLocaleString('de-DE', { minimumFractionDigits: 2 })),
    ],
  ])('%s', async (_what, grid) => {
    for (const bytes of [
      toCsv(grid),
      toWorkbook(grid, 'transaction', 'xlsx'),
      toWorkbook(grid, 'transaction', 'xls'),
    ]) {
      const { lines, refusal } = await readStatementBytes(bytes);
      expect({ refusal, rows: lines.length, sum: sumOf(lines) }).toEqual({
        refusal: null,
        rows: ROWS,
        sum: SUM,
      });
    }
  });
});

describe('F10, the file zoo: rows that are refused, each with its line', () => {
  it.each([
    ['NUL in a name', 'Other Party Info', 'A\0B'],
    ['a shortened amount', 'Paid In', '1.23E+05'],
    ['a receipt that became a number', 'Receipt No.', '1.2345E+11'],
    ['a receipt that became a date', 'Receipt No.', '14-Mar-26'],
    ['a date of 31 February', 'Completion Time', '31-02-2026 10:00:00'],
  ] as const)('%s', async (_what, name, cell) => {
    const row = GRID.findIndex((cells, index) => index > HEADER_AT && cells[column('Paid In')] !== null);
    const grid = GRID.map((cells, index) =>
      index === row ? cells.map((old, at) => (at === column(name) ? cell : old)) : cells,
    );
    const { lines, problems, refusal } = await readStatementBytes(toCsv(grid));
    expect(refusal).toBeNull();
    expect(problems.map((problem) => problem.row)).toEqual([row + 1]);
    expect(lines).toHaveLength(ROWS - 1);
  });

  it('200 columns are read, 201 are not', async () => {
    const wide = (width: number) =>
      GRID.map((row, index) =>
        index === HEADER_AT + 1 ? [...row, ...Array.from({ length: width - row.length }, () => '')] : row,
      );
    expect((await readStatementBytes(toCsv(wide(200)))).lines).toHaveLength(ROWS);
    expect((await readStatementBytes(toCsv(wide(201)))).problems.map(({ row }) => row)).toEqual([
      HEADER_AT + 2,
    ]);
  });
});

describe('F10, the file zoo: files that are refused with a reason', () => {
  const cases: readonly (readonly [string, Buffer, FileRefusalCode])[] = [
    ['no bytes', Buffer.alloc(0), 'empty'],
    ['one column', toCsv([['a'], ['b']]), 'not-a-statement'],
    [
      'a web page called .xls',
      Buffer.from('<html><table><tr><td>Receipt No.</td></tr></table></html>'),
      'not-a-table',
    ],
    ['a locked PDF', statementPdf([till], { password: 'x1' }), 'needs-password'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'not-a-table'],
    ['an archive', Buffer.from('1f8b0800000000000000', 'hex'), 'not-a-table'],
  ];
  it.each(cases)('%s', async (_what, bytes, code) => {
    expect((await readStatementBytes(bytes, 'statement.xls')).refusal?.code).toBe(code);
  });
});
