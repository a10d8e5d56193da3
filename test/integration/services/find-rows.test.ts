import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRows } from '#main/services/find-rows.ts';
import { showCandidates } from '#main/services/match-by-hand.ts';
import { parkItems } from '#main/services/park-items.ts';
import { type RowsRequest, showRows } from '#main/services/show-reconcile.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

const YEAR = { from: '2026-01-01' as BusinessDay, to: '2026-12-31' as BusinessDay, tillId: null };
const ALL: RowsRequest = { ...YEAR, tab: 'todo', search: '', kinds: [], after: null, limit: 100 };

let shop: TestShop;
beforeAll(async () => {
  shop = await openShop();
  // Twelve days together, and two far away: more than one look, and days without rows between.
  const days = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
  const dates = [...days.map((day) => `${day}-02-2026`), '14-03-2026', '01-10-2026'];
  for (const [index, date] of dates.entries()) {
    const receipt = `UBC${index.toString(36).toUpperCase()}DEMO0`;
    const rows = [1, 2].map((n) => ({
      receipt: `${receipt}${n}`,
      time: `0${n}:00:00`,
      amount: 100 * n + index,
    }));
    await shop.bringIn(`${date}.csv`, dayStatement(rows, date));
  }
});
afterAll(() => shop.close());

async function collect(request: RowsRequest): Promise<string[]> {
  const keys: string[] = [];
  let after: string | null = null;
  do {
    const page: { rows: { key: string }[]; next: string | null } = unwrap(
      await findRows(shop.core, { ...request, after }),
    );
    expect(page.rows.length).toBeLessThanOrEqual(request.limit);
    keys.push(...page.rows.map((row) => row.key));
    after = page.next;
  } while (after !== null);
  return keys;
}

it('shows what one look at all the days shows, in the same order, whatever the page', async () => {
  for (const search of ['', 'amina', 'UBC1', '201', 'nobody']) {
    const inOneLook = unwrap(showRows(shop.core, { ...ALL, search })).rows.map((row) => row.key);
    for (const limit of [1, 2, 3, 7, 14, 28, 100])
      expect(await collect({ ...ALL, search, limit })).toEqual(inOneLook);
  }
  expect(unwrap(showRows(shop.core, ALL)).rows).toHaveLength(28);
});

it('looks only at days that have rows of the tab and the kinds', async () => {
  const [row] = unwrap(await findRows(shop.core, { ...ALL, from: '2026-10-01' as BusinessDay })).rows;
  const payments = row?.payments.map((payment) => payment.id) ?? [];
  unwrap(await parkItems(shop.core, shop.actor, { payments, sales: [], note: 'later' }));
  expect(await collect({ ...ALL, tab: 'parked' })).toHaveLength(1);
  expect(await collect({ ...ALL, kinds: ['paid-not-sold'] })).toHaveLength(27);
  expect(await collect({ ...ALL, kinds: ['wrong-day'] })).toEqual([]);
  expect(await collect({ ...ALL, tab: 'matched' })).toEqual([]);
});

it('refuses a place that it never named', async () => {
  expect(codeOf(await findRows(shop.core, { ...ALL, after: 'yesterday' }))).toBe('ledger/bad-input');
});

it('looks for candidates around what is picked, and a search goes on through all the books, nearest first', async () => {
  const [row] = unwrap(await findRows(shop.core, { ...ALL, from: '2026-03-14' as BusinessDay })).rows;
  const picked = { payments: row?.payments.map((payment) => payment.id) ?? [], sales: [], limit: 5 };
  const daysOf = async (search: string) =>
    unwrap(await showCandidates(shop.core, { ...picked, search })).payments.map((payment) => payment.day);
  expect(await daysOf('')).toEqual(['2026-03-14', '2026-03-14']);
  expect(await daysOf('UBC')).toEqual(['2026-03-14', '2026-03-14', '2026-02-12', '2026-02-12', '2026-02-11']);
  expect(await daysOf('UBCD')).toEqual(['2026-10-01', '2026-10-01']);
  expect(await daysOf('nobody')).toEqual([]);
});
