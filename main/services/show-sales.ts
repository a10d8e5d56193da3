import { say } from '#shared/domain/message.ts';
import { cents } from '#shared/domain/money.ts';
import { readSearch } from '#shared/domain/search.ts';
import { parseBusinessDay } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { readSale } from '../db/queries/item-views.ts';
import { rowOfSale, type SalePlace, selectSalePlaces, totalListedSales } from '../db/queries/sale-list.ts';
import type { Core } from './core.ts';

/** One page of the shop's sales in order of time, and what all that fit come to. */
export function listSales(core: Core, request: Input<'sale:list'>): Result<Output<'sale:list'>> {
  const after = request.after === null ? null : readCursor(request.after);
  if (request.after !== null && after === null) return fail('ledger/bad-input', say('error.malformed'));
  const db = core.ledger.read;
  const filter = { ...request, ...readSearch(request.search) };
  const places = selectSalePlaces(db, filter, after, request.limit + 1);
  const shown = places.slice(0, request.limit);
  const last = shown.at(-1);
  const total = totalListedSales(db, filter);
  return succeed({
    sales: shown.map(({ id }) => {
      const sale = readSale(db, id);
      if (!sale) throw new Error(`sale ${id} is listed but not there`);
      const row = rowOfSale(db, id);
      return { ...sale, rowKey: row?.key ?? null, isMatched: row?.isLink ?? false };
    }),
    next: places.length > request.limit && last ? writeCursor(last) : null,
    total: {
      count: total.count,
      mpesaCents: cents(total.mpesa),
      otherCents: cents(total.other),
      refundCents: cents(total.refund),
    },
  });
}

function writeCursor({ day, at, id }: SalePlace): string {
  return `${day}:${at ?? ''}:${id}`;
}

function readCursor(text: string): SalePlace | null {
  const parts = /^(\d{4}-\d{2}-\d{2}):(\d{0,15}):(\d{1,15})$/.exec(text);
  const day = parseBusinessDay(parts?.[1] ?? '');
  if (!parts || day === null) return null;
  return { day, at: parts[2] === '' ? null : Number(parts[2]), id: Number(parts[3]) };
}
