import { describe, expect, it } from 'vitest';
import { type BusinessDay, MINUTE, parseBusinessDay, toNairobi, type UtcMs } from '#shared/domain/time.ts';
import {
  type FixtureMovement,
  type FixtureStatement,
  inventStatement,
  PORTAL_HEADER,
  portalGrid,
  statementsFileName,
  statementsGrid,
} from '#test/fixtures/statement-files.ts';
import { type Cell, type Grid, toCsv } from '#test/fixtures/tables.ts';
import { readStatementBytes } from '#test/helpers/read-all.ts';

const invent = (day: string, days = 1) =>
  inventStatement({
    seed: 5,
    shortCode: '123456',
    kind: 'paybill',
    day: parseBusinessDay(day) as BusinessDay,
    days,
    paymentsPerDay: 5,
  });
const column = (name: (typeof PORTAL_HEADER)[number]) => PORTAL_HEADER.indexOf(name);
const TIMES = [column('Completion Time'), column('Initiation Time')];

type Write = (at: UtcMs) => string;
const two = (value: number) => String(value).padStart(2, '0');
const dmy: Write = (at) => {
  const { year, month, day, hour, minute } = toNairobi(at);
  return `${day}/${month}/${year} ${hour}:${two(minute)}`;
};
const mdy: Write = (at) => {
  const { year, month, day, hour, minute } = toNairobi(at);
  return `${month}/${day}/${year} ${hour}:${two(minute)}`;
};
const iso: Write = (at) => new Date(at + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const swappedIso: Write = (at) => iso(at).replace(/-(\d\d)-(\d\d) /, '-$2-$1 ');
const serial: Write = (at) => String((at + 3 * 3_600_000 - Date.UTC(1899, 11, 30)) / 86_400_000);

/** The portal file after a spreadsheet wrote its dates in its own way; `isOld` takes the date out of the receipts. */
function resaved(
  statement: FixtureStatement,
  write: Write,
  options: { isOld?: boolean; hasHead?: boolean } = {},
): Grid {
  const newestFirst = [...statement.movements].reverse();
  return portalGrid(statement)
    .map((cells, row) => {
      const movement: FixtureMovement | undefined = newestFirst[row - 7];
      if (!movement) return [...cells];
      const receipt = options.isOld ? movement.receipt.slice(1, 9) : movement.receipt;
      return cells.map(
        (cell, at): Cell => (at === 0 ? receipt : TIMES.includes(at) ? write(movement.at) : cell),
      );
    })
    .slice(options.hasHead === false ? 6 : 0);
}

const toMinute = (at: UtcMs) => at - (at % MINUTE);
const timesOf = (statement: FixtureStatement) =>
  [...statement.movements].reverse().map(({ at }) => toMinute(at));
const readTimes = async (grid: Grid, options = {}) => {
  const result = await readStatementBytes(toCsv(grid), 'x.csv', { shortCode: '123456', ...options });
  return { ...result, times: result.lines.map(({ completedAt }) => toMinute(completedAt)) };
};

describe('dates that a spreadsheet changed', () => {
  it.each([
    ['day first', dmy, '2026-03-14'],
    ['month first', mdy, '2026-03-14'],
    ['day first, told by the receipts alone', dmy, '2026-03-05'],
    ['month first, told by the receipts alone', mdy, '2026-03-05'],
    ['ISO', iso, '2026-03-05'],
    ['ISO with day and month swapped', swappedIso, '2026-03-05'],
    ['serial numbers', serial, '2026-03-05'],
  ] as const)('%s', async (_what, write, day) => {
    const statement = invent(day);
    const result = await readTimes(resaved(statement, write));
    expect(result.times).toEqual(timesOf(statement));
    expect(result.warnings).toEqual([]);
    expect(result.lines.every(({ isMended }) => isMended)).toBe(true);
  });

  it('says that the seconds were lost', async () => {
    const { lines } = await readTimes(resaved(invent('2026-03-14'), mdy));
    expect(new Set(lines.map(({ precision }) => precision))).toEqual(new Set(['minute']));
  });

  it('reads a mixture: a US spreadsheet changes only the dates it can read', async () => {
    const statement = invent('2026-03-10', 6);
    const untouched: Write = (at) =>
      toNairobi(at).day > 12 ? iso(at).replace(/^(\d+)-(\d+)-(\d+)/, '$3-$2-$1') : dmy(at);
    const result = await readTimes(resaved(statement, untouched));
    expect(result.times).toEqual(timesOf(statement));
  });

  it('takes the stated period where receipts carry no date', async () => {
    const statement = invent('2026-03-05');
    for (const write of [dmy, mdy]) {
      const result = await readTimes(resaved(statement, write, { isOld: true }));
      expect(result.times).toEqual(timesOf(statement));
    }
  });

  it('asks where nothing tells, and takes the answer', async () => {
    const statement = invent('2026-03-05');
    const grid = resaved(statement, mdy, { isOld: true, hasHead: false });
    expect((await readTimes(grid)).refusal?.code).toBe('ambiguous-dates');
    expect((await readTimes(grid, { dates: 'mdy' })).times).toEqual(timesOf(statement));
    expect((await readTimes(grid, { dates: 'dmy' })).times).not.toEqual(timesOf(statement));
  });

  it('mends the newer template, whose own dates look like a spreadsheet’s', async () => {
    const statement = invent('2026-03-05');
    const newestFirst = [...statement.movements].reverse();
    const monthFirst = (at: UtcMs) => iso(at).replace(/^(\d+)-(\d+)-(\d+)/, '$2/$3/$1');
    const grid = statementsGrid(statement).map((cells, row) =>
      cells.map((cell, at) =>
        row > 0 && at === 1 ? monthFirst((newestFirst[row - 1] as FixtureMovement).at) : cell,
      ),
    );
    const result = await readStatementBytes(toCsv(grid), statementsFileName(statement));
    expect(result.lines.map(({ completedAt }) => completedAt)).toEqual(newestFirst.map(({ at }) => at));
  });

  it('joins a time alone with the date of the other column', async () => {
    const statement = invent('2026-03-14');
    const grid = portalGrid(statement).map((cells, row) =>
      cells.map((cell, at) =>
        row > 6 && at === column('Completion Time') ? String(cell).slice(11, 16) : cell,
      ),
    );
    const result = await readTimes(grid);
    expect(result.times).toEqual(timesOf(statement));
    expect(result.lines.every(({ isMended, precision }) => isMended && precision === 'minute')).toBe(true);
  });
});

describe('account references that a spreadsheet changed', () => {
  const withReference = async (reference: string, details: string) => {
    const grid = portalGrid(invent('2026-03-14')).map((cells) => [...cells]);
    const row = grid.findIndex((cells, index) => index > 6 && cells[column('A/C No.')] !== '');
    (grid[row] as Cell[])[column('A/C No.')] = reference;
    (grid[row] as Cell[])[column('Details')] = details;
    const result = await readTimes(grid);
    return {
      line: result.lines.find((line) => line.row === row + 1),
      warnings: result.warnings.map(({ reason }) => reason.id),
    };
  };

  it('leaves out digits that are lost, with a warning', async () => {
    const { line, warnings } = await withReference('2.54E+11', 'Some new wording');
    expect(line).toMatchObject({ accountReference: null });
    expect(warnings).toEqual(['reading.row.reference-damaged']);
  });

  it('finds them in Details where they are', async () => {
    const { line, warnings } = await withReference(
      '2.54E+11',
      'Pay Bill from 0722***111 - A Acc. 254712345678',
    );
    expect(line).toMatchObject({ accountReference: '254712345678', isMended: true });
    expect(warnings).toEqual([]);
  });

  it('takes the decimals off a numeric cell, and nothing off what a customer typed', async () => {
    expect((await withReference('850060.0', 'x')).line).toMatchObject({
      accountReference: '850060',
      isMended: true,
    });
    expect((await withReference('12E4', 'x')).line).toMatchObject({
      accountReference: '12E4',
      isMended: false,
    });
    expect((await withReference('007 / A', 'x')).line?.accountReference).toBe('007 / A');
  });
});
