import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerShape, suggestMap } from '#main/readers/sales/columns.ts';
import { previewSales } from '#main/readers/sales/preview-sales.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import { type BusinessDay, MINUTE, parseBusinessDay, toIsoNairobi } from '#shared/domain/time.ts';
import { seededRandom } from '#test/fixtures/random.ts';
import {
  type FixtureSale,
  genericSalesGrid,
  inventSales,
  LOYVERSE_HEADER,
  loyverseGrid,
  type SaleTimeStyle,
} from '#test/fixtures/sales-files.ts';
import { inventStatement, portalGrid } from '#test/fixtures/statement-files.ts';
import { type Grid, toCsv, toWorkbook } from '#test/fixtures/tables.ts';
import { inWords, readSalesBytes, withFile } from '#test/helpers/read-all.ts';

const till = inventStatement({
  seed: 2,
  shortCode: '1234567',
  kind: 'till',
  day: parseBusinessDay('2026-03-14') as BusinessDay,
  paymentsPerDay: 12,
});
const sales = inventSales(till, { seed: 2 });
const toMinute = (at: number) => at - (at % MINUTE);
const brief = (list: readonly { reference: string | null; amountCents: number }[]) =>
  list.map(({ reference, amountCents }) => `${reference} ${amountCents}`);

const csv = (...lines: string[]) => `${lines.join('\n')}\n`;
/** One row under the given header. */
const readRow = async (header: string, row: string) => {
  const result = await readSalesBytes(csv(header, row));
  return {
    sale: result.sales[0],
    problem: inWords(result.problems)[0],
    warnings: inWords(result.warnings),
    refusal: result.refusal,
  };
};

describe('a file with our own columns', () => {
  it('is read whole, in any order of columns and any case', async () => {
    const random = seededRandom(1);
    const grid = genericSalesGrid(sales);
    const order = random.shuffle((grid[0] ?? []).map((_, index) => index));
    const shuffled = grid.map((row, at) =>
      order.map((column) => (at === 0 ? String(row[column]).toUpperCase() : (row[column] ?? ''))),
    );
    for (const bytes of [
      toCsv(shuffled),
      toCsv(shuffled, { delimiter: ';', hasBom: true }),
      toWorkbook(shuffled, 'Sales', 'xlsx'),
    ]) {
      const result = await readSalesBytes(bytes);
      expect(result.head).toMatchObject({ layout: 'generic', dates: null });
      expect(brief(result.sales)).toEqual(brief(sales));
      expect(result.sales.map(({ soldAt }) => soldAt)).toEqual(sales.map(({ at }) => at));
      expect(result.sales.map(({ receipt }) => receipt ?? '')).toEqual(sales.map(({ receipt }) => receipt));
      expect([result.problems, result.warnings]).toEqual([[], []]);
    }
  });

  it('needs only time and amount; a date alone is a day without a time', async () => {
    const { sale } = await readRow('time,amount', '2026-03-14,250');
    expect(sale).toMatchObject({
      row: 2,
      soldAt: null,
      day: '2026-03-14',
      precision: 'day',
      amountCents: 250_00,
      tender: 'mpesa',
      kind: 'sale',
      status: 'closed',
      till: null,
      occurrence: 1,
    });
  });

  it('joins a date and a time of day from two columns, in either order', async () => {
    for (const [header, row] of [
      ['date,time,amount', '14/03/2026,13:05,5'],
      ['time,date,amount', '13:05,14/03/2026,5'],
    ] as const) {
      const { sale } = await readRow(header, row);
      expect(sale?.soldAt && toIsoNairobi(sale.soldAt)).toBe('2026-03-14T13:05:00+03:00');
    }
  });

  it.each([
    ['refund,50', -50_00, 'refund'],
    ['Refund,-50', -50_00, 'refund'],
    ['sale,50', 50_00, 'sale'],
    [',-50', -50_00, 'refund'],
    ['day-total,5000', 5_000_00, 'day-total'],
    ['Z report,5000', 5_000_00, 'day-total'],
  ])('gives %s its sign and kind', async (row, amountCents, kind) => {
    expect((await readRow('time,kind,amount', `2026-03-14,${row}`)).sale).toMatchObject({
      amountCents,
      kind,
    });
  });

  it.each([
    ['', 'mpesa'],
    ['mpesa', 'mpesa'],
    ['M-PESA', 'mpesa'],
    ['Lipa na M-PESA', 'mpesa'],
    ['Till', 'mpesa'],
    ['PayBill', 'mpesa'],
    ['M-PESA Till & Paybill', 'mpesa'],
    ['Cash', 'cash'],
    ['Credit Card', 'card'],
    ['Bank transfer', 'bank'],
    ['On credit', 'credit'],
    ['Airtel Money', 'other'],
  ])('reads the tender %j as %s', async (text, tender) => {
    expect((await readRow('time,amount,tender', `2026-03-14,5,${text}`)).sale?.tender).toBe(tender);
  });

  it('numbers equal rows: by reference, else by time, amount, tender and cashier', async () => {
    const withReference = await readSalesBytes(
      csv('time,amount,reference', '2026-03-14,5,A', '2026-03-14,5,B', '2026-03-14,5,A'),
    );
    expect(withReference.sales.map(({ occurrence }) => occurrence)).toEqual([1, 1, 2]);
    const without = await readSalesBytes(
      csv('time,amount,cashier', '2026-03-14,5,X', '2026-03-14,5,X', '2026-03-14,5,Y', '2026-03-14,6,X'),
    );
    expect(without.sales.map(({ occurrence }) => occurrence)).toEqual([1, 2, 1, 1]);
  });

  it('keeps a cancelled sale with its status', async () => {
    expect((await readRow('time,amount,status', '2026-03-14,5,Cancelled')).sale?.status).toBe('cancelled');
  });

  it.each([
    ['time,amount', '31-02-2026,5', 'not a date'],
    ['time,amount', ',5', 'no date'],
    ['time,amount', '2026-03-14,1.23E+05', 'digits are lost'],
    ['time,amount', '2026-03-14,', 'empty'],
    ['time,amount', '2026-03-14,0', 'zero shillings'],
    ['time,amount,kind', '2026-03-14,-5,sale', 'below zero'],
    ['time,amount,kind', '2026-03-14,5,gift', 'not a kind of sale'],
    ['time,amount,tender', '2026-03-14,5,"Cash, M-PESA"', 'several ways'],
    ['time,amount,customer', '2026-03-14,5,A\u0000B', 'never has'],
    ['time,amount', '2026-03-14,5,6', 'more cells'],
  ])('refuses %s %s', async (header, row, words) => {
    const { sale, problem } = await readRow(header, row);
    expect(sale).toBeUndefined();
    expect(problem).toMatch(/^2: /);
    expect(problem).toContain(words);
  });

  it('keeps a sale whose receipt or status is not understood, with a warning', async () => {
    const { sale, warnings } = await readRow('time,amount,receipt,status', '2026-03-14,5,paid,Odd');
    expect(sale).toMatchObject({ receipt: null, status: 'closed' });
    expect(warnings).toHaveLength(2);
    expect((await readRow('time,amount,receipt', '2026-03-14,5, uce1-demo01 ')).sale?.receipt).toBe(
      'UCE1DEMO01',
    );
  });

  it('skips blank lines and a total below the list', async () => {
    const result = await readSalesBytes(
      csv('time,amount,reference', '2026-03-14,5,A', ',,', ',5,TOTAL', 'Total,5,'),
    );
    expect(result.sales).toHaveLength(1);
    expect(result.problems).toEqual([]);
  });
});

describe('dates of sales', () => {
  const at = async (row: string, options = {}) => {
    const result = await readSalesBytes(
      csv('time,amount', ...row.split('|').map((time) => `${time},5`)),
      options,
    );
    return (
      result.refusal?.code ?? result.sales.map(({ soldAt }) => soldAt && toIsoNairobi(soldAt).slice(0, 16))
    );
  };

  it('are decided on the whole file', async () => {
    expect(await at('01/10/2026 23:50|13/10/2026 08:00')).toEqual(['2026-10-01T23:50', '2026-10-13T08:00']);
    expect(await at('7/4/26 1:33 PM|7/28/26 12:05 AM')).toEqual(['2026-07-04T13:33', '2026-07-28T00:05']);
    expect(await at('2026-01-02 08:00:00')).toEqual(['2026-01-02T08:00']);
    expect(await at('05/05/2026 08:00')).toEqual(['2026-05-05T08:00']);
  });

  it('are asked for, never guessed', async () => {
    expect(await at('01/10/2026 23:50|02/10/2026 08:00')).toBe('ambiguous-dates');
    expect(await at('01/10/2026 23:50', { dates: 'dmy' })).toEqual(['2026-10-01T23:50']);
    expect(await at('01/10/2026 23:50', { dates: 'mdy' })).toEqual(['2026-01-10T23:50']);
  });

  it('are told by a typed receipt', async () => {
    const { sale } = await readRow(
      'time,amount,receipt',
      '05/03/2026 10:00,5,UCE5DEMO01'.replace('UCE5', 'UC55'),
    );
    expect(sale?.day).toBe('2026-03-05');
  });
});

describe('Loyverse receipts', () => {
  const withRefund: FixtureSale[] = [
    ...sales,
    { ...(sales[0] as FixtureSale), reference: 'R-1', amountCents: -350_00 as FixtureSale['amountCents'] },
    {
      ...(sales[0] as FixtureSale),
      reference: 'C-1',
      isCancelled: true,
      phone: 'jane@example.com',
      tender: 'Cash',
    },
  ];

  it.each(['dmy', 'mdy-12h', 'iso'] as const)('are read in the locale %s', async (style: SaleTimeStyle) => {
    const result = await readSalesBytes(toCsv(loyverseGrid(withRefund, style)));
    expect(result.head?.layout).toBe('loyverse-receipts');
    expect(brief(result.sales).sort()).toEqual(brief(withRefund).sort());
    expect(result.sales.map(({ soldAt }) => toMinute(soldAt ?? 0))).toEqual(
      [...withRefund].reverse().map(({ at }) => toMinute(at)),
    );
    expect(result.sales[1]).toMatchObject({
      kind: 'refund',
      reference: 'R-1',
      cashier: withRefund[0]?.cashier,
      till: null,
    });
    expect(result.sales[0]).toMatchObject({ status: 'cancelled', tender: 'cash', phone: null });
  });

  it('by item are refused with the name of the other export', async () => {
    const header =
      'Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Modifiers applied,Quantity,Gross sales,Status';
    expect(
      (await readSalesBytes(csv(header, '14/03/2026 09:00,1-1,Sale,,,X,,,1,5,Closed'))).refusal?.code,
    ).toBe('is-item-list');
  });
});

describe('files that need a map', () => {
  const file = csv('My shop,,', '', 'Tarehe,Bidhaa,Jumla KES', '14/03/2026,Sukari,250', '15/03/2026,Chai,30');
  const map: ColumnMap = { tarehe: 'time', 'Jumla KES': 'amount', Bidhaa: 'description' };

  it('are refused with what the mapping screen shows', async () => {
    const { refusal } = await readSalesBytes(file);
    expect(refusal).toMatchObject({
      code: 'needs-map',
      row: 3,
      headers: ['Tarehe', 'Bidhaa', 'Jumla KES'],
      sample: [
        ['14/03/2026', 'Sukari', '250'],
        ['15/03/2026', 'Chai', '30'],
      ],
      suggestedMap: { Tarehe: 'time', Bidhaa: 'description' },
    });
  });

  it('are read under the map, whatever stands above the header', async () => {
    const result = await readSalesBytes(file, { map });
    expect(result.head).toMatchObject({ layout: 'mapped', map });
    expect(
      result.sales.map(({ row, day, amountCents, description }) => [row, day, amountCents, description]),
    ).toEqual([
      [4, '2026-03-14', 250_00, 'Sukari'],
      [5, '2026-03-15', 30_00, 'Chai'],
    ]);
    expect((await readSalesBytes(file, { map: { Nothing: 'time', Else: 'amount' } })).refusal?.code).toBe(
      'needs-map',
    );
  });

  it('show their first rows as the map reads them', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `14/03/2026,Sukari,${index === 1 ? 'oops' : 250}`);
    const preview = await withFile('x', csv('Tarehe,Bidhaa,Jumla KES', ...rows), (input) =>
      previewSales(input, { map }),
    );
    if (preview.type !== 'preview') throw new Error('a preview was expected');
    expect(preview.rows).toHaveLength(20);
    expect(preview.rows[0]).toMatchObject({ row: 2, sale: { amountCents: 250_00 }, problems: [] });
    expect(preview.rows[1]?.sale).toBeNull();
    expect(inWords(preview.rows[1]?.problems ?? [])).toEqual(['3: amount “oops” is not an amount.']);
  });

  it('show their rows while the map is incomplete, and what it lacks', async () => {
    const preview = await withFile('x', file, (input) => previewSales(input, { map: { Tarehe: 'time' } }));
    expect(preview).toMatchObject({
      type: 'preview',
      missing: ['amount'],
      head: { headers: ['Tarehe', 'Bidhaa', 'Jumla KES'] },
    });
    expect(preview.type === 'preview' && preview.rows.map(({ sale }) => sale)).toEqual([null, null]);
  });

  it('are a statement, an empty file or a photo: said as such', async () => {
    expect((await readSalesBytes(toCsv(portalGrid(till)))).refusal?.code).toBe('is-statement');
    expect((await readSalesBytes('')).refusal?.code).toBe('empty');
    expect((await readSalesBytes('time,amount\n')).refusal?.code).toBe('header-only');
    expect((await readSalesBytes(Buffer.from('ffd8ffe0', 'hex'))).refusal?.code).toBe('not-a-table');
    const preview = await withFile('x', '', (input) => previewSales(input, { map }));
    expect(preview).toMatchObject({ type: 'refused', refusal: { code: 'empty' } });
  });
});

describe('maps', () => {
  it('are remembered by the columns, whatever their order and case', () => {
    expect(headerShape(['B ', 'a.', ''])).toBe(headerShape(['A', 'b']));
    expect(headerShape(['a', 'b'])).not.toBe(headerShape(['a', 'c']));
  });

  it('are suggested with each of our columns at most once, but for a date and a time', () => {
    expect(suggestMap(['Date', 'Time', 'Total', 'M-Pesa Code', 'Served by'])).toEqual({
      Date: 'time',
      Time: 'time',
      Total: 'amount',
      'M-Pesa Code': 'receipt',
      'Served by': 'cashier',
    });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LOYVERSE_HEADER, 'Total', 'Amount', 'Phone', 'x')),
        (headers) => {
          const columns = Object.values(suggestMap(headers)).filter((column) => column !== 'time');
          expect(new Set(columns).size).toBe(columns.length);
        },
      ),
    );
  });

  it('read what they write: any grid of sales comes back the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        async (seed, delimiter, lineEnd) => {
          const [header = [], ...rows] = genericSalesGrid(sales);
          const grid: Grid = [header, ...seededRandom(seed).shuffle(rows)];
          const result = await readSalesBytes(toCsv(grid, { delimiter, lineEnd } as const));
          expect(brief(result.sales).sort()).toEqual(brief(sales).sort());
        },
      ),
      { numRuns: 30 },
    );
  });
});
