import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchByHand, unmatchLink } from '#main/services/reconcile-acts.ts';
import { decideReview, listReviews } from '#main/services/reviews.ts';
import { editSale } from '#main/services/type-sale.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { ReviewView } from '#shared/ipc/views.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, type SalesRow, type StatementRow, salesFile } from '#test/helpers/shop-files.ts';

const ROWS: StatementRow[] = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
];
const CHANGED: StatementRow[] = [{ receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 175 }, ...ROWS.slice(1)];
const SALES: SalesRow[] = [
  { time: '2026-03-14 08:01:00', amount: 150, reference: 'S-1', receipt: 'UCE7KQ2M4X' },
  { time: '2026-03-14 08:06:00', amount: 200, reference: 'S-2', receipt: 'UCEB9RTW6H' },
  { time: '2026-03-14 08:30:00', amount: 90, reference: 'S-3' },
  { time: '2026-03-14 07:30:00', amount: 60, reference: 'S-4' },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const read = () => shop.core.ledger.read;
const reviews = (state: 'open' | 'all' = 'open') =>
  unwrap(listReviews(shop.core, { state, after: null })).reviews;
const decide = (reviewId: number, decision: 'keep' | 'apply') =>
  decideReview(shop.core, shop.actor, { reviewId, decision });
const undo = (stepId: number) => undoStep(shop.core, shop.actor, stepId);
/** What counts: identity and values of every live row, and what stands between them. */
const books = () => ({
  payments: read().all('SELECT id, receipt, amount_cents, status FROM live_movements ORDER BY receipt'),
  sales: read().all('SELECT id, reference, amount_cents, status, sold_at FROM live_sales ORDER BY id'),
  lines: read().all('SELECT * FROM statement_lines ORDER BY import_id, row'),
  saleLines: read().all('SELECT * FROM sale_lines ORDER BY import_id, row'),
  links: read().all(
    `SELECT k.movement_id, k.sale_id FROM link_items k JOIN links l ON l.id = k.link_id
      WHERE k.is_active = 1 ORDER BY 1, 2`,
  ),
});

function only(kind: ReviewView['kind']): ReviewView {
  const found = reviews().filter((review) => review.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as ReviewView;
}

describe('a line that a later file changed', () => {
  beforeEach(async () => {
    await shop.bringIn('sales.csv', salesFile(SALES.slice(0, 2)));
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('b.csv', dayStatement(CHANGED));
  });

  it('is shown with both versions', () => {
    const review = only('changed-line');
    expect(review).toMatchObject({ fileName: 'b.csv', state: 'open' });
    expect(review.before).toMatchObject({
      receipt: 'UCE7KQ2M4X',
      amount: 'KES 150.00',
      time: '2026-03-14 08:00:00',
    });
    expect(review.after).toEqual({ ...review.before, amount: 'KES 175.00' });
    expect(review.what).toEqual({ id: 'review.changed-line', values: { name: 'UCE7KQ2M4X' } });
  });

  it('stays as it was when the ledger is kept, and asks once', async () => {
    const before = books();
    const { step } = unwrap(await decide(only('changed-line').id, 'keep'));
    expect(books()).toEqual(before);
    expect(reviews()).toEqual([]);
    expect(reviews('all')).toMatchObject([{ state: 'kept' }]);
    unwrap(await undo(step.id));
    expect(reviews()).toMatchObject([{ state: 'open' }]);
  });

  it('takes the place of the old one, which stays findable; undo puts everything back', async () => {
    const before = books();
    expect(before.links).toHaveLength(4);
    const { step } = unwrap(await decide(only('changed-line').id, 'apply'));
    expect(
      read().all('SELECT amount_cents AS amount FROM live_movements WHERE receipt = ?', 'UCE7KQ2M4X'),
    ).toEqual([{ amount: 17_500 }]);
    expect(read().all('SELECT 1 FROM movements WHERE undone_at IS NOT NULL')).toHaveLength(1);
    expect(books().links).toHaveLength(2);
    expect(reviews('all')).toMatchObject([{ state: 'applied' }]);
    expect(codeOf(await decide(reviews('all')[0]?.id ?? 0, 'apply'))).toBe('ledger/changed-meanwhile');

    unwrap(await undo(step.id));
    expect(books()).toEqual(before);
    expect(reviews()).toHaveLength(1);
    unwrap(await decide(only('changed-line').id, 'apply'));
    expect(books().links).toHaveLength(2);
  });

  it('is not taken when a person matched the payment', async () => {
    const payment =
      read().get<{ id: number }>(`SELECT id FROM live_movements WHERE receipt = 'UCE7KQ2M4X'`)?.id ?? 0;
    await shop.bringIn(
      'more.csv',
      salesFile([{ time: '2026-03-14 17:00:00', amount: 120, reference: 'S-9' }]),
    );
    const sale = read().get<{ id: number }>(`SELECT id FROM live_sales WHERE reference = 'S-9'`)?.id ?? 0;
    const link = read().get<{ id: number }>(
      'SELECT link_id AS id FROM link_items WHERE movement_id = ? AND is_active = 1',
      payment,
    );
    unwrap(await unmatchLink(shop.core, shop.actor, link?.id ?? 0));
    unwrap(
      await matchByHand(shop.core, shop.actor, { payments: [payment], sales: [sale], note: 'agreed price' }),
    );
    const before = books();
    expect(codeOf(await decide(only('changed-line').id, 'apply'))).toBe('ledger/already-matched');
    expect(books()).toEqual(before);
  });

  it('leaves nothing behind when its decision is undone after the older file was undone', async () => {
    const { step } = unwrap(await decide(only('changed-line').id, 'apply'));
    const first = read().get<{ id: number }>(`SELECT id FROM imports WHERE file_name = 'a.csv'`)?.id ?? 0;
    unwrap(await undoImport(shop.core, shop.actor, first, shop.book.open('undo', null)));
    unwrap(await undo(step.id));
    expect(read().all(`SELECT 1 FROM live_movements WHERE receipt = 'UCE7KQ2M4X'`)).toEqual([]);
  });
});

describe('a question about an item that has been undone since', () => {
  const undoFile = async (name: string) => {
    const file = read().get<{ id: number }>('SELECT id FROM imports WHERE file_name = ?', name)?.id ?? 0;
    unwrap(await undoImport(shop.core, shop.actor, file, shop.book.open('undo', null)));
  };

  it('still lets the newer line into the books, and out again', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS.slice(0, 1)));
    await shop.bringIn('b.csv', dayStatement(CHANGED.slice(0, 1)));
    await undoFile('a.csv');
    expect(books().payments).toEqual([]);
    const { step } = unwrap(await decide(only('changed-line').id, 'apply'));
    expect(books().payments).toMatchObject([{ receipt: 'UCE7KQ2M4X', amount_cents: 17_500 }]);
    unwrap(await undo(step.id));
    expect(books().payments).toEqual([]);
  });

  it('still lets the newer sale into the books, and out again', async () => {
    await shop.bringIn('sales.csv', salesFile(SALES.slice(0, 1)));
    await shop.bringIn('later.csv', salesFile([{ ...SALES[0], amount: 155 } as SalesRow]));
    await undoFile('sales.csv');
    const { step } = unwrap(await decide(only('changed-sale').id, 'apply'));
    expect(books().sales).toMatchObject([{ reference: 'S-1', amount_cents: 15_500 }]);
    unwrap(await undo(step.id));
    expect(books().sales).toEqual([]);
    unwrap(await decide(only('changed-sale').id, 'apply'));
    expect(books().sales).toHaveLength(1);
  });
});

describe('a line that a later file lacks', () => {
  it('leaves the live books when the file is right, and comes back by undo', async () => {
    await shop.bringIn('sales.csv', salesFile(SALES.slice(0, 2)));
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('b.csv', dayStatement(ROWS.slice(0, 1)));
    const review = only('vanished-line');
    expect(review).toMatchObject({
      row: null,
      after: {},
      before: { receipt: 'UCEB9RTW6H', status: 'completed' },
    });
    const before = books();
    const { step } = unwrap(await decide(review.id, 'apply'));
    expect(books().payments).toHaveLength(1);
    expect(books().links).toHaveLength(2);
    unwrap(await undo(step.id));
    expect(books()).toEqual(before);
  });
});

describe('a sale that a later file changed or lacks', () => {
  const later: SalesRow[] = [
    { time: '2026-03-14 08:01:00', amount: 155, reference: 'S-1', receipt: 'UCE7KQ2M4X' },
    ...SALES.slice(2),
  ];
  beforeEach(async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('sales.csv', salesFile(SALES));
    await shop.bringIn('later.csv', salesFile(later));
  });

  it('takes the new values, keeps its place, and gets the old ones back by undo', async () => {
    const review = only('changed-sale');
    expect(review.before).toMatchObject({ reference: 'S-1', amount: 'KES 150.00' });
    expect(review.after).toMatchObject({ reference: 'S-1', amount: 'KES 155.00' });
    const before = books();
    const { step } = unwrap(await decide(review.id, 'apply'));
    expect(
      read().get(`SELECT amount_cents AS amount, typed_by FROM live_sales WHERE reference = 'S-1'`),
    ).toEqual({
      amount: 15_500,
      typed_by: null,
    });
    expect(books().links).toHaveLength(2);
    unwrap(await undo(step.id));
    expect(books()).toEqual(before);
  });

  it('does not go back over what a person corrected after the decision', async () => {
    const { step } = unwrap(await decide(only('changed-sale').id, 'apply'));
    const saleId = read().get<{ id: number }>(`SELECT id FROM live_sales WHERE reference = 'S-1'`)?.id ?? 0;
    const sale = {
      reference: 'S-1',
      at: null,
      day: '2026-03-14' as BusinessDay,
      amountCents: 15_600 as Cents,
      tender: 'mpesa',
      kind: 'sale',
    } as const;
    const rest = { tillId: null, receipt: null, phone: null, customer: null, cashier: null, note: 'counted' };
    const edited = unwrap(await editSale(shop.core, shop.actor, { saleId, ...sale, ...rest }));
    expect(codeOf(await undo(step.id))).toBe('ledger/changed-meanwhile');
    unwrap(await undo(edited.step.id));
    unwrap(await undo(step.id));
    expect(read().get(`SELECT amount_cents AS amount FROM live_sales WHERE reference = 'S-1'`)).toEqual({
      amount: 15_000,
    });
  });

  it('leaves the live books when it vanished and the file is right', async () => {
    const review = only('vanished-sale');
    expect(review.before).toMatchObject({ reference: 'S-2' });
    const before = books();
    const { step } = unwrap(await decide(review.id, 'apply'));
    expect(read().all(`SELECT 1 FROM live_sales WHERE reference = 'S-2'`)).toEqual([]);
    unwrap(await undo(step.id));
    expect(books()).toEqual(before);
  });

  it('is listed newest first, in pages that a made-up cursor cannot enter', () => {
    const ids = reviews('all').map((review) => review.id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(codeOf(listReviews(shop.core, { state: 'all', after: '1; DROP' }))).toBe('ledger/bad-input');
    expect(unwrap(listReviews(shop.core, { state: 'all', after: String(Math.min(...ids)) })).reviews).toEqual(
      [],
    );
  });

  it('refuses a question that is not there', async () => {
    expect(codeOf(await decide(999, 'keep'))).toBe('ledger/not-found');
  });
});
