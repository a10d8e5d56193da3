import { addDays, type BusinessDay, businessDayOf } from '#shared/domain/time.ts';
import { type Book, clock, type DemoRow, openBook, PAYBILL, UTILITY } from './book.ts';
import * as events from './events.ts';
import { sweepPaybill, sweepTill, tradeOrdinarily, trafficOf } from './ordinary-days.ts';

export type Month = {
  readonly book: Book;
  readonly days: readonly BusinessDay[];
  /** The files stop here on the last day. */
  readonly exportedAt: string;
};

const SEED = 20_261_120;
const DAYS = 30;
/** Nobody exported the till's statement of this day; the shop was open for a few hours. */
export const LOST_DAY = 9;
/** A payment of this day was still failing when its statement was first exported. */
export const CORRECTED_DAY = 26;
export const EXPORTED_AT = '15:00';

/** What happens on which day, by its place in the month, and at what time. */
const DIARY: readonly (readonly [day: number, time: string, event: events.DemoEvent])[] = [
  [3, '11:40', events.payWithoutSale],
  [5, '16:05', events.failFirst],
  [7, '12:20', events.reverseWithRefund],
  [12, '09:35', events.payTooLittle],
  [16, '10:10', events.sellWithoutPayment],
  [19, '07:50', events.borrow],
  [20, '08:10', events.repay],
  [22, '17:25', events.typeUnknownReceipt],
  [24, '15:30', events.payWithoutSale],
  [27, '13:30', events.useReceiptTwice],
  [28, '10:45', events.deliver],
  [28, '11:15', events.reverseWithRefund],
  [28, '14:10', events.sellWithoutPayment],
  [28, '16:40', events.payTooLittle],
  [28, '18:05', events.payTheSame],
  [29, '07:40', events.payInTwoParts],
  [29, '08:15', events.payWithoutSale],
  [29, '08:50', events.payTooLittle],
  [29, '09:30', events.mistypeReceipt],
  [29, '10:00', events.payTheSame],
  [29, '10:35', events.useReceiptTwice],
  [29, '11:25', events.payForTwoSales],
  [29, '11:50', events.chargeForNothing],
  [29, '12:15', events.reverseAfterSale],
  [29, '12:40', events.typeUnknownReceipt],
  [29, '13:05', events.sellWithoutPayment],
  [29, '13:30', events.deliver],
  [29, '14:05', events.failFirst],
  [29, '14:18', events.payOnPaper],
];

/** Thirty invented days that end yesterday, the same for everybody but for the dates. */
export function inventMonth(today: BusinessDay): Month {
  const book = openBook(SEED);
  const days = Array.from({ length: DAYS }, (_, place) => addDays(today, place - DAYS));
  const dayAt = (place: number): BusinessDay => {
    const day = days[place];
    if (day === undefined) throw new RangeError(`the month has no day ${place}`);
    return day;
  };
  for (const [place, day] of days.entries()) {
    const traffic = trafficOf(day);
    if (place === LOST_DAY)
      tradeOrdinarily(book, day, { payments: 5, invoices: 1, until: '10:30', untyped: 0 });
    else if (place === DAYS - 1)
      tradeOrdinarily(book, day, { ...traffic, invoices: 5, until: '14:50', untyped: 0.06 });
    else tradeOrdinarily(book, day, traffic);
  }
  for (const [place, time, event] of DIARY) event(book, clock(dayAt(place), time));
  events.deliverLate(book, dayAt(27), dayAt(29));
  closeDays(book, days);
  addTotals(book, dayAt(25), 0);
  addTotals(book, dayAt(28), 500_00);
  correctLater(book, dayAt(CORRECTED_DAY));
  return { book, days, exportedAt: EXPORTED_AT };
}

/** Every night but the last takes what the day left. */
function closeDays(book: Book, days: readonly BusinessDay[]): void {
  for (const day of days.slice(0, -1)) {
    sweepTill(book, day, netOf(book.till, day));
    sweepPaybill(book, day, netOf(book.paybill, day));
  }
}

function netOf(rows: readonly DemoRow[], day: BusinessDay): number {
  return rows
    .filter((row) => row.status === 'Completed' && businessDayOf(row.at) === day)
    .reduce((sum, row) => sum + (row.direction === 'in' ? row.cents : -row.cents), 0);
}

/** The PayBill's takings of a day as the shop's own report states them, with or without a slip. */
function addTotals(book: Book, day: BusinessDay, slip: number): void {
  const paid = book.paybill.filter(
    (row) => row.account === UTILITY && row.direction === 'in' && businessDayOf(row.at) === day,
  );
  const cents = paid.reduce((sum, row) => sum + row.cents, 0) + slip;
  const words = { kind: 'day-total', isDateOnly: true, till: PAYBILL, reference: `Z-${day}` } as const;
  book.sell(clock(day, '20:00'), cents, words);
}

/** A payment that failed in the first export of its day, and is completed in the second. */
function correctLater(book: Book, day: BusinessDay): void {
  const at = clock(day, '11:20');
  const paid = book.pay(at, 195_00);
  const place = book.till.findIndex((row) => row.receipt === paid.receipt);
  const row = book.till[place];
  if (row) book.till[place] = { ...row, status: 'Failed' };
  book.sell(clock(day, '11:21'), 195_00, { receipt: paid.receipt });
}
