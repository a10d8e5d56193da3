import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showCoverage } from '#main/services/show-coverage.ts';
import { listImports, listProblems, showImport } from '#main/services/show-imports.ts';
import { listSales } from '#main/services/show-sales.ts';
import { addSale, voidSale } from '#main/services/type-sale.ts';
import { undoImport } from '#main/services/undo-import.ts';
import type { Cents } from '#shared/domain/money.ts';
import { type BusinessDay, fromNairobi } from '#shared/domain/time.ts';
import { contract, type Input } from '#shared/ipc/contract.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

const DAY = '2026-03-14' as BusinessDay;
const PAYMENTS = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '09:00:00', amount: 200 },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const instant = (day: number, hour: number, minute: number, second: number) =>
  fromNairobi({ year: 2026, month: 3, day, hour, minute, second });

async function bringIn(name: string, content: string): Promise<number> {
  const outcome = await shop.bringIn(name, content);
  if (outcome.type !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.importId;
}

describe('the files that came in', () => {
  it('are shown with their checks, newest first, in the shape of the contract', async () => {
    const first = await bringIn('a.csv', dayStatement(PAYMENTS));
    const second = await bringIn('b.csv', dayStatement(PAYMENTS));
    await bringIn('sales.csv', salesFile([{ time: '2026-03-14 08:01:00', amount: 150, reference: 'S-1' }]));
    const list = unwrap(listImports(shop.core, { kind: 'statement', after: null, limit: 10 }));
    expect(contract['import:list'].output.parse(list)).toEqual(list);
    expect(list.imports.map((one) => one.id)).toEqual([second, first]);
    expect(list.next).toBeNull();
    expect(list.imports[1]).toMatchObject({
      kind: 'statement',
      fileName: 'a.csv',
      state: 'done',
      by: 'Owner',
      rows: 2,
      new: 2,
      known: 0,
      totalCents: 35_000,
      isBalanced: true,
      isPartial: false,
      witness: 'none',
      from: instant(14, 0, 0, 0),
    });
    expect(list.imports[1]?.accounts).toMatchObject([
      {
        shortCode: '1234567',
        account: 'Merchant Account',
        rows: 2,
        closingCents: 35_000,
        inCents: 35_000,
        breaks: 0,
      },
    ]);
    expect(unwrap(showImport(shop.core, first))).toEqual(list.imports[1]);
    expect(codeOf(showImport(shop.core, 99))).toBe('ledger/not-found');
  });

  it('come page by page, and a made-up cursor is refused', async () => {
    const ids = [];
    for (const name of ['a.csv', 'b.csv', 'c.csv']) ids.push(await bringIn(name, dayStatement(PAYMENTS)));
    const first = unwrap(listImports(shop.core, { kind: 'statement', after: null, limit: 2 }));
    const second = unwrap(listImports(shop.core, { kind: 'statement', after: first.next, limit: 2 }));
    expect([...first.imports, ...second.imports].map((one) => one.id)).toEqual(ids.reverse());
    expect(second.next).toBeNull();
    expect(codeOf(listImports(shop.core, { kind: 'statement', after: 'x', limit: 2 }))).toBe(
      'ledger/bad-input',
    );
  });

  it('tell what was wrong with their rows, in order, page by page', async () => {
    const rows = dayStatement(PAYMENTS).replace('150.0,,', 'abc,,').replace('200.0,,', '1.23E+05,,');
    const file = await bringIn('bad.csv', rows);
    const all = unwrap(listProblems(shop.core, { importId: file, after: null, limit: 50 }));
    expect(contract['import:problems'].output.parse(all)).toEqual(all);
    expect(all.problems.filter((problem) => problem.severity === 'refused')).toHaveLength(2);
    const one = unwrap(listProblems(shop.core, { importId: file, after: null, limit: 1 }));
    const rest = unwrap(listProblems(shop.core, { importId: file, after: one.next, limit: 50 }));
    expect([...one.problems, ...rest.problems]).toEqual(all.problems);
    expect(codeOf(listProblems(shop.core, { importId: 99, after: null, limit: 1 }))).toBe('ledger/not-found');
  });
});

describe('the days of a month', () => {
  const days = (month = '2026-03', tillId: number | null = null) =>
    unwrap(showCoverage(shop.core, { month, tillId })).days;
  const one = (date: string) => days().find((day) => day.day === date);

  it('say which are covered whole, which in part, and what is open', async () => {
    await bringIn('a.csv', dayStatement(PAYMENTS));
    await bringIn(
      'b.csv',
      dayStatement([{ receipt: 'UCF3NPYD5V', time: '10:00:00', amount: 90 }], '15-03-2026', '14:59:59'),
    );
    expect(days()).toHaveLength(31);
    expect(one('2026-03-14')).toEqual({
      day: DAY,
      state: 'full',
      coveredTo: instant(14, 23, 59, 59),
      pulled: 'none',
      pulledTo: null,
      lost: [],
      payments: 2,
      cents: 35_000,
      openCount: 2,
    });
    expect(one('2026-03-15')).toMatchObject({
      state: 'partial',
      coveredTo: instant(15, 14, 59, 59),
      payments: 1,
    });
    expect(one('2026-03-16')).toEqual({
      day: '2026-03-16',
      state: 'none',
      coveredTo: null,
      pulled: 'none',
      pulledTo: null,
      lost: [],
      payments: 0,
      cents: 0,
      openCount: 0,
    });
    expect(contract['coverage:month'].output.parse({ days: days() })).toEqual({ days: days() });
  });

  it('forget what an undone file covered', async () => {
    const file = await bringIn('a.csv', dayStatement(PAYMENTS));
    unwrap(await undoImport(shop.core, shop.actor, file, shop.book.open('undo', null)));
    expect(one('2026-03-14')).toMatchObject({ state: 'none', payments: 0, openCount: 0 });
  });

  it('look at one till alone when asked', async () => {
    await bringIn('a.csv', dayStatement(PAYMENTS));
    await bringIn(
      'b.csv',
      dayStatement([{ receipt: 'UCE3NPYD5V', time: '10:00:00', amount: 90 }])
        .replaceAll('1234567', '7654321')
        .replaceAll('23:59:59', '11:00:00'),
    );
    const tills = shop.core.ledger.read.all<{ id: number }>(
      'SELECT till_id AS id FROM till_numbers ORDER BY number',
    );
    const states = tills.map((till) => days('2026-03', till.id).find((day) => day.day === DAY)?.state);
    expect(states).toEqual(['full', 'partial']);
    expect(one(DAY)).toMatchObject({ state: 'partial', payments: 3, coveredTo: instant(14, 11, 0, 0) });
  });

  it('are refused for a month that does not exist', () => {
    expect(codeOf(showCoverage(shop.core, { month: '2026-13', tillId: null }))).toBe('ledger/bad-input');
  });
});

describe('the list of sales', () => {
  const ask = (change: Partial<Input<'sale:list'>> = {}): Input<'sale:list'> => ({
    from: DAY,
    to: '2026-03-15' as BusinessDay,
    tillId: null,
    search: '',
    tender: null,
    typedOnly: false,
    after: null,
    limit: 50,
    ...change,
  });
  const list = (change?: Partial<Input<'sale:list'>>) => unwrap(listSales(shop.core, ask(change)));
  const references = (change?: Partial<Input<'sale:list'>>) =>
    list(change).sales.map((sale) => sale.reference);

  beforeEach(async () => {
    await bringIn('a.csv', dayStatement(PAYMENTS));
    await bringIn(
      'sales.csv',
      salesFile([
        { time: '2026-03-14 09:01:00', amount: 200, reference: 'S-2', receipt: 'UCEB9RTW6H' },
        { time: '2026-03-14 08:01:00', amount: 999, reference: 'S-1' },
        { time: '2026-03-15 08:00:00', amount: 80, reference: 'S-3', tender: 'cash' },
        { time: '2026-03-15', amount: 70, reference: 'S-0' },
        { time: '2026-03-16 08:00:00', amount: 60, reference: 'OUT' },
      ]),
    );
    const typed = {
      reference: 'T-1',
      at: null,
      day: DAY,
      amountCents: -1_000 as Cents,
      tender: 'mpesa',
      kind: 'refund',
    } as const;
    const rest = { tillId: null, receipt: null, phone: null, customer: 'WANJIKU', cashier: null, note: null };
    unwrap(await addSale(shop.core, shop.actor, { ...typed, ...rest }));
  });

  it('is in order of time, a day alone first, with its row on the reconcile screen', () => {
    const answer = list();
    expect(contract['sale:list'].output.parse(answer)).toEqual(answer);
    expect(answer.sales.map((sale) => sale.reference)).toEqual(['T-1', 'S-1', 'S-2', 'S-0', 'S-3']);
    const [refund, open, matched] = answer.sales;
    expect(matched).toMatchObject({ isMatched: true, rowKey: expect.stringMatching(/^link-\d+$/) });
    expect(open).toMatchObject({ isMatched: false, rowKey: expect.stringMatching(/^finding-\d+$/) });
    expect(refund).toMatchObject({ typedBy: 'Owner', amountCents: -1_000 });
    expect(answer.total).toEqual({ count: 5, mpesaCents: 126_900, otherCents: 8_000, refundCents: -1_000 });
  });

  it('comes page by page, missing nothing and doubling nothing', () => {
    const seen: (string | null)[] = [];
    for (let after: string | null = null, pages = 0; pages < 9; pages++) {
      const page = list({ after, limit: 2 });
      seen.push(...page.sales.map((sale) => sale.reference));
      after = page.next;
      if (after === null) break;
    }
    expect(seen).toEqual(['T-1', 'S-1', 'S-2', 'S-0', 'S-3']);
    expect(codeOf(listSales(shop.core, ask({ after: 'nonsense' })))).toBe('ledger/bad-input');
  });

  it('is narrowed by words, amount, tender and who typed', () => {
    expect(references({ search: 's-' })).toEqual(['S-1', 'S-2', 'S-0', 'S-3']);
    expect(references({ search: 'uceb9' })).toEqual(['S-2']);
    expect(references({ search: 'wanj' })).toEqual(['T-1']);
    expect(references({ search: '999' })).toEqual(['S-1']);
    expect(references({ tender: 'cash' })).toEqual(['S-3']);
    expect(references({ typedOnly: true })).toEqual(['T-1']);
    expect(list({ tender: 'cash' }).total).toEqual({
      count: 1,
      mpesaCents: 0,
      otherCents: 8_000,
      refundCents: 0,
    });
  });

  it('shows void and undone sales, and leaves them out of the sums', async () => {
    const sale = list({ search: 'S-1' }).sales[0];
    unwrap(await voidSale(shop.core, shop.actor, { saleId: sale?.id ?? 0, note: 'mistake' }));
    const answer = list();
    expect(answer.sales.find((one) => one.reference === 'S-1')).toMatchObject({
      status: 'void',
      rowKey: null,
    });
    expect(answer.total).toMatchObject({ count: 4, mpesaCents: 27_000 });
    const file =
      shop.core.ledger.read.get<{ id: number }>(`SELECT id FROM imports WHERE kind = 'sales'`)?.id ?? 0;
    unwrap(await undoImport(shop.core, shop.actor, file, shop.book.open('undo', null)));
    expect(list().sales.filter((one) => one.isUndone)).toHaveLength(3);
    expect(list().total).toMatchObject({ count: 1, mpesaCents: 0, refundCents: -1_000 });
  });
});
