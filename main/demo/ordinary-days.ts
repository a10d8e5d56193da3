import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { type Book, clock, later, MMF, PAYBILL, SETTLEMENT, tillRow, UTILITY } from './book.ts';

/** Prices of one thing on the shelf, in cents. */
const PRICES = [30_00, 50_00, 65_00, 80_00, 100_00, 120_00, 150_00, 175_00, 220_00, 260_00, 340_00, 450_00];
export const BUSINESSES = ['HOTELI YA MFANO', 'SHULE YA JARIBIO', 'KIOSKI CHA DEMO', 'SAMPULI SALON'];
const OPENS = '07:05';
const CLOSES = '19:40';

export type Traffic = {
  readonly payments: number;
  readonly invoices: number;
  readonly until: string;
  /** The share of sales without a typed receipt. */
  readonly untyped: number;
};

/** Few customers on the first day of the week, many at the end of the month. */
export function trafficOf(day: BusinessDay): Traffic {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const date = Number(day.slice(8));
  const payments = (weekday === 0 ? 60 : 105) + (weekday >= 5 ? 35 : 0) + (date <= 3 || date >= 28 ? 70 : 0);
  return { payments, invoices: weekday === 0 ? 2 : 7, until: CLOSES, untyped: 0.03 };
}

/** Customers at the till and invoices at the PayBill, each with its sale, and cash in between. */
export function tradeOrdinarily(book: Book, day: BusinessDay, traffic: Traffic): void {
  const { chance, pay, sell } = book;
  const opens = clock(day, OPENS);
  const seconds = (clock(day, traffic.until) - opens) / 1000;
  const anyTime = () => later(opens, chance.between(0, seconds));
  for (let sold = 0; sold < traffic.payments; sold++) {
    const paid = pay(anyTime(), basket(book));
    // The cashier types the code from the customer's phone; now and then nobody does.
    const isTyped = !chance.happens(traffic.untyped);
    sell(later(paid.at, chance.between(15, 150)), paid.cents, { receipt: isTyped ? paid.receipt : '' });
  }
  for (let sold = 0; sold < traffic.payments / 4; sold++) sell(anyTime(), basket(book), { tender: 'Cash' });
  if (chance.happens(0.7)) sell(anyTime(), basket(book) * 3, { tender: 'Card' });
  if (chance.happens(0.8)) sell(anyTime(), basket(book), { status: 'cancelled' });
  for (let sent = 0; sent < traffic.invoices; sent++) payInvoice(book, anyTime());
}

/** What one customer takes home, in cents. */
export function basket({ chance }: Pick<Book, 'chance'>): number {
  let total = 0;
  for (let things = chance.between(1, 6); things > 0; things--) total += chance.pick(PRICES);
  return total;
}

/** A business customer pays an invoice by PayBill and writes its number as the account. */
export function payInvoice(book: Book, at: UtcMs): void {
  const { chance, paybill, sell, receiptAt } = book;
  const cents = chance.between(15, 240) * 50_00;
  const name = chance.pick(BUSINESSES);
  const reference = `INV-${chance.between(100_000, 999_999)}`;
  const receipt = receiptAt(at);
  const party = `25472****${chance.between(100, 999)} - ${name}`;
  paybill.push(
    tillRow({
      at,
      receipt,
      account: UTILITY,
      details: `Pay Bill from ${party} Acc. ${reference}`,
      cents,
      party,
    }),
  );
  const words = { reference, account: reference, customer: name, till: PAYBILL };
  sell(later(at, chance.between(120, 1500)), cents, words);
}

/** Each night the till's money goes to the bank. */
export function sweepTill(book: Book, day: BusinessDay, cents: number): void {
  if (cents <= 0) return;
  const at = clock(day, '23:31');
  const details = 'Merchant Account to Organization Settlement Account';
  book.till.push(
    tillRow({ at, receipt: book.receiptAt(at), details, reason: details, direction: 'out', cents }),
  );
}

/** The PayBill's way to the bank: two moves inside the organisation, each with both of its legs, and the withdrawal. */
export function sweepPaybill(book: Book, day: BusinessDay, cents: number): void {
  if (cents <= 0) return;
  const at = clock(day, '23:09');
  const move = (when: UtcMs, from: string, to: string) => {
    const receipt = book.receiptAt(when);
    const details = `${from} to ${to}`;
    const leg = { at: when, receipt, details, reason: details, cents };
    book.paybill.push(tillRow({ ...leg, account: from, direction: 'out' }));
    book.paybill.push(tillRow({ ...leg, account: to, direction: 'in' }));
  };
  move(at, UTILITY, SETTLEMENT);
  move(later(at, 7), SETTLEMENT, MMF);
  const out = later(at, 30);
  const details = 'Agency Withdrawal of funds to Bank';
  book.paybill.push(
    tillRow({ at: out, receipt: book.receiptAt(out), account: MMF, details, direction: 'out', cents }),
  );
}
