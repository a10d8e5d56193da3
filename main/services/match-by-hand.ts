import { DEFAULT_SETTINGS } from '#shared/domain/matching/settings.ts';
import { findSums, type SumAnswer } from '#shared/domain/matching/sum-search.ts';
import { say } from '#shared/domain/message.ts';
import { readSearch } from '#shared/domain/search.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { PaymentView, SaleView } from '#shared/ipc/views.ts';
import { anchorOf } from '../db/queries/anchor.ts';
import { type NearBy, selectOpenPayments, selectOpenSales } from '../db/queries/candidates.ts';
import { readPayments, readSales } from '../db/queries/item-views.ts';
import { areLive } from '../db/queries/live-items.ts';
import { readOpenAmounts } from '../db/queries/open-items.ts';
import type { Core } from './core.ts';
import type { Items } from './reconcile-acts.ts';

/** Open items near what is picked; a search looks through all days. */
export function showCandidates(
  core: Core,
  request: Items & { readonly search: string; readonly limit: number },
): Result<{ payments: PaymentView[]; sales: SaleView[] }> {
  const near = nearBy(core, request, request.search, request.limit);
  if (!near) return fail('ledger/bad-input', say('reconcile.nothing-picked'));
  const db = core.ledger.read;
  return succeed({
    payments: readPayments(db, selectOpenPayments(db, near)),
    sales: readSales(db, selectOpenSales(db, near)),
  });
}

function nearBy(core: Core, items: Items, search: string, limit: number): NearBy | null {
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
  const ids = wantsSales ? selectOpenSales(db, near) : selectOpenPayments(db, near);
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
