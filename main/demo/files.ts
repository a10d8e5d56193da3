import { cents, toDecimal, toReadable } from '#shared/domain/money.ts';
import {
  addDays,
  type BusinessDay,
  businessDayOf,
  startOfDay,
  toNairobi,
  type UtcMs,
} from '#shared/domain/time.ts';
import { type Book, clock, type DemoRow, type DemoSale, MERCHANT, PAYBILL, SHOP, TILL } from './book.ts';
import { CORRECTED_DAY, LOST_DAY, type Month } from './month.ts';

export type DemoFile = { readonly kind: 'statement' | 'sales'; readonly name: string; readonly text: string };

type Row = readonly (string | number | null)[];

/** The month as the files a shop has, in the order they were brought in. */
export function writeFiles(month: Month): DemoFile[] {
  const { book, days } = month;
  const last = days.length - 1;
  const till = (first: number, final: number) => tillFile(month, first, final);
  const paybill = (first: number, final: number) => paybillFile(book, dayAt(days, first), dayAt(days, final));
  const sales = (first: number, final: number, hasSlip = false) =>
    salesFile(book, dayAt(days, first), dayAt(days, final), hasSlip);
  return [
    till(0, LOST_DAY - 1),
    sales(0, LOST_DAY),
    paybill(0, 14),
    till(LOST_DAY + 1, 16),
    sales(LOST_DAY + 1, 16),
    till(17, 23),
    sales(17, 23, true),
    till(24, last - 1),
    paybill(15, last - 1),
    sales(24, last - 1),
    datedFile(book, 'Z reports.csv', (sale) => sale.kind === 'day-total'),
    correctedFile(month),
    till(last, last),
    paybill(last, last),
    sales(last, last),
    datedFile(book, 'Deliveries.csv', (sale) => sale.kind === 'sale'),
  ];
}

function dayAt(days: readonly BusinessDay[], place: number): BusinessDay {
  const day = days[place];
  if (day === undefined) throw new RangeError(`the month has no day ${place}`);
  return day;
}

function between<T extends { readonly at: UtcMs }>(rows: readonly T[], from: UtcMs, to: UtcMs): T[] {
  return rows.filter((row) => row.at >= from && row.at <= to).sort((a, b) => a.at - b.at);
}

const PORTAL_COLUMNS: Row = [
  'Receipt No.',
  'Completion Time',
  'Initiation Time',
  'Details',
  'Transaction Status',
  'Paid In',
  'Withdrawn',
  'Balance',
  'Balance Confirmed',
  'Reason Type',
  'Other Party Info',
  'Linked Transaction ID',
  'A/C No.',
  'Currency',
];

/** The till's account as the portal's classic export writes it; the last day's was taken in the afternoon. */
function tillFile({ book, days, exportedAt }: Month, first: number, final: number): DemoFile {
  const from = startOfDay(dayAt(days, first));
  const to = (startOfDay(addDays(dayAt(days, final), 1)) - 1000) as UtcMs;
  const isLast = final === days.length - 1;
  const reportAt = isLast
    ? clock(dayAt(days, final), exportedAt)
    : clock(addDays(dayAt(days, final), 1), '07:02');
  return portalFile(between(book.till, from, to), from, to, reportAt, '');
}

/** The same morning again, exported later: a payment that failed the first time is completed now. */
function correctedFile({ book, days }: Month): DemoFile {
  const day = dayAt(days, CORRECTED_DAY);
  const from = startOfDay(day);
  const to = clock(day, '14:59');
  const rows = between(book.till, from, to).map((row) =>
    row.status === 'Failed' && row.cents === 195_00 ? { ...row, status: 'Completed' as const } : row,
  );
  return portalFile(rows, from, to, clock(addDays(day, 1), '08:30'), ' (1)');
}

function portalFile(
  rows: readonly DemoRow[],
  from: UtcMs,
  to: UtcMs,
  reportAt: UtcMs,
  copy: string,
): DemoFile {
  const { balances, totals } = runBalances(rows);
  const lines = rows.map((row, place): Row => {
    const money = toDecimal(cents(row.cents));
    return [
      row.receipt,
      portalTime(row.at, '-'),
      portalTime(row.at, '-'),
      row.details,
      row.status,
      row.direction === 'in' ? money : '',
      row.direction === 'out' ? `-${money}` : '',
      toDecimal(cents(balances[place] ?? 0)),
      'true',
      row.reason,
      row.party,
      row.linkedReceipt,
      '',
      'KES',
    ];
  });
  const head: Row[] = [
    ['Account Holder:', SHOP],
    ['Short Code:', TILL],
    ['Account:', MERCHANT],
    ['Time Period:', 'From', portalTime(from, '-'), 'To', portalTime(to, '-')],
    ['Operator:', 'MfanoOperator', 'Organization:', SHOP, 'Date of Report:', portalTime(reportAt, '-')],
    [
      'Opening Balance:',
      '0.00',
      'Closing Balance:',
      toDecimal(cents(balances.at(-1) ?? 0)),
      'Available Balance:',
      '',
      'Total Paid In:',
      toDecimal(cents(totals.in)),
      'Total Withdrawn:',
      toDecimal(cents(-totals.out)),
    ],
  ];
  const name = `ORG_${TILL}_${MERCHANT}_Completed_${stamp(reportAt)}${copy}.csv`;
  return { kind: 'statement', name, text: toCsv([...head, PORTAL_COLUMNS, ...lines.reverse()]) };
}

/** Every day of the till ends at zero, so every file begins at zero. */
function runBalances(rows: readonly DemoRow[]) {
  const perAccount = new Map<string, number>();
  const totals = { in: 0, out: 0 };
  const balances = rows.map((row) => {
    const before = perAccount.get(row.account) ?? 0;
    if (row.status !== 'Completed') return before;
    totals[row.direction] += row.cents;
    const after = before + (row.direction === 'in' ? row.cents : -row.cents);
    perAccount.set(row.account, after);
    return after;
  });
  return { balances, totals };
}

/** The PayBill's rows as the portal's newer template writes them: all accounts together, no head. */
function paybillFile(book: Book, first: BusinessDay, final: BusinessDay): DemoFile {
  const rows = between(book.paybill, startOfDay(first), (startOfDay(addDays(final, 1)) - 1000) as UtcMs);
  const { balances } = runBalances(rows);
  const lines = rows.map((row, place): Row => {
    const money = toReadable(cents(row.cents));
    return [
      row.receipt,
      portalTime(row.at, '/'),
      row.details,
      row.status,
      row.direction === 'in' ? money : '0.00',
      row.direction === 'out' ? `-${money}` : '0.00',
      toReadable(cents(balances[place] ?? 0)),
    ];
  });
  const head: Row = [
    'Receipt No',
    'Completion Time',
    'Details',
    'Transaction Status',
    'Paid In (KSHs)',
    'Withdrawn (KSHs)',
    'Balance (KSHs)',
  ];
  const name = `Statements for ${PAYBILL} from ${first} to ${final}.csv`;
  return { kind: 'statement', name, text: toCsv([head, ...lines.reverse()]) };
}

const SALES_COLUMNS: Row = [
  'time',
  'reference',
  'amount',
  'tender',
  'receipt',
  'customer',
  'account',
  'cashier',
  'status',
  'till',
  'kind',
];

/** The shop's own list of a week. One of them has a row that somebody typed wrong. */
function salesFile(book: Book, first: BusinessDay, final: BusinessDay, hasSlip: boolean): DemoFile {
  const timed = book.sales.filter((sale) => !sale.isDateOnly);
  const sales = between(timed, startOfDay(first), (startOfDay(addDays(final, 1)) - 1000) as UtcMs);
  const rows = sales.map(saleRow);
  const slip: Row[] = hasSlip
    ? [['2026-02-31 10:00:00', 'M-SLIP', '250.00', 'M-PESA', '', '', '', '', '', '', 'sale']]
    : [];
  return {
    kind: 'sales',
    name: `Sales ${first} to ${final}.csv`,
    text: toCsv([SALES_COLUMNS, ...rows, ...slip]),
  };
}

function datedFile(book: Book, name: string, isIn: (sale: DemoSale) => boolean): DemoFile {
  const rows = book.sales.filter((sale) => sale.isDateOnly && isIn(sale)).map(saleRow);
  return { kind: 'sales', name, text: toCsv([SALES_COLUMNS, ...rows]) };
}

function saleRow(sale: DemoSale): Row {
  const day = businessDayOf(sale.at);
  const time = portalTime(sale.at, '-').slice(11);
  return [
    sale.isDateOnly ? day : `${day} ${time}`,
    sale.reference,
    toDecimal(cents(sale.cents)),
    sale.tender,
    sale.receipt,
    sale.customer,
    sale.account,
    sale.cashier,
    sale.status,
    sale.till,
    sale.kind,
  ];
}

const two = (value: number) => String(value).padStart(2, '0');

/** `14-03-2026 23:31:04`, with the given separator. */
function portalTime(at: UtcMs, separator: '-' | '/'): string {
  const { year, month, day, hour, minute, second } = toNairobi(at);
  return `${[two(day), two(month), year].join(separator)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

function stamp(at: UtcMs): string {
  const { year, month, day, hour, minute, second } = toNairobi(at);
  return [year, ...[month, day, hour, minute, second].map(two)].join('');
}

function toCsv(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
