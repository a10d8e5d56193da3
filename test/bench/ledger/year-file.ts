import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '#test/fixtures/random.ts';

const HEADER =
  'Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,' +
  'Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.,Currency';
const NAMES = [
  'AMINA EXAMPLE',
  'BRIAN SAMPLE',
  'CAROL FIXTURE',
  'DAUDI FAKE',
  'EUNICE O DEMO',
  'FELIX TRIAL',
];
const SYMBOLS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DAY_MS = 86_400_000;
const SHOP_OPENS = 7 * 3_600;
const SHOP_OPEN_SECONDS = 14 * 3_600;

/** Lines of the file above its header. */
export const HEAD_LINES = 6;

export type BenchFile = {
  readonly path: string;
  readonly lines: number;
  /** The first and the last business day in the file, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
};

export type BenchFileOptions = {
  readonly lines: number;
  readonly lastDay: string;
  /** How many days the lines are spread over. */
  readonly days: number;
  readonly seed?: number;
};

/**
 * Writes a portal CSV as a busy till's owner would export it: the newest row first, a payment and often its charge
 * under one receipt, the takings swept each night, receipts that rise with time, balances that follow.
 */
export function writeYearFile(path: string, options: BenchFileOptions): BenchFile {
  const { lines, days } = options;
  const random = seededRandom(options.seed ?? 1);
  const last = Date.parse(`${options.lastDay}T00:00:00Z`);
  const firstDay = isoDay(last - (days - 1) * DAY_MS);
  const file = openSync(path, 'w');
  writeSync(file, `${headOf(firstDay, options.lastDay).join('\n')}\n`);
  let left = lines;
  for (let back = 0; back < days; back++) {
    const count = Math.floor(left / (days - back));
    left -= count;
    writeSync(
      file,
      dayRows(last - back * DAY_MS, count, random)
        .reverse()
        .join(''),
    );
  }
  closeSync(file);
  return { path, lines, firstDay, lastDay: options.lastDay };
}

function headOf(firstDay: string, lastDay: string): string[] {
  return [
    'Account Holder:,BENCH DUKA',
    'Short Code:,1234567',
    'Account:,Merchant Account',
    `Time Period:,From,${portalDay(Date.parse(firstDay))} 00:00:00,To,${portalDay(Date.parse(lastDay))} 23:59:59`,
    `Operator:,Bench,Organization:,BENCH DUKA,Date of Report:,${portalDay(Date.parse(lastDay) + DAY_MS)} 07:00:00`,
    'Opening Balance:,0.0,Closing Balance:,0.0',
    HEADER,
  ];
}

/** A generic sales CSV for some of the days of a year file: `perDay` sales a day, each with a reference of its own. */
export function writeYearSales(
  path: string,
  options: {
    readonly lastDay: string;
    readonly days: number;
    readonly perDay: number;
    readonly seed?: number;
  },
): void {
  const random = seededRandom(options.seed ?? 2);
  const last = Date.parse(`${options.lastDay}T00:00:00Z`);
  const file = openSync(path, 'w');
  writeSync(file, 'time,amount,reference\n');
  for (let back = options.days - 1; back >= 0; back--) {
    const date = isoDay(last - back * DAY_MS);
    const rows = Array.from({ length: options.perDay }, (_, place) => {
      const at = clock(SHOP_OPENS + Math.floor((place * SHOP_OPEN_SECONDS) / options.perDay));
      return `${date} ${at},${random.whole(20, 5_000)},S${date.replaceAll('-', '')}-${String(place).padStart(4, '0')}\n`;
    });
    writeSync(file, rows.join(''));
  }
  closeSync(file);
}

/** One day, oldest first, each row with its line end. The last row sweeps what was taken. */
function dayRows(day: number, count: number, random: ReturnType<typeof seededRandom>): string[] {
  const rows: string[] = [];
  const date = portalDay(day);
  const prefix = receiptPrefix(day);
  const step = Math.floor(36 ** 7 / (count + 1));
  let balance = 0;
  const row = (place: number, at: string, details: string, cents: number, reason: string, party: string) => {
    balance += cents;
    const receipt = prefix + base36(place * step + (place % 97), 7);
    const [paidIn, withdrawn] = cents > 0 ? [shillings(cents), ''] : ['', shillings(cents)];
    rows.push(
      `${receipt},${at},${at},${details},Completed,${paidIn},${withdrawn},${shillings(balance)},true,${reason},${party},,,KES\n`,
    );
  };
  const sweep = 'Merchant Account to Organization Settlement Account';
  while (rows.length < count - 1) {
    const place = rows.length;
    const at = `${date} ${clock(SHOP_OPENS + Math.floor((place * SHOP_OPEN_SECONDS) / count))}`;
    const party = `07${random.whole(10, 99)}****${random.whole(100, 999)} - ${random.pick(NAMES)}`;
    const cents = random.whole(20, 5_000) * 100;
    row(place, at, `Merchant Payment from ${party}`, cents, 'Pay Merchant', party);
    if (cents > 20_000 && rows.length < count - 1 && random.chance(0.4))
      row(place, at, 'Pay merchant Charge', -Math.max(1, Math.round(cents * 0.0055)), 'Pay Merchant', 'SP');
  }
  if (rows.length < count && balance > 0) row(rows.length, `${date} 23:31:04`, sweep, -balance, sweep, '');
  return rows;
}

/** Year, month and day as a receipt begins: `UCE` is 14 March 2026. */
function receiptPrefix(day: number): string {
  const date = new Date(day);
  const letter = (value: number) => String.fromCharCode(64 + value);
  const dayOfMonth = date.getUTCDate();
  return (
    letter(date.getUTCFullYear() - 2005) +
    letter(date.getUTCMonth() + 1) +
    (dayOfMonth < 10 ? String(dayOfMonth) : letter(dayOfMonth - 9))
  );
}

function base36(value: number, width: number): string {
  let text = '';
  for (let i = 0; i < width; i++) {
    text = SYMBOLS[value % 36] + text;
    value = Math.floor(value / 36);
  }
  return text;
}

function shillings(cents: number): string {
  return (cents / 100).toFixed(2);
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `DD-MM-YYYY`, as the portal writes it. */
function portalDay(ms: number): string {
  return isoDay(ms).split('-').reverse().join('-');
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
