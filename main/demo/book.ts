import {
  type BusinessDay,
  businessDayOf,
  MINUTE,
  SECOND,
  startOfDay,
  type UtcMs,
} from '#shared/domain/time.ts';
import { type Chance, startChance } from './random.ts';

export const TILL = '1234567';
export const PAYBILL = '765432';
export const SHOP = 'DUKA LA MFANO';
export const MERCHANT = 'Merchant Account';
export const UTILITY = 'Utility Account';
export const SETTLEMENT = 'Organization Settlement Account';
export const MMF = 'Organization MMF Account';

/** One row of an invented statement, before its balance is worked out. */
export type DemoRow = {
  readonly at: UtcMs;
  readonly account: string;
  readonly receipt: string;
  readonly details: string;
  readonly status: 'Completed' | 'Failed';
  readonly direction: 'in' | 'out';
  /** Always positive. */
  readonly cents: number;
  readonly reason: string;
  readonly party: string;
  readonly linkedReceipt: string;
};

/** One row of an invented sales file. */
export type DemoSale = {
  readonly at: UtcMs;
  /** Only the date is written. */
  readonly isDateOnly: boolean;
  readonly cents: number;
  readonly reference: string;
  readonly receipt: string;
  readonly customer: string;
  readonly account: string;
  readonly cashier: string;
  readonly status: 'closed' | 'cancelled';
  readonly tender: 'M-PESA' | 'Cash' | 'Card';
  readonly till: string;
  readonly kind: 'sale' | 'refund' | 'day-total';
};

export type Payment = { readonly at: UtcMs; readonly receipt: string; readonly cents: number };
export type SaleWords = Partial<Omit<DemoSale, 'at' | 'cents'>>;

/** What happened in the invented shop: rows of two statements and the shop's own record, in no order. */
export type Book = {
  readonly chance: Chance;
  readonly till: DemoRow[];
  readonly paybill: DemoRow[];
  readonly sales: DemoSale[];
  readonly receiptAt: (at: UtcMs) => string;
  readonly customer: () => string;
  /** A customer pays at the till; from KES 200 on Safaricom takes its charge. */
  readonly pay: (at: UtcMs, cents: number) => Payment;
  /** Rings up a sale, by default in M-PESA at the till. */
  readonly sell: (at: UtcMs, cents: number, words?: SaleWords) => DemoSale;
};

/** The instant of `HH:MM` on a day. */
export function clock(day: BusinessDay, time: string): UtcMs {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (startOfDay(day) + (hours * 60 + minutes) * MINUTE) as UtcMs;
}

export function later(at: UtcMs, seconds: number): UtcMs {
  return (at + seconds * SECOND) as UtcMs;
}

// Without look-alikes, so that no two invented receipts are one slip apart by chance of the eye.
const LETTERS = '234679ACDEFGHJKMNPRTUVWXY';
const FIRST = ['AMINA', 'BARAKA', 'CHEPTOO', 'DAUDI', 'EUNICE', 'FATUMA', 'GITAU', 'HALIMA', 'JUMA', 'KENDI'];
const LAST = ['MFANO', 'SAMPULI', 'JARIBIO', 'DEMO', 'WA MAJARIBIO', 'EXAMPLE'];
const CASHIERS = ['Mfano One', 'Mfano Two'];
/** Safaricom's charge for a payment into a till: 0.55 %, from KES 200 on. */
const CHARGE_SHARE = 0.0055;
const CHARGED_FROM = 200_00;

export function openBook(seed: number): Book {
  const chance = startChance(seed);
  const till: DemoRow[] = [];
  const sales: DemoSale[] = [];
  const used = new Set<string>();
  let references = 0;

  const receiptAt = (at: UtcMs): string => {
    for (;;) {
      const letters = Array.from({ length: 7 }, () => chance.pick([...LETTERS]));
      const receipt = `${dayLetters(businessDayOf(at))}${letters.join('')}`;
      if (!used.has(receipt)) {
        used.add(receipt);
        return receipt;
      }
    }
  };
  const customer = () => `${chance.pick(FIRST)} ${chance.pick(LAST)}`;
  const phone = () => `2547${chance.between(0, 9)}****${chance.between(100, 999)}`;
  const pay = (at: UtcMs, cents: number): Payment => {
    const receipt = receiptAt(at);
    const party = `${phone()} - ${customer()}`;
    till.push(tillRow({ at, receipt, details: `Merchant Payment from ${party}`, cents, party }));
    if (cents >= CHARGED_FROM) till.push(chargeRow(at, receipt, Math.round(cents * CHARGE_SHARE)));
    return { at, receipt, cents };
  };
  const sell = (at: UtcMs, cents: number, words: SaleWords = {}): DemoSale => {
    references += 1;
    const sale: DemoSale = {
      at,
      cents,
      isDateOnly: false,
      reference: `M-${String(references).padStart(5, '0')}`,
      receipt: '',
      customer: '',
      account: '',
      cashier: chance.pick(CASHIERS),
      status: 'closed',
      tender: 'M-PESA',
      till: TILL,
      kind: 'sale',
      ...words,
    };
    sales.push(sale);
    return sale;
  };
  return { chance, till, paybill: [], sales, receiptAt, customer, pay, sell };
}

/** The three characters with which a receipt says its date. */
export function dayLetters(day: BusinessDay): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const mark = date < 10 ? String(date) : String.fromCharCode(55 + date);
  return `${String.fromCharCode(year - 2006 + 65)}${String.fromCharCode(64 + month)}${mark}`;
}

type RowWords = Partial<DemoRow> & Pick<DemoRow, 'at' | 'receipt' | 'details' | 'cents'>;

/** A row of the till's Merchant Account: a completed payment unless it says otherwise. */
export function tillRow(words: RowWords): DemoRow {
  return {
    account: MERCHANT,
    status: 'Completed',
    direction: 'in',
    reason: 'Pay Merchant',
    party: '',
    linkedReceipt: '',
    ...words,
  };
}

export function chargeRow(at: UtcMs, receipt: string, cents: number): DemoRow {
  return tillRow({ at, receipt, details: 'Pay merchant Charge', direction: 'out', cents, party: 'SP' });
}
