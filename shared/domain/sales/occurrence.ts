import type { SaleRow } from './types.ts';

type Countable = Pick<
  SaleRow,
  'till' | 'reference' | 'tender' | 'soldAt' | 'day' | 'amountCents' | 'cashier'
>;

/**
 * Numbers rows of one source that share their identity: till, reference and tender; without a reference till, time,
 * amount, tender and cashier.
 */
export function countSaleOccurrences(): (sale: Countable) => number {
  const counts = new Map<string, number>();
  return (sale) => {
    const { till, reference, tender, soldAt, day, amountCents, cashier } = sale;
    const identity =
      reference === null ? [till, tender, soldAt ?? day, amountCents, cashier] : [till, tender, reference];
    const key = JSON.stringify(identity);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
