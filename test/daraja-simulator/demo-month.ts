import { type DemoRow, MERCHANT, PAYBILL, TILL, UTILITY } from '#main/demo/book.ts';
import type { Month } from '#main/demo/month.ts';
import type { Chance } from '#main/demo/random.ts';
import type { Book } from './book.ts';

/** `Merchant Payment from …` and `Pay Bill from … Acc. INV-1`: what a customer paid. */
const FROM_CUSTOMER = /^(?:Merchant Payment|Pay Bill) from (\S+) - (.+?)(?: Acc\. (.*))?$/;

/**
 * Writes the month of the demo's statements into Safaricom's book: what a question answers is then what the files
 * say. A statement masks the numbers and an answer does not, so the missing digits are invented.
 */
export function recordMonth(book: Book, month: Month, chance: Chance): void {
  for (const row of month.book.till) recordRow(book, row, TILL, chance);
  for (const row of month.book.paybill) recordRow(book, row, PAYBILL, chance);
  for (const row of month.book.till.filter(({ linkedReceipt }) => linkedReceipt !== '')) {
    const payment = book.find(row.linkedReceipt);
    if (payment === null) throw new Error(`the demo sends back ${row.linkedReceipt}, which nobody paid`);
    book.reverse(payment, row.at, row.receipt);
  }
}

function recordRow(book: Book, row: DemoRow, shortCode: string, chance: Chance): void {
  if (row.linkedReceipt !== '') return;
  const { at, account, cents, receipt } = row;
  const [, number, name, reference = ''] = FROM_CUSTOMER.exec(row.details) ?? [];
  const isPayment = row.direction === 'in' && (account === MERCHANT || account === UTILITY);
  if (isPayment && number !== undefined && name !== undefined) {
    const payer = { number: number.replace(/\*/g, () => String(chance.between(0, 9))), name };
    const kind = account === MERCHANT ? 'buy-goods' : 'pay-bill';
    const state = row.status === 'Completed' ? 'Completed' : 'Declined';
    book.record({ at, cents, receipt, shortCode, account, payer, kind, reference, state });
    return;
  }
  if (row.status === 'Completed')
    book.enter({ at, shortCode, account, cents: row.direction === 'in' ? cents : -cents });
}
