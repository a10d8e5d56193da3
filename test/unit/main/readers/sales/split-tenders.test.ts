import { describe, expect, it } from 'vitest';
import { readTenderParts } from '#main/readers/sales/split-tenders.ts';
import { cents } from '#shared/domain/money.ts';
import { type Cell, toCsv, toWorkbook } from '#test/fixtures/tables.ts';
import { inWords, readSalesBytes } from '#test/helpers/read-all.ts';

const brief = (result: Awaited<ReturnType<typeof readSalesBytes>>) =>
  result.sales.map(({ row, reference, tender, amountCents }) => [row, reference, tender, amountCents]);

describe("Odoo's orders", () => {
  const header = [
    'Order Ref',
    'Session',
    'Date',
    'Point of Sale',
    'Receipt Number',
    'Customer',
    'Responsible',
    'Total',
    'Status',
  ];
  const order = (ref: string, total: string, status = 'Paid') => [
    ref,
    'POS/0001',
    '2026-03-14 09:30:00',
    'Duka',
    'Order 00001-001-0001',
    '',
    'Amina',
    total,
    status,
  ];
  const further = Array.from({ length: header.length }, () => '');
  const withParts = [...header, 'Payments/Payment Method', 'Payments/Amount'];

  it('are recognised, with every status', async () => {
    const result = await readSalesBytes(
      toCsv([
        header,
        order('Shop/0001', '150.00'),
        order('Shop/0002', '20.00', 'Cancelled'),
        order('Shop/0003', '-20.00', 'Posted'),
      ]),
    );
    expect(result.head).toMatchObject({ layout: 'odoo-orders' });
    expect(result.sales).toMatchObject([
      { reference: 'Shop/0001', cashier: 'Amina', status: 'closed', tender: 'mpesa', kind: 'sale' },
      { reference: 'Shop/0002', status: 'cancelled' },
      { reference: 'Shop/0003', kind: 'refund', amountCents: -2_000 },
    ]);
  });

  it('paid in several ways become one sale each, change taken off', async () => {
    const result = await readSalesBytes(
      toCsv([
        withParts,
        [...order('Shop/0001', '1500.00'), 'Cash', '600.00'],
        [...further, 'M-PESA', '1000.00'],
        [...further, 'Cash', '-100.00'],
        [...order('Shop/0002', '70.00'), 'M-PESA', '70.00'],
      ]),
    );
    expect(inWords(result.problems)).toEqual([]);
    expect(brief(result)).toEqual([
      [2, 'Shop/0001', 'cash', 50_000],
      [3, 'Shop/0001', 'mpesa', 100_000],
      [5, 'Shop/0002', 'mpesa', 7_000],
    ]);
  });

  it('whose payments do not add up are refused with their line', async () => {
    const result = await readSalesBytes(
      toCsv([
        withParts,
        [...order('Shop/0001', '1500.00'), 'Cash', '600.00'],
        [...further, 'M-PESA', '1000.00'],
      ]),
    );
    expect(inWords(result.problems)).toEqual(['2: The payments of this order do not add up to its total.']);
  });

  it('without the amount of each payment are refused when there are several', async () => {
    const result = await readSalesBytes(
      toCsv([
        [...header, 'Payments/Payment Method'],
        [...order('Shop/0001', '1500.00'), 'Cash'],
        [...further, 'M-PESA'],
        [...order('Shop/0002', '70.00'), 'M-PESA'],
      ]),
    );
    expect(inWords(result.problems)[0]).toContain('several ways');
    expect(brief(result)).toEqual([[4, 'Shop/0002', 'mpesa', 7_000]]);
  });
});

describe('one cell that names several ways of paying', () => {
  it.each([
    ['Cash: 500, M-PESA: 1,000', 1_500, 1_000],
    ['M-PESA 1000 + Cash 500', 1_500, 1_000],
    ['M-PESA=1,000.00;Card=500.00', 1_500, 1_000],
    ['500 cash and 1000 mpesa', 1_500, 1_000],
    ['Cash: 500, M-PESA: 900', 1_500, null],
    ['Cash, M-PESA', 1_500, null],
    ['Cash: 500, M-PESA', 1_500, null],
  ])('%s', (text, total, mpesa) => {
    expect(readTenderParts(text, cents(total * 100))?.mpesa ?? null).toBe(
      mpesa === null ? null : mpesa * 100,
    );
  });

  it('is taken for its part by M-PESA, and the rest is said', async () => {
    const result = await readSalesBytes(
      'time,amount,tender\n2026-03-14 09:00,1500,"Cash: 500, M-PESA: 1000"\n',
    );
    expect(result.sales).toMatchObject([{ amountCents: 100_000, tender: 'mpesa' }]);
    expect(inWords(result.warnings)[0]).toContain('500.00');
  });
});

describe('a plain list', () => {
  const rows: Cell[][] = [
    ['Date', 'Item', 'Amount', 'M-PESA Code'],
    ['14/03/2026', 'Unga 2kg', 210, 'uce3 demo05'],
    ['15/03/2026', 'Sukari', 150, ''],
  ];
  it('keeps the typed code and what was sold', async () => {
    const result = await readSalesBytes(toWorkbook(rows, 'Sheet1', 'xlsx'));
    expect(result.refusal).toBeNull();
    expect(result.sales).toMatchObject([
      {
        receipt: 'UCE3DEMO05',
        description: 'Unga 2kg',
        amountCents: 21_000,
        soldAt: null,
        day: '2026-03-14',
      },
      { receipt: null, description: 'Sukari' },
    ]);
  });

  it('leaves out a number whose digits a spreadsheet has lost, and says so', async () => {
    const result = await readSalesBytes('time,amount,account\n2026-03-14 09:00,5,2.54722E+11\n');
    expect(result.sales).toMatchObject([{ accountReference: null }]);
    expect(inWords(result.warnings)[0]).toContain('2.54722E+11');
  });
});
