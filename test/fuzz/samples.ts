import type { BusinessDay } from '#shared/domain/time.ts';
import { genericSalesGrid, inventSales, loyverseGrid } from '#test/fixtures/sales-files.ts';
import {
  inventStatement,
  portalGrid,
  statementsFileName,
  statementsGrid,
} from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { type Grid, toCsv, toWorkbook } from '#test/fixtures/tables.ts';

/** A sound file of one layout, to be damaged. `weight`: how often it is taken; packed ones take longer to read. */
export type Sample = {
  readonly layout: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly reader: 'statement' | 'sales';
  readonly password?: string;
  readonly weight: number;
};

const till = inventStatement({
  seed: 11,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 8,
});
const paybill = inventStatement({
  seed: 12,
  shortCode: '123456',
  kind: 'paybill',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 5,
});
const sales = inventSales(till, { seed: 13 });

const TWIN: Grid = [
  ['Organisation Name:', 'DEMO DUKA'],
  ['Shortcode:', '1234567'],
  [
    'Receipt No',
    'Completion Time',
    'Details',
    'Transaction Status',
    'Paid In',
    'Withdrawn',
    'Balance',
    'Transaction Type',
    'Other Party',
  ],
  [
    'UCE3DEMO05',
    '2026-03-14 18:26:58',
    'Pay Bill from 0722***111 - A B Acc. 1',
    'Completed',
    '1,000.00',
    '0.00',
    '1,000.00',
    'Pay Utility',
    '1234567 - DUKA',
  ],
];
const PUSHED: Grid = [
  ['RECEIPT NO', 'COMPLETION TIME', 'DETAILS', 'STATUS', 'WITHDRAWN', 'PAID IN'],
  ['UCE3DEMO05', '2026-03-14 18:26:58', 'Pay Bill from 0722***111 - A B Acc. 7', 'Completed', '', '1000'],
  ['UCE3DEMO05', '2026-03-14 18:26:58', 'Pay Bill Charge', 'Completed', '-5.5', ''],
];
const STORES: Grid = [
  [
    'STORE_NAME',
    'RECEIPT_NUMBER',
    'ACCOUNT_TYPE_NAME',
    'TRANSACTION_TYPE',
    'START_TIMESTAMP',
    'TRANSACTION_PARTY_DETAILS',
    'CREDIT_AMOUNT',
    'DEBIT_AMOUNT',
    'BALANCE',
    'LINKED_TRANSACTION_ID',
  ],
  [
    '',
    '500001 - TOWN',
    'UCE3DEMO05',
    'Merchant Account',
    'Customer Merchant Payment',
    '2026-03-14 18:26:58',
    '254722***111 - A B',
    '1000',
    '',
    '1000',
    '',
  ],
];
const ODOO: Grid = [
  [
    'Order Ref',
    'Session',
    'Date',
    'Point of Sale',
    'Total',
    'Status',
    'Payments/Payment Method',
    'Payments/Amount',
  ],
  ['Shop/0001', 'POS/1', '2026-03-14 09:30:00', 'Duka', '1500.00', 'Paid', 'Cash', '500.00'],
  ['', '', '', '', '', '', 'M-PESA', '1000.00'],
];

/** One of every layout in every container. */
export function buildSamples(): Sample[] {
  const statement = (layout: string, bytes: Buffer, weight: number, name = `${layout}.bin`): Sample => ({
    layout,
    name,
    bytes,
    reader: 'statement',
    weight,
  });
  const sold = (layout: string, bytes: Buffer, weight: number): Sample => ({
    layout,
    name: `${layout}.bin`,
    bytes,
    reader: 'sales',
    weight,
  });
  return [
    statement('portal-csv', toCsv(portalGrid(till)), 20),
    statement(
      'portal-csv-utf16',
      toCsv(portalGrid(till), { encoding: 'utf-16le', hasBom: true, delimiter: ';' }),
      5,
    ),
    statement('portal-xls', toWorkbook(portalGrid(till, { asNumbers: true }), 'transaction', 'xls'), 5),
    statement('portal-xlsx', toWorkbook(portalGrid(till, { asNumbers: true }), 'transaction', 'xlsx'), 5),
    statement('statements-csv', toCsv(statementsGrid(paybill)), 15, statementsFileName(paybill)),
    statement(
      'statements-xlsx',
      toWorkbook(statementsGrid(paybill), 'Statements', 'xlsx'),
      4,
      statementsFileName(paybill, 'xlsx'),
    ),
    statement('full-statement-xlsx', toWorkbook(TWIN, 'M-PESA FULL STATEMENT - Utility', 'xlsx'), 3),
    statement('pushed-csv', toCsv(PUSHED), 8, 'Mpesa_123456_20260314235959.csv'),
    statement('pushed-stores-csv', toCsv(STORES), 8, 'Mpesa_123456_20260314235959.csv'),
    statement('portal-pdf-zeros', statementPdf([till], { isDeflated: false }), 3),
    statement(
      'portal-pdf-blanks',
      statementPdf([till, paybill], { generation: 'blanks', isDeflated: true }),
      3,
    ),
    statement(
      'portal-pdf-dashes',
      statementPdf([till], { generation: 'dashes', isDeflated: false, repeatsHeader: false }),
      2,
    ),
    statement('personal-pdf', statementPdf([till], { kind: 'personal', isDeflated: false }), 2),
    { ...statement('locked-pdf', statementPdf([till], { password: '1234' }), 1), password: '1234' },
    sold('generic-csv', toCsv(genericSalesGrid(sales)), 10),
    sold('generic-xlsx', toWorkbook(genericSalesGrid(sales), 'Sales', 'xlsx'), 3),
    sold('loyverse-csv', toCsv(loyverseGrid(sales)), 10),
    sold('odoo-csv', toCsv(ODOO), 8),
  ];
}
