import { MINUTE, type TimePrecision, type UtcMs } from '../time.ts';
import type { SaleRow } from './types.ts';

type Identified = Pick<
  SaleRow,
  'till' | 'day' | 'kind' | 'tender' | 'reference' | 'soldAt' | 'amountCents' | 'cashier'
>;

/**
 * What makes a row the same sale in every file of its source: the till, the day and the tender as printed, whether it
 * is a total, and its reference; without a reference the minute, the amount and the cashier take its place. The till is
 * its text and not whose it is: that may become known later. The minute is as exact as a spreadsheet leaves a time.
 * The day belongs to it because many tills start their receipt numbers again every morning (ADR 0008).
 */
export function saleKey(sale: Identified): readonly (string | number | null)[] {
  const { till, day, kind, tender, reference, soldAt, amountCents, cashier } = sale;
  const base = [
    till === null ? null : till.trim().replace(/\s+/g, ' ').toLowerCase(),
    day,
    kind === 'day-total' ? 'total' : 'sale',
    tender,
  ];
  if (reference !== null) return [...base, reference];
  return [...base, null, soldAt === null ? null : Math.floor(soldAt / MINUTE), amountCents, cashier];
}

/** A till is named by its number, or by a name of the shop's own (`till 2`), which says nothing about the number. */
export function isTillNumber(till: string): boolean {
  return /^\d{4,9}$/.test(till);
}

/** When something was sold, and how exactly its source says so; a null time is a date alone. */
export type SaleTime = { readonly soldAt: UtcMs | null; readonly precision: TimePrecision };

/** True when two times of one sale, on the same printed day, are the same as far as the coarser of them says. */
export function saleTimesAgree(a: SaleTime, b: SaleTime): boolean {
  if (a.soldAt === null || b.soldAt === null) return true;
  if (a.precision === 'second' && b.precision === 'second') return a.soldAt === b.soldAt;
  return Math.floor(a.soldAt / MINUTE) === Math.floor(b.soldAt / MINUTE);
}

const FINENESS: Readonly<Record<TimePrecision, number>> = { day: 0, minute: 1, second: 2 };

export function isFinerTime(incoming: TimePrecision, known: TimePrecision): boolean {
  return FINENESS[incoming] > FINENESS[known];
}
