import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChecks } from '#shared/domain/statement/checks.ts';
import { type BusinessDay, parseBusinessDay, toIsoNairobi } from '#shared/domain/time.ts';
import { seededRandom } from '#test/fixtures/random.ts';
import {
  type FixtureStatement,
  inventStatement,
  portalGrid,
  statementsFileName,
  statementsGrid,
} from '#test/fixtures/statement-files.ts';
import { type CsvStyle, type Grid, toCsv, toWorkbook } from '#test/fixtures/tables.ts';
import { type ReadStatementResult, readStatementBytes } from '#test/helpers/read-all.ts';

const DAY = parseBusinessDay('2026-03-14') as BusinessDay;
const till = (payments = 30) =>
  inventStatement({ seed: 7, shortCode: '1234567', kind: 'till', day: DAY, paymentsPerDay: payments });
const paybill = () =>
  inventStatement({ seed: 8, shortCode: '123456', kind: 'paybill', day: DAY, paymentsPerDay: 30 });

/** What was read, without the row numbers and in one order, to compare with what was written. */
const read = ({ lines }: ReadStatementResult) =>
  lines.map(({ receipt, completedAt, direction, amountCents, balanceCents, details }) =>
    JSON.stringify([receipt, completedAt, direction, amountCents, balanceCents, details]),
  );
const written = ({ movements }: FixtureStatement) =>
  movements.map(({ receipt, at, direction, amountCents, balanceCents, details }) =>
    JSON.stringify([receipt, at, direction, amountCents, balanceCents, details.trim()]),
  );

describe('readStatement', () => {
  it('reads the portal export: head, rows with their line, nothing refused', async () => {
    const statement = till();
    const result = await readStatementBytes(toCsv(portalGrid(statement)));
    expect(result.heads).toEqual([
      expect.objectContaining({
        layout: 'portal-csv',
        holder: statement.holder,
        shortCode: '1234567',
        reportAt: statement.reportAt,
      }),
    ]);
    expect(result.heads[0]?.accounts[0]).toMatchObject({
      account: 'Merchant Account',
      openingCents: 0,
      closingCents: 0,
    });
    expect(read(result)).toEqual(written(statement).reverse());
    expect(result.lines[0]?.row).toBe(8);
    expect(result.problems).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(result.lines.every(({ isMended }) => !isMended)).toBe(true);
  });

  it('reads the newer template: short code and period from the name, accounts from the rows', async () => {
    const statement = paybill();
    for (const name of [
      statementsFileName(statement),
      statementsFileName(statement).replace('.csv', ' (1).csv'),
    ]) {
      const result = await readStatementBytes(toCsv(statementsGrid(statement)), name);
      expect(result.heads[0]).toMatchObject({
        layout: 'statements-csv',
        shortCode: '123456',
        periodFrom: statement.from,
        periodTo: statement.to,
      });
      expect(read(result)).toEqual(written(statement).reverse());
      expect(new Set(result.lines.map(({ account }) => account))).toEqual(new Set(['Utility Account']));
    }
  });

  it.each([
    ['portal-xlsx', 'xlsx', portalGrid(till(), { asNumbers: true }), 'x.csv'],
    ['portal-xls', 'xls', portalGrid(till(), { asNumbers: true }), 'x.txt'],
    ['statements-xlsx', 'xlsx', statementsGrid(paybill()), statementsFileName(paybill())],
  ] as const)('reads %s whatever the file is called', async (layout, kind, grid, name) => {
    const result = await readStatementBytes(toWorkbook(grid, 'transaction', kind), name);
    expect(result.refusal).toBeNull();
    expect(result.heads[0]?.layout).toBe(layout);
    expect(read(result)).toEqual(written(layout === 'statements-xlsx' ? paybill() : till()).reverse());
  });

  it('gives the same rows for any order of rows and columns, encoding, delimiter, line end and preamble', async () => {
    const style: fc.Arbitrary<CsvStyle> = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
      encoding: fc.constantFrom('utf-8', 'windows-1252'),
      quoteAll: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), style, fc.boolean(), fc.nat(30), async (seed, csv, isPortal, extraRows) => {
        const random = seededRandom(seed);
        const statement = isPortal ? till(8) : paybill();
        const grid = isPortal ? portalGrid(statement) : statementsGrid(statement);
        const headerAt = isPortal ? 6 : 0;
        const columns = random.shuffle((grid[headerAt] ?? []).map((_, index) => index));
        const shuffled = [grid[headerAt] ?? [], ...random.shuffle(grid.slice(headerAt + 1))].map((row) =>
          columns.map((column) => row[column] ?? ''),
        );
        const extra: Grid = Array.from({ length: isPortal ? extraRows : 0 }, () => ['note', 'of the shop']);
        const bytes = toCsv([...grid.slice(0, headerAt), ...extra, ...shuffled], {
          ...csv,
          hasBom: csv.encoding === 'utf-8',
        });
        const result = await readStatementBytes(bytes, statementsFileName(statement));
        expect(result.problems).toEqual([]);
        expect(read(result).sort()).toEqual(written(statement).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('ignores a header that comes twice, blank lines and a total', async () => {
    const grid = portalGrid(till(3));
    const doubled: Grid = [
      ...grid.slice(0, 9),
      [],
      grid[6] ?? [],
      ...grid.slice(9),
      ['Totals', '', '', '', '', '900.0', '-900.0'],
    ];
    const result = await readStatementBytes(toCsv(doubled));
    expect(read(result)).toEqual(written(till(3)).reverse());
    expect(result.problems).toEqual([]);
  });

  it('reads rows without any preamble once it is told the short code, and infers the account', async () => {
    const bytes = toCsv(portalGrid(till(5)).slice(6));
    expect((await readStatementBytes(bytes)).refusal?.code).toBe('needs-short-code');
    const result = await readStatementBytes(bytes, 'x.csv', { shortCode: '1234567' });
    expect(new Set(result.lines.map(({ shortCode, account }) => `${shortCode} ${account}`))).toEqual(
      new Set(['1234567 Merchant Account']),
    );
    const named = await readStatementBytes(
      bytes,
      'ORG_7654321_Merchant Account_Completed_20260315070000 (1).csv',
    );
    expect(named.heads[0]?.shortCode).toBe('7654321');
  });

  it('reads two tills pasted into one file, each with its own head, and checks each', async () => {
    const other = inventStatement({
      seed: 9,
      shortCode: '7654321',
      kind: 'till',
      day: DAY,
      paymentsPerDay: 4,
    });
    const result = await readStatementBytes(toCsv([...portalGrid(till(5)), ...portalGrid(other)]));
    expect(result.heads.map(({ shortCode }) => shortCode)).toEqual(['1234567', '7654321']);
    expect(new Set(result.lines.map(({ shortCode }) => shortCode))).toEqual(new Set(['1234567', '7654321']));
    const [first, second] = result.heads;
    if (!first || !second) throw new Error('two heads were expected');
    const checks = createChecks(first);
    for (const line of result.lines.filter(({ shortCode }) => shortCode === '1234567')) checks.add(line);
    checks.addHead(second);
    for (const line of result.lines.filter(({ shortCode }) => shortCode === '7654321')) checks.add(line);
    expect(checks.finish().map(({ shortCode, balanced }) => [shortCode, balanced])).toEqual([
      ['1234567', true],
      ['7654321', true],
    ]);
  });

  it('gives rows to the till stated above them, also where the second header was left out', async () => {
    const other = inventStatement({
      seed: 9,
      shortCode: '7654321',
      kind: 'till',
      day: DAY,
      paymentsPerDay: 4,
    });
    const pasted = [...portalGrid(till(5)), ...portalGrid(other).filter((_, index) => index !== 6)];
    const result = await readStatementBytes(toCsv(pasted));
    expect(result.lines.filter(({ shortCode }) => shortCode === '7654321')).toHaveLength(
      other.movements.length,
    );
    expect(result.lines.filter(({ shortCode }) => shortCode === '1234567')).toHaveLength(
      till(5).movements.length,
    );
  });

  it('takes a row whose customer typed a word of the preamble, whatever column comes first', async () => {
    const grid = portalGrid(till(2)).slice(6);
    const first = grid.map((row, index) => [
      index === 0 ? 'A/C No.' : 'Account',
      ...row.slice(0, 12),
      row[13] ?? '',
    ]);
    const result = await readStatementBytes(toCsv(first), 'x', { shortCode: '1234567' });
    expect(result.lines).toHaveLength(till(2).movements.length);
    expect(result.lines[0]?.accountReference).toBe('Account');
  });

  it('reads a column that gives each row its short code', async () => {
    const grid = portalGrid(till(2)).slice(6);
    const rows = grid.map((row, index) => [
      ...row,
      index === 0 ? 'Short Code' : index % 2 ? '111111' : '222222',
    ]);
    const result = await readStatementBytes(toCsv(rows));
    expect(result.lines.map(({ shortCode }) => shortCode).slice(0, 2)).toEqual(['111111', '222222']);
  });

  it('takes a statement of a day without payments, and refuses a header alone', async () => {
    const quiet = { ...till(1), movements: [] };
    expect((await readStatementBytes(toCsv(portalGrid(quiet)))).refusal).toBeNull();
    expect(
      (await readStatementBytes(toCsv(portalGrid(quiet).slice(6)), 'x', { shortCode: '1' })).refusal?.code,
    ).toBe('header-only');
    expect(
      (await readStatementBytes(toCsv(statementsGrid(quiet)), statementsFileName(quiet))).refusal?.code,
    ).toBe('header-only');
  });

  it('reports progress up to the whole file and stops when told to', async () => {
    const bytes = toCsv(portalGrid(till(30)));
    const seen: number[][] = [];
    await readStatementBytes(bytes, 'x', { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([[bytes.length, bytes.length]]);
    const stop = AbortSignal.abort(new Error('stopped by the user'));
    await expect(readStatementBytes(bytes, 'x', { signal: stop })).rejects.toThrow('stopped by the user');
  });

  it('keeps Nairobi time', async () => {
    const [head] = (await readStatementBytes(toCsv(portalGrid(till(1))))).heads;
    expect(head?.periodTo && toIsoNairobi(head.periodTo)).toBe('2026-03-14T23:59:59+03:00');
  });
});
