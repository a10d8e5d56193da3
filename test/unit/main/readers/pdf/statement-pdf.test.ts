import { describe, expect, it } from 'vitest';
import { createChecks } from '#shared/domain/statement/checks.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { render } from '#shared/text/render.ts';
import { seededRandom } from '#test/fixtures/random.ts';
import { type FixtureStatement, inventStatement } from '#test/fixtures/statement-files.ts';
import { inventLook, type StatementPdfOptions, statementPdf } from '#test/fixtures/statement-pdf.ts';
import { type Cell, toWorkbook } from '#test/fixtures/tables.ts';
import { inWords, type ReadStatementResult, readStatementBytes } from '#test/helpers/read-all.ts';

const DAY = '2026-03-14' as BusinessDay;
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 300);
const till = invent(5, 'till', 9);

function invent(seed: number, kind: 'till' | 'paybill', payments: number, days = 1): FixtureStatement {
  return inventStatement({ seed, shortCode: '1234567', kind, day: DAY, days, paymentsPerDay: payments });
}

function read(
  accounts: readonly FixtureStatement[],
  look: Partial<StatementPdfOptions> = {},
  password?: string,
) {
  return readStatementBytes(
    statementPdf(accounts, look),
    'statement.pdf',
    password === undefined ? {} : { password },
  );
}

/** What the description says and what was read, in the same words; equal when every row came through whole. */
function compare(accounts: readonly FixtureStatement[], result: ReadStatementResult, isPersonal: boolean) {
  const expected = accounts.flatMap(({ account, movements }) =>
    movements.toReversed().map((movement) => ({
      account: isPersonal ? 'Personal Account' : account,
      receipt: movement.receipt,
      at: movement.at,
      details: movement.details,
      status: movement.status.toLowerCase(),
      direction: movement.direction,
      amount: movement.amountCents,
      balance: movement.balanceCents,
      type: isPersonal ? null : movement.reasonType,
      party: null,
      isMended: false,
    })),
  );
  const found = result.lines.map((line) => ({
    account: line.account,
    receipt: line.receipt,
    at: line.completedAt,
    details: line.details,
    status: line.status,
    direction: line.direction,
    amount: line.amountCents,
    balance: line.balanceCents,
    type: line.reasonType,
    party: line.otherParty,
    isMended: line.isMended,
  }));
  return { expected, found };
}

describe('a statement as a PDF', () => {
  it(`comes through whole in ${ROUNDS} looks`, { timeout: 120_000 + ROUNDS * 100 }, async () => {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const look = inventLook(seededRandom(seed));
      const isPersonal = look.kind === 'personal';
      const accounts = [invent(seed * 7, 'till', (seed % 23) + 1, 1 + (seed % 2))];
      if (!isPersonal && seed % 3 === 0) accounts.push(invent(seed * 7 + 1, 'paybill', (seed % 11) + 1));
      const result = await read(accounts, look);
      const { expected, found } = compare(accounts, result, isPersonal);
      expect({ seed, look, problems: result.problems, refusal: result.refusal, found }).toEqual({
        seed,
        look,
        problems: [],
        refusal: null,
        found: expected,
      });
    }
  });

  it.each(['zeros', 'dashes', 'blanks'] as const)(
    'assigns amounts where the unused one is %s',
    async (generation) => {
      const { lines, refusal } = await read([till], { generation, moneyAlign: 'right', minus: '\u2212' });
      expect(refusal).toBeNull();
      const sums = { in: 0, out: 0 };
      for (const { direction, amountCents, status } of lines)
        if (status === 'completed') sums[direction] += amountCents;
      expect(sums.in).toBe(sums.out);
      expect(lines.map(({ balanceCents }) => balanceCents)).toEqual(
        till.movements.toReversed().map(({ balanceCents }) => balanceCents),
      );
    },
  );

  it('states its head, its totals and its verification code', async () => {
    const { heads } = await read([till]);
    expect(heads).toHaveLength(1);
    expect(heads[0]).toMatchObject({
      layout: 'portal-pdf',
      holder: 'DEMO DUKA - MAIN STREET',
      shortCode: '1234567',
      verificationCode: 'ZZ9Y6NLU',
      periodFrom: till.from,
      periodTo: till.to,
    });
    const paidIn = till.movements.filter(
      ({ direction, status }) => direction === 'in' && status === 'Completed',
    );
    expect(heads[0]?.accounts[0]?.totalInCents).toBe(
      paidIn.reduce((sum, { amountCents }) => sum + amountCents, 0),
    );
  });

  it('keeps several accounts of one file apart, each with a chain of its own', async () => {
    const accounts = [till, invent(6, 'paybill', 30)];
    const { heads, lines } = await read(accounts, { rowsAPage: 7, repeatsHeader: false });
    const [first, ...others] = heads;
    if (!first) throw new Error('no head');
    const checks = createChecks(first);
    for (const head of others) checks.addHead(head);
    for (const line of lines) checks.add(line);
    expect(checks.finish().map(({ account, rows, balanced }) => ({ account, rows, balanced }))).toEqual([
      { account: 'Merchant Account', rows: till.movements.length, balanced: true },
      { account: 'Utility Account', rows: accounts[1]?.movements.length, balanced: true },
    ]);
  });

  it('is refused with the difference when its rows do not add up to its summary', async () => {
    const { refusal } = await read([till], { summaryError: 12_345 });
    expect(refusal?.code).toBe('totals-differ');
    expect(render(refusal?.reason ?? { id: '' }, 'en')).toContain('123.45');
  });

  it('without a summary is taken, its totals not stated', async () => {
    const { refusal, heads } = await read([till], { hasSummary: false });
    expect(refusal).toBeNull();
    expect(heads[0]?.accounts[0]?.totalInCents).toBeNull();
  });

  it('requested on its last day says nothing about how far that day is covered', async () => {
    const { heads } = await read([{ ...till, reportAt: till.from }]);
    expect(heads[0]).toMatchObject({ periodFrom: till.from, periodTo: null, reportAt: null });
  });

  it('of a person stands for the line that it is of', async () => {
    const { heads, lines } = await read([till], { kind: 'personal' });
    expect(heads[0]).toMatchObject({ layout: 'personal-pdf', shortCode: '712345678' });
    expect(new Set(lines.map(({ shortCode }) => shortCode))).toEqual(new Set(['712345678']));
  });
});

describe('the workbook twin', () => {
  const columns = [
    'Receipt No',
    'Completion Time',
    'Details',
    'Transaction Status',
    'Paid In',
    'Withdrawn',
    'Balance',
  ];
  const header = [...columns, 'Transaction Type', 'Other Party'];
  const row = (receipt: string, time: Cell, paidIn: Cell, withdrawn: Cell, balance: Cell): Cell[] => [
    receipt,
    time,
    'Pay Bill from 0722***111 - A B Acc. 1',
    'Completed',
    paidIn,
    withdrawn,
    balance,
    'Pay Utility',
    '1234567 - DUKA',
  ];

  it('is read sheet by sheet, the account by the name of the sheet', async () => {
    const head: Cell[][] = [['Organisation Name:', 'DUKA'], ['Shortcode:', '1234567'], []];
    const grid = [...head, header, row('UCE3DEMO05', '2026-03-14 18:26:58', '1,000.00', '0.00', '1,000.00')];
    const result = await readStatementBytes(
      toWorkbook(grid, 'M-PESA FULL STATEMENT - Utility', 'xlsx'),
      'twin.xlsx',
    );
    expect(result.refusal).toBeNull();
    expect(result.heads[0]).toMatchObject({ layout: 'full-statement-xlsx', shortCode: '1234567' });
    expect(result.lines).toMatchObject([
      { row: 5, account: 'Utility Account', amountCents: 100_000, isMended: false, otherParty: null },
    ]);
  });

  it.each([
    ['14/3/26 6:26 PM', '2026-03-14T15:26:00.000Z'],
    [46095.76872685186, '2026-03-14T15:26:58.000Z'],
    ['14-03-2026 18:26:58', '2026-03-14T15:26:58.000Z'],
  ])('reads the date %s', async (time, expected) => {
    const grid = [['Shortcode:', '1234567'], header, row('UCE3DEMO05', time, 1000, 0, 1000)];
    const { lines, problems } = await readStatementBytes(
      toWorkbook(grid as Cell[][], 'M-PESA FULL STATEMENT - Utility', 'xlsx'),
      'twin.xlsx',
    );
    expect(inWords(problems)).toEqual([]);
    expect(new Date(lines[0]?.completedAt ?? 0).toISOString()).toBe(expected);
  });
});
