import { saleKey } from './identity.ts';

/** Numbers rows of one file that are alike in all that makes a sale: 1 for the first, 2 for the next. */
export function countSaleOccurrences(): (sale: Parameters<typeof saleKey>[0]) => number {
  const counts = new Map<string, number>();
  return (sale) => {
    const key = JSON.stringify(saleKey(sale));
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
