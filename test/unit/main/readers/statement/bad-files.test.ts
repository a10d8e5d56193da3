import { rm, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readStatement } from '#main/readers/statement/read-statement.ts';
import { createChecks } from '#shared/domain/statement/checks.ts';
import { type BusinessDay, parseBusinessDay } from '#shared/domain/time.ts';
import { genericSalesGrid, inventSales, loyverseGrid } from '#test/fixtures/sales-files.ts';
import {
  inventStatement,
  PORTAL_HEADER,
  portalGrid,
  statementsGrid,
} from '#test/fixtures/statement-files.ts';
import { type Cell, toCsv, toWorkbook } from '#test/fixtures/tables.ts';
import { collectStatement, inWords, readStatementBytes, withFile } from '#test/helpers/read-all.ts';

const DAY = parseBusinessDay('2026-03-14') as BusinessDay;
const till = inventStatement({ seed: 3, shortCode: '1234567', kind: 'till', day: DAY, paymentsPerDay: 6 });
const GRID = portalGrid(till).map((row) => [...row]);
const ROWS = till.movements.length;
const column = (name: (typeof PORTAL_HEADER)[number]) => PORTAL_HEADER.indexOf(name);

/** The portal file with one row changed; rows count from 1 as in the file. */
function changed(row: number, change: (cells: Cell[]) => void): Buffer {
  const grid = GRID.map((cells) => [...cells]);
  change(grid[row - 1] as Cell[]);
  return toCsv(grid);
}
const set =
  (name: (typeof PORTAL_HEADER)[number], value: Cell) =>
  (cells: Cell[]): void => {
    cells[column(name)] = value;
  };
/** The first row that is a payment in. */
const PAID_ROW = GRID.findIndex((cells, index) => index > 6 && cells[column('Paid In')] !== null) + 1;

describe('files that are refused', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blank lines', '\r\n\r\n,,\r\n', 'empty'],
    ['a photo called .csv', Buffer.from('ffd8ffe000104a464946', 'hex'), 'not-a-table'],
    ['a PDF cut short', '%PDF-1.4 x', 'damaged'],
    ['a header alone', toCsv([PORTAL_HEADER]), 'header-only'],
    ['a list of something else', 'name,age\nA,1\n', 'not-a-statement'],
    ['sales', toCsv(genericSalesGrid(inventSales(till, { seed: 1 }))), 'is-sales-file'],
    ['Loyverse sales', toCsv(loyverseGrid(inventSales(till, { seed: 1 }))), 'is-sales-file'],
    ['a workbook of something else', toWorkbook([['a', 'b']], 'S', 'xlsx'), 'not-a-statement'],
  ])('%s', async (_what, bytes, code) => {
    const result = await readStatementBytes(bytes, 'x.csv', { shortCode: '1234567' });
    expect(result.refusal?.code).toBe(code);
    expect(result.lines).toEqual([]);
  });

  it('says which columns were deleted', async () => {
    const without = GRID.map((cells) => cells.filter((_, index) => index !== column('Balance')));
    const { refusal } = await readStatementBytes(toCsv(without));
    expect(inWords([{ row: 0, reason: refusal?.reason ?? { id: '' } }])[0]).toContain('balance');
  });

  it('the newer template under a name that lost the short code', async () => {
    expect((await readStatementBytes(toCsv(statementsGrid(till)), 'march.csv')).refusal?.code).toBe(
      'needs-short-code',
    );
    const told = await readStatementBytes(toCsv(statementsGrid(till)), 'march.csv', { shortCode: '1234567' });
    expect(told.heads[0]).toMatchObject({ shortCode: '1234567', periodFrom: null });
    expect(told.lines).toHaveLength(ROWS);
  });

  it('a file that is not there, or is a folder', async () => {
    expect((await collectStatement({ path: '/nowhere/at/all.csv', name: 'all.csv' })).refusal?.code).toBe(
      'unreadable',
    );
    expect((await collectStatement({ path: '/', name: 'root' })).refusal?.code).toBe('unreadable');
  });

  it('a file that is cut short while it is read; one that is removed is read whole', async () => {
    const long = inventStatement({
      seed: 4,
      shortCode: '1234567',
      kind: 'till',
      day: DAY,
      paymentsPerDay: 4_000,
    });
    const bytes = toCsv(portalGrid(long));
    const readWhile = (act: (path: string) => Promise<void>) =>
      withFile('long.csv', bytes, async (file) => {
        let isFirst = true;
        let lines = 0;
        let code: string | null = null;
        for await (const batch of readStatement(file)) {
          if (isFirst) await act(file.path);
          isFirst = false;
          if (batch.type === 'rows') lines += batch.lines.length;
          if (batch.type === 'refused') code = batch.refusal.code;
        }
        await writeFile(file.path, '');
        return { lines, code };
      });
    expect(await readWhile((path) => truncate(path, 1_000))).toMatchObject({ code: 'unreadable' });
    expect(await readWhile((path) => rm(path))).toEqual({ lines: long.movements.length, code: null });
  });
});

describe('rows that are refused, with line and reason, while the others are taken', () => {
  it.each([
    ['31 February', set('Completion Time', '31-02-2026 10:00:00'), 'not a date'],
    ['no date', set('Completion Time', null), ''],
    ['a date alone', set('Completion Time', '2026-03-14'), 'no time of day'],
    ['1.23E+05 as amount', set('Paid In', '1.23E+05'), 'shortened by a spreadsheet'],
    ['words as amount', set('Paid In', 'two hundred'), 'not an amount'],
    ['a negative Paid In', set('Paid In', '-200.0'), 'below zero'],
    ['both amounts', set('Withdrawn', '-5.0'), 'both filled'],
    ['no amount', set('Paid In', '0.00'), 'moves no money'],
    ['a receipt that became a number', set('Receipt No.', '1.23E+05'), 'became the number'],
    ['a receipt with a stray character', set('Receipt No.', 'UCE1DEM*01'), 'not an M-PESA receipt'],
    ['no receipt', set('Receipt No.', ''), 'no receipt number'],
    ['no status', set('Transaction Status', ' '), 'status'],
    ['another currency', set('Currency', 'USD'), 'USD'],
    [
      'NUL in a name',
      set('Details', 'Merchant Payment from 0722***111 - A\0B'),
      'characters that text never has',
    ],
    ['a name of 1,001 characters', set('Details', 'x'.repeat(1_001)), 'too long'],
    [
      'a comma that shifted the cells',
      (cells: Cell[]): void => {
        cells.splice(4, 0, 'MARY');
      },
      '',
    ],
    [
      '201 cells',
      (cells: Cell[]): void => {
        cells.push(...Array.from({ length: 200 }, () => 'x'));
      },
      'columns',
    ],
    ['a cell of 1 MB', set('Details', 'x'.repeat(1_000_000)), 'too long'],
  ] as const)('%s', async (what, change, words) => {
    if (what === 'no date') {
      // The other time column stands in for a blank one; without both there is no date.
      const bytes = changed(PAID_ROW, (cells) => {
        change(cells);
        set('Initiation Time', null)(cells);
      });
      expect(inWords((await readStatementBytes(bytes)).problems)).toEqual([
        `${PAID_ROW}: This line has no date.`,
      ]);
      return;
    }
    const result = await readStatementBytes(changed(PAID_ROW, change));
    expect(result.lines).toHaveLength(ROWS - 1);
    expect(result.problems.map(({ row }) => row)).toEqual([PAID_ROW]);
    expect(inWords(result.problems)[0]).toContain(words);
    expect(inWords(result.problems, 'sw')[0]).not.toBe(inWords(result.problems)[0]);
  });

  it('a quote that never closes costs its own line only', async () => {
    const text = toCsv(GRID).toString().replace('Merchant Payment from', '"Merchant Payment from');
    const result = await readStatementBytes(text);
    expect(result.lines).toHaveLength(ROWS - 1);
    expect(result.problems.map(({ reason }) => reason.id)).toEqual(['reading.row.quote-not-closed']);
  });

  it.each([
    ['1,234.50', 123_450],
    ['1.234,50', 123_450],
    ['KSh 1,234.50', 123_450],
    ['1234.5', 123_450],
  ])('reads the amount %s', async (text, amountCents) => {
    const result = await readStatementBytes(changed(PAID_ROW, set('Paid In', text)));
    expect(result.lines.find(({ row }) => row === PAID_ROW)?.amountCents).toBe(amountCents);
  });

  it('keeps a formula in a name as text, and shows a right-to-left override', async () => {
    const result = await readStatementBytes(changed(PAID_ROW, set('Other Party Info', '=cmd|x - A\u202eB')));
    expect(result.lines.find(({ row }) => row === PAID_ROW)?.otherParty).toBe('=cmd|x - A[U+202E]B');
  });

  it('takes a Withdrawn that lost its sign', async () => {
    const grid = GRID.map((cells, index) =>
      cells.map((cell, at) =>
        index > 6 && at === column('Withdrawn') && cell !== null ? String(cell).replace('-', '') : cell,
      ),
    );
    const result = await readStatementBytes(toCsv(grid));
    expect(result.lines.filter(({ direction }) => direction === 'out')).toHaveLength(
      till.movements.filter(({ direction }) => direction === 'out').length,
    );
  });

  it('takes an unknown status with a warning, and does not count it', async () => {
    const result = await readStatementBytes(changed(PAID_ROW, set('Transaction Status', 'Pending')));
    expect(result.lines.find(({ row }) => row === PAID_ROW)?.status).toBe('other');
    expect(result.warnings.map(({ reason }) => reason.id)).toEqual(['reading.row.unknown-status']);
  });

  it('warns when the receipt is of another day', async () => {
    const other = '15-03-2026 10:00:00';
    const bytes = changed(PAID_ROW, (cells) => {
      set('Completion Time', other)(cells);
      set('Initiation Time', other)(cells);
    });
    const result = await readStatementBytes(bytes);
    expect(inWords(result.warnings)).toEqual([
      `${PAID_ROW}: The receipt number is of 14 Mar 2026, but the line is dated 15 Mar 2026.`,
    ]);
  });

  it('an edited row is taken and breaks the balance chain at its line', async () => {
    const result = await readStatementBytes(changed(PAID_ROW, set('Paid In', '999999.0')));
    const [head] = result.heads;
    if (!head) throw new Error('a head was expected');
    const checks = createChecks(head);
    for (const line of result.lines) checks.add(line);
    const [account] = checks.finish();
    expect(account?.balanced).toBe(false);
    expect(account?.breaks.map(({ row }) => row)).toContain(PAID_ROW);
  });
});
