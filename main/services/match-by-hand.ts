import { setImmediate as nextTurn } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '#shared/domain/matching/settings.ts';
import { findSums, type SumAnswer } from '#shared/domain/matching/sum-search.ts';
import { say } from '#shared/domain/message.ts';
import { readSearch } from '#shared/domain/search.ts';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { PaymentView, SaleView } from '#shared/ipc/views.ts';
import { anchorOf } from '../db/queries/anchor.ts';
import {
  type NearBy,
  selectDaysOfBooks,
  selectOpenPayments,
  selectOpenSales,
} from '../db/queries/candidates.ts';
import { readPayments, readSales } from '../db/queries/item-views.ts';
import { areLive } from '../db/queries/live-items.ts';
import { readOpenAmounts } from '../db/queries/open-items.ts';
import type { Core } from './core.ts';
import type { Items } from './reconcile-acts.ts';

/** Open items near what is picked; a search goes on outwards through all days, and lets others go first. */
export async function showCandidates(
  core: Core,
  request: Items & { readonly search: string; readonly limit: number },
): Promise<Result<{ payments: PaymentView[]; sales: SaleView[] }>> {
  const near = nearBy(core, request, request.search, request.limit);
  if (!near) return fail('ledger/bad-input', say('reconcile.nothing-picked'));
  const db = core.ledger.read;
  const isSearched = near.terms !== NO_TERMS;
  const payments = await collectNearest(core, near, isSearched, selectOpenPayments);
  const sales = await collectNearest(core, near, isSearched, selectOpenSales);
  return succeed({ payments: readPayments(db, payments), sales: readSales(db, sales) });
}

type Near = NearBy & { readonly day: BusinessDay };
const NO_TERMS = '[]';
/** How far from what is picked the candidates lie, and how far a search goes on at a time, on both sides. */
const NEAR_DAYS = 3;
const DAYS_A_LOOK = 7;

/** The nearest items of one side, as many as are asked for: those of the days around, then further and further away. */
async function collectNearest(
  core: Core,
  near: Near,
  isSearched: boolean,
  select: typeof selectOpenPayments,
): Promise<number[]> {
  const db = core.ledger.read;
  const books = selectDaysOfBooks(db);
  let [first, last] = [addDays(near.day, -NEAR_DAYS), addDays(near.day, NEAR_DAYS)];
  const found = select(db, near, { from: first, to: last });
  while (isSearched && books && found.length < near.limit && (first > books.from || last < books.to)) {
    await nextTurn();
    const before = { from: addDays(first, -DAYS_A_LOOK), to: addDays(first, -1) };
    const after = { from: addDays(last, 1), to: addDays(last, DAYS_A_LOOK) };
    const further = [...select(db, near, before), ...select(db, near, after)];
    found.push(...further.sort((a, b) => a.distance - b.distance || a.id - b.id));
    [first, last] = [before.from, after.to];
  }
  return found.slice(0, near.limit).map((candidate) => candidate.id);
}

/** The nearest items of the days around, in one look. */
function selectNear(core: Core, near: Near, select: typeof selectOpenPayments): number[] {
  const days = { from: addDays(near.day, -NEAR_DAYS), to: addDays(near.day, NEAR_DAYS) };
  return select(core.ledger.read, near, days).map((candidate) => candidate.id);
}

function nearBy(core: Core, items: Items, search: string, limit: number): Near | null {
  if (items.payments.length + items.sales.length === 0) return null;
  if (!areLive(core.ledger.read, items.payments, items.sales)) return null;
  const anchor = anchorOf(core.ledger.read, { lines: items.payments, sales: items.sales });
  const { terms, amountCents } = readSearch(search);
  return {
    at: anchor.at,
    day: anchor.day,
    tillId: anchor.tillId,
    terms: JSON.stringify(terms),
    amountCents,
    limit,
  };
}

/** Most candidates the sum search looks at: the nearest ones. */
const SUM_CANDIDATES = 40;

export type CompletedSum = {
  result: 'unique' | 'several' | 'none' | 'gave-up';
  payments: number[];
  sales: number[];
};

/** The one set of open items nearby that makes the two sides equal, if there is exactly one. */
export function completeSum(core: Core, items: Items): Result<CompletedSum> {
  const near = nearBy(core, items, '', SUM_CANDIDATES);
  const open = near && readOpenAmounts(core.ledger.read, items.payments, items.sales);
  if (!near || !open) return fail('ledger/bad-input', say('reconcile.nothing-picked'));
  const missing = open.paidCents - open.soldCents;
  if (missing === 0) return succeed({ result: 'none', payments: [], sales: [] });
  const db = core.ledger.read;
  const wantsSales = missing > 0;
  const ids = wantsSales
    ? selectNear(core, near, selectOpenSales)
    : selectNear(core, near, selectOpenPayments);
  const picked = new Set(wantsSales ? items.sales : items.payments);
  const free = ids.filter((id) => !picked.has(id));
  const amounts = wantsSales
    ? readSales(db, free).map((sale) => sale.amountCents)
    : readPayments(db, free).map((payment) => payment.amountCents);
  const limits = { steps: DEFAULT_SETTINGS.sumSearchSteps, least: 1, most: DEFAULT_SETTINGS.sumSearchItems };
  const found = findSums(amounts, Math.abs(missing), limits);
  const set = (found.outcome === 'unique' ? (found.sets[0] ?? []) : []).flatMap((index) => free[index] ?? []);
  return succeed({
    result: RESULTS[found.outcome],
    payments: wantsSales ? [] : set,
    sales: wantsSales ? set : [],
  });
}

const RESULTS: Readonly<Record<SumAnswer['outcome'], CompletedSum['result']>> = {
  unique: 'unique',
  ambiguous: 'several',
  none: 'none',
  'gave-up': 'gave-up',
};
