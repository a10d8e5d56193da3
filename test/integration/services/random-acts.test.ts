import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findRows } from '#main/services/find-rows.ts';
import { searchLedger } from '#main/services/search-ledger.ts';
import { showCoverage } from '#main/services/show-coverage.ts';
import { showSummary } from '#main/services/show-summary.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { ReconcilePage } from '#shared/ipc/views.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { type Act, anyAct, MONTH, perform } from '#test/helpers/random-acts.ts';
import { unwrap } from '#test/helpers/results.ts';
import { assertTrueTotals } from '#test/helpers/true-totals.ts';

async function countRows({ core }: TestShop, tab: 'todo' | 'matched' | 'parked' | 'all'): Promise<number> {
  const keys = new Set<string>();
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page: ReconcilePage = unwrap(
      await findRows(core, { ...MONTH, tab, search: '', kinds: [], after, limit: 2 }),
    );
    for (const row of page.rows) keys.add(row.key);
    after = page.next;
  }
  return keys.size;
}

async function check(shop: TestShop): Promise<void> {
  const { core } = shop;
  const { read } = core.ledger;
  assertTrueTotals(read);
  const summary = unwrap(showSummary(core, MONTH));
  const paid =
    read.get(`SELECT count(*) AS payments, coalesce(sum(amount_cents), 0) AS paymentsCents FROM live_movements
    WHERE kind = 'customer-payment' AND direction = 'in' AND status = 'completed'`);
  expect(summary).toMatchObject(paid as object);
  const { days } = unwrap(showCoverage(core, { month: '2026-03', tillId: null }));
  const open = days.reduce((all, day) => all + day.openCount, 0);
  const payments = days.reduce((all, day) => all + day.payments, 0);
  expect({ open, payments }).toEqual({ open: summary.tabs.todo, payments: summary.payments });
  for (const tab of ['todo', 'matched', 'parked', 'all'] as const)
    expect([tab, await countRows(shop, tab)]).toEqual([tab, summary.tabs[tab]]);
  for (const amount of [100, 107, 300]) {
    const { hits } = unwrap(searchLedger(core, { search: `KES ${amount}.00`, limit: 100 }));
    const ids = (type: 'payment' | 'sale') =>
      hits.flatMap((hit) => (hit.type === type ? (hit[type]?.id ?? []) : [])).sort();
    const all = (sql: string) =>
      read
        .all<{ id: number }>(sql, amount * 100)
        .map(({ id }) => id)
        .sort();
    expect(ids('payment')).toEqual(
      all(`SELECT id FROM live_movements WHERE amount_cents = ? AND kind = 'customer-payment'`),
    );
    expect(ids('sale')).toEqual(all('SELECT id FROM live_sales WHERE abs(amount_cents) = ?'));
  }
}

const ACTS = fc.array(anyAct, { minLength: 8, maxLength: 25, size: 'max' });
/** Ends at the first failure: to make it shorter would take minutes. */
const RUNS = { numRuns: Number(process.env.RANDOM_ACTS_RUNS ?? 4), endOnFailure: true };

it('keeps its totals, counts and searches true whatever a shop does', { timeout: 600_000 }, async () => {
  const property = fc.asyncProperty(ACTS, async (acts) => {
    let shop = await openShop();
    try {
      for (const todo of acts) {
        ({ shop } = await perform(shop, todo));
        await check(shop);
      }
    } finally {
      await shop.close();
    }
  });
  await fc.assert(property, RUNS);
});

/** All that a person may see of the imports, but for the times at which things were done. */
function booksOf({ core }: TestShop) {
  const { read } = core.ledger;
  const every = (sql: string) => read.all(sql);
  return {
    imports:
      every(`SELECT id, kind, file_name, sha256, layout, state, rows_read, rows_new, rows_known, rows_changed, rows_refused,
      warnings, period_from, period_to, report_at, first_at, last_at, covered_to, is_partial, total_cents, is_balanced,
      verification_code, payments, seen_payments FROM imports ORDER BY id`),
    accounts: every('SELECT * FROM import_accounts'),
    lines: every('SELECT * FROM statement_lines ORDER BY import_id, row'),
    movements:
      every(`SELECT id, receipt, amount_cents, status, completed_at, time_precision, business_day, import_id,
      undone_at IS NULL AS is_live FROM movements ORDER BY id`),
    sales: every(
      'SELECT id, reference, amount_cents, import_id, undone_at IS NULL AS is_live FROM sales ORDER BY id',
    ),
    problems: every('SELECT import_id, row, severity, reason FROM import_problems ORDER BY id'),
    reviews: every('SELECT id, kind, import_id, row, movement_id, sale_id, state FROM reviews ORDER BY id'),
    links: every('SELECT kind, rule, how, business_day, ended_at IS NULL AS stands FROM links ORDER BY id'),
    findings: every(
      'SELECT kind, business_day, is_parked, amount_cents FROM findings WHERE is_head = 1 ORDER BY 1, 2, 3, 4',
    ),
    acts: every(
      `SELECT action, count(*) AS times FROM audit_entries WHERE action LIKE 'import.%' OR action LIKE 'step.%' GROUP BY 1 ORDER BY 1`,
    ),
  };
}

/** As if another version of the program had read what is there: the next import reads its file in full. */
function forgetReader({ core, actor }: TestShop): void {
  const forgotten = core.ledger.act(actor, 'test.forgot', 'imports', (db) => {
    db.run('UPDATE imports SET read_by = NULL');
    return succeed({ value: undefined, details: {} });
  });
  unwrap(forgotten);
}

/** Every third act is followed by a statement that came before it, once more. */
function repeatStatements(acts: readonly Act[]): Act[] {
  return acts.flatMap((todo, at) => {
    const before = acts.slice(0, at).filter(({ type }) => type === 'statement');
    const again = before[at % Math.max(1, before.length)];
    return again && at % 3 === 0 ? [todo, again] : [todo];
  });
}

it('has the same books whether a known file is read again or not', { timeout: 600_000 }, async () => {
  const property = fc.asyncProperty(ACTS.map(repeatStatements), async (acts) => {
    let [short, long] = [await openShop(), await openShop()];
    try {
      for (const todo of acts) {
        forgetReader(long);
        const [one, other] = [await perform(short, todo), await perform(long, todo)];
        [short, long] = [one.shop, other.shop];
        expect(one.said).toBe(other.said);
        expect(booksOf(short)).toEqual(booksOf(long));
      }
    } finally {
      await short.close();
      await long.close();
    }
  });
  await fc.assert(property, RUNS);
});
