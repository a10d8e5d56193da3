import { readSearch } from '#shared/domain/search.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { SearchHit } from '#shared/ipc/views.ts';
import { readPayments, readSales } from '../db/queries/item-views.ts';
import { placeOfItem, searchMovements, searchSales } from '../db/queries/search.ts';
import type { Core } from './core.ts';

/** Finds payments and sales anywhere in the ledger by the beginning of a receipt or reference, or by amount. */
export function searchLedger(
  core: Core,
  request: { search: string; limit: number },
): Result<{ hits: SearchHit[] }> {
  const text = request.search.trim();
  if (text.length < 2) return succeed({ hits: [] });
  const { amountCents } = readSearch(text);
  const db = core.ledger.read;
  const payments = readPayments(db, searchMovements(db, text, amountCents, request.limit));
  const sales = readSales(db, searchSales(db, text, amountCents, request.limit));
  const hits: SearchHit[] = [
    ...payments.map((payment) => ({
      type: 'payment' as const,
      payment,
      sale: null,
      ...placeOfItem(db, { movementId: payment.id }),
    })),
    ...sales.map((sale) => ({
      type: 'sale' as const,
      payment: null,
      sale,
      ...placeOfItem(db, { saleId: sale.id }),
    })),
  ];
  return succeed({ hits: hits.slice(0, request.limit) });
}
