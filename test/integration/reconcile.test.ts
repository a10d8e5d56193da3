import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeSum, showCandidates } from '#main/services/match-by-hand.ts';
import { parkItems, unparkItems } from '#main/services/park-items.ts';
import {
  acceptAll,
  acceptFinding,
  matchByHand,
  rejectFinding,
  unmatchLink,
} from '#main/services/reconcile-acts.ts';
import { searchLedger } from '#main/services/search-ledger.ts';
import { showDetail } from '#main/services/show-detail.ts';
import { showRows } from '#main/services/show-reconcile.ts';
import { showSummary } from '#main/services/show-summary.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { Result } from '#shared/ipc/result.ts';
import type { ReconcilePage, ReconcileRow } from '#shared/ipc/views.ts';
import { smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const DAY = '2026-03-14' as BusinessDay;
const SCOPE = { from: DAY, to: DAY, tillId: null };

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
  await shop.bringIn(
    'statement.csv',
    smallStatement([
      { receipt: 'UCE0DEMO01', time: '08:00:00', amount: 150 },
      { receipt: 'UCE0DEMO02', time: '09:00:00', amount: 720 },
      { receipt: 'UCE0DEMO03', time: '10:00:00', amount: 333 },
      { receipt: 'UCE0DEMO04', time: '12:00:00', amount: 2500, name: 'BARAKA SAMPLE' },
    ]),
  );
  await shop.bringIn(
    'sales.csv',
    smallSales([
      { reference: 'S-1', time: '08:01:00', amount: 150, receipt: 'UCE0DEMO01' },
      { reference: 'S-2', time: '09:02:00', amount: 720 },
      { reference: 'S-3', time: '15:00:00', amount: 1500 },
      { reference: 'S-4', time: '16:00:00', amount: 990 },
    ]),
  );
});
afterEach(async () => {
  await shop.close();
});

function rows(tab: 'todo' | 'matched' | 'parked' | 'all' = 'all', search = ''): ReconcileRow[] {
  return expectValue(showRows(shop.core, { ...SCOPE, tab, search, kinds: [], after: null, limit: 100 })).rows;
}

function expectValue<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.message.id}`);
  return result.value;
}

function brief(list: ReconcileRow[] = rows()): string[] {
  return list.map((row) => {
    const items = [
      ...row.payments.map((payment) => payment.receipt),
      ...row.sales.map((sale) => sale.reference),
    ];
    return `${row.state} ${row.kind} ${items.join('+')}`;
  });
}

function findingOf(kind: string): number {
  const row = rows('todo').find((one) => one.kind === kind);
  if (!row) throw new Error(`no ${kind} among ${brief().join('; ')}`);
  return Number(row.key.replace('finding-', ''));
}

function idsOf(receipt: string | null, reference: string | null): { payments: number[]; sales: number[] } {
  const all = rows();
  const payment = all.flatMap((row) => row.payments).find((one) => one.receipt === receipt);
  const sale = all.flatMap((row) => row.sales).find((one) => one.reference === reference);
  return { payments: payment ? [payment.id] : [], sales: sale ? [sale.id] : [] };
}

describe('the reconcile screen', () => {
  it('shows each payment and each sale once, matched or asking', () => {
    expect(brief()).toContain('matched same-receipt UCE0DEMO01+S-1');
    expect(brief()).toContain('todo amount-time UCE0DEMO02+S-2');
    const receipts = rows().flatMap((row) => row.payments.map((payment) => payment.receipt));
    expect(new Set(receipts).size).toBe(4);
    expect(receipts).toHaveLength(4);
  });

  it('pages by key without losing or repeating a row', () => {
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: ReconcilePage = expectValue(
        showRows(shop.core, { ...SCOPE, tab: 'all', search: '', kinds: [], after, limit: 2 }),
      );
      paged.push(...page.rows.map((row) => row.key));
      after = page.next;
    } while (after !== null);
    expect(paged).toEqual(rows().map((row) => row.key));
  });

  it.each([
    ['a receipt prefix', 'uce0demo02', ['UCE0DEMO02+S-2']],
    ['a reference', 's-2', ['UCE0DEMO02+S-2']],
    ['an amount', '720.00', ['UCE0DEMO02+S-2']],
    ['part of a name', 'baraka', ['UCE0DEMO04']],
    ['several receipts at once', 'UCE0DEMO03 | UCE0DEMO04', ['UCE0DEMO03', 'UCE0DEMO04']],
    ['nothing there', 'zzz', []],
  ])('finds by %s', (_, text, expected) => {
    expect(brief(rows('all', text)).map((line) => line.split(' ').at(-1))).toEqual(expected);
  });

  it('says what is open, what is matched, and how far the file reaches', () => {
    expect(expectValue(showSummary(shop.core, SCOPE))).toMatchObject({
      payments: 4,
      matchedPayments: 1,
      paymentsCents: 370_300,
      matchedCents: 15_000,
      openCents: 355_300 + 321_000,
      acceptable: { count: 1, cents: 72_000 },
      coverage: { isPartial: false, isBalanced: true, files: 1, witness: 'none' },
    });
  });

  it('masks phones before they reach the window', () => {
    expect(rows()[0]?.payments[0]?.phone).toBe('070 ••• 101');
  });
});

describe('working it', () => {
  it('accepts a proposal, and undo brings the question back', async () => {
    const before = brief();
    const { step } = expectValue(await acceptFinding(shop.core, shop.actor, findingOf('amount-time')));
    expect(brief()).toContain('matched amount-time UCE0DEMO02+S-2');
    expectValue(await undoStep(shop.core, shop.actor, step.id));
    expect(brief()).toEqual(before);
    expect((await undoStep(shop.core, shop.actor, step.id)).ok).toBe(false);
  });

  it('accepts once, however often it is asked', async () => {
    const finding = findingOf('amount-time');
    const [first, second] = await Promise.all([
      acceptFinding(shop.core, shop.actor, finding),
      acceptFinding(shop.core, shop.actor, finding),
    ]);
    expect([first.ok, second.ok].sort()).toEqual([false, true]);
    expect(shop.core.ledger.read.all(`SELECT 1 FROM links WHERE how = 'accepted'`)).toHaveLength(1);
  });

  it('never lets an old question stand for a new one', async () => {
    const before = new Set(rows('todo').map((row) => row.key));
    const finding = findingOf('amount-time');
    const { step } = expectValue(await acceptFinding(shop.core, shop.actor, finding));
    expectValue(await undoStep(shop.core, shop.actor, step.id));
    // The question is back under an id of its own; the old one answers nothing.
    expect(rows('todo').filter((row) => row.kind === 'amount-time' && before.has(row.key))).toEqual([]);
    expect((await acceptFinding(shop.core, shop.actor, finding)).ok).toBe(false);
  });

  it('never proposes again what was refused, until that is undone', async () => {
    const before = brief();
    const { step } = expectValue(await rejectFinding(shop.core, shop.actor, findingOf('amount-time')));
    expect(brief()).toContain('todo paid-not-sold UCE0DEMO02');
    expect(brief().join()).not.toContain('UCE0DEMO02+S-2');
    expectValue(await undoStep(shop.core, shop.actor, step.id));
    expect(brief()).toEqual(before);
  });

  it('matches by hand only what adds up, or with a note that says why not', async () => {
    const items = idsOf('UCE0DEMO04', 'S-3');
    const without = await matchByHand(shop.core, shop.actor, { ...items, note: '' });
    expect(without.ok ? null : without.error.code).toBe('ledger/amounts-differ');
    expectValue(await matchByHand(shop.core, shop.actor, { ...items, note: 'paid for tomorrow too' }));
    expect(brief()).toContain('matched by-hand UCE0DEMO04+S-3');
  });

  it('finds the open items that complete a sum', async () => {
    const found = expectValue(completeSum(shop.core, idsOf('UCE0DEMO04', null)));
    // 1,500 + 990 is not 2,500: nothing fits.
    expect(found.result).toBe('none');
    const near = expectValue(
      await showCandidates(shop.core, { ...idsOf('UCE0DEMO04', null), search: '', limit: 20 }),
    );
    expect(near.sales.map((sale) => sale.reference)).toContain('S-3');
  });

  it('takes a certain match apart and does not join it again at once', async () => {
    const before = brief();
    const link = Number(rows('matched')[0]?.key.replace('link-', ''));
    const { step } = expectValue(await unmatchLink(shop.core, shop.actor, link));
    expect(brief().join()).not.toContain('matched same-receipt');
    expectValue(await undoStep(shop.core, shop.actor, step.id));
    expect(brief()).toEqual(before);
  });

  it('parks with a note, keeps it over a new matching, and takes it up again', async () => {
    const items = idsOf('UCE0DEMO03', null);
    expect((await parkItems(shop.core, shop.actor, { ...items, note: '' })).ok).toBe(false);
    expectValue(await parkItems(shop.core, shop.actor, { ...items, note: 'ask the evening cashier' }));
    expectValue(await acceptFinding(shop.core, shop.actor, findingOf('amount-time')));
    expect(rows('parked')).toMatchObject([{ parked: { note: 'ask the evening cashier', by: 'Owner' } }]);
    expect(brief(rows('todo')).join()).not.toContain('UCE0DEMO03');
    expectValue(await unparkItems(shop.core, shop.actor, items));
    expect(rows('parked')).toEqual([]);
    expect(brief(rows('todo')).join()).toContain('UCE0DEMO03');
  });

  it('accepts all likely with one undo, and refuses when the ledger is no longer what the preview showed', async () => {
    const before = brief();
    const stale = await acceptAll(shop.core, shop.actor, {
      ...SCOPE,
      expectedCount: 2,
      expectedCents: 72_000,
    });
    expect(stale.ok ? null : stale.error.code).toBe('ledger/changed-meanwhile');
    const { step } = expectValue(
      await acceptAll(shop.core, shop.actor, { ...SCOPE, expectedCount: 1, expectedCents: 72_000 }),
    );
    expect(expectValue(showSummary(shop.core, SCOPE)).acceptable.count).toBe(0);
    expectValue(await undoStep(shop.core, shop.actor, step.id));
    expect(brief()).toEqual(before);
  });

  it('keeps what people decided when more files come in', async () => {
    expectValue(await acceptFinding(shop.core, shop.actor, findingOf('amount-time')));
    await shop.bringIn(
      'more.csv',
      smallSales([{ reference: 'S-9', time: '09:01:00', amount: 720, receipt: 'UCE0DEMO02' }]),
    );
    expect(brief()).toContain('matched amount-time UCE0DEMO02+S-2');
    // Another sale names the receipt: that is said, not settled.
    expect(brief().join('\n')).toMatch(/todo receipt-used-twice .*S-9/);
  });

  it('keeps everything over a restart', async () => {
    expectValue(await acceptFinding(shop.core, shop.actor, findingOf('amount-time')));
    const before = brief();
    shop = await shop.reopen();
    expect(brief()).toEqual(before);
  });

  it('finds by receipt anywhere, and shows where an item comes from and what was done with it', async () => {
    const { hits } = expectValue(searchLedger(shop.core, { search: 'UCE0DEMO01', limit: 10 }));
    expect(hits.map((hit) => [hit.type, hit.state])).toContainEqual(['payment', 'matched']);
    const payment = hits.find((hit) => hit.payment)?.payment;
    const detail = expectValue(showDetail(shop.core, { type: 'payment', id: payment?.id ?? 0 }));
    expect(detail.evidence).toMatchObject([{ channel: 'file', fileName: 'statement.csv', row: 11 }]);
    expect(detail.history.length).toBeGreaterThan(0);
  });
});

describe('whatever is done and undone', () => {
  it('leaves every item in at most one active link of a kind, and one audit entry an act', async () => {
    const acts = [
      () => acceptFinding(shop.core, shop.actor, findingOf('amount-time')),
      () => parkItems(shop.core, shop.actor, { ...idsOf('UCE0DEMO03', null), note: 'later' }),
      () => matchByHand(shop.core, shop.actor, { ...idsOf('UCE0DEMO04', 'S-3'), note: 'part' }),
    ];
    const count = () =>
      shop.core.ledger.read.get<{ n: number }>(
        `SELECT count(*) AS n FROM audit_entries WHERE action LIKE 'reconcile.%' OR action = 'step.undone'`,
      )?.n ?? 0;
    const start = brief();
    const steps: number[] = [];
    for (const act of acts) steps.push(expectValue(await act()).step.id);
    for (const step of steps.reverse()) expectValue(await undoStep(shop.core, shop.actor, step));
    expect(brief()).toEqual(start);
    expect(count()).toBe(acts.length * 2);
    const doubled = shop.core.ledger.read.all(
      `SELECT movement_id, sale_id, kind FROM link_items WHERE is_active = 1
        GROUP BY movement_id, sale_id, kind HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });
});
