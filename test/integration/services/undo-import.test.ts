import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planUndo } from '#main/services/plan-undo.ts';
import { matchByHand, unmatchLink } from '#main/services/reconcile-acts.ts';
import { decideReview, listReviews } from '#main/services/reviews.ts';
import { editSale } from '#main/services/type-sale.ts';
import { finishInterruptedUndo, undoImport } from '#main/services/undo-import.ts';
import { putDown, takeInHand } from '#main/services/work-in-hand.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, type SalesRow, type StatementRow, salesFile } from '#test/helpers/shop-files.ts';

const ROWS: StatementRow[] = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
  { receipt: 'UCE3NPYD5V', time: '08:10:00', amount: 310 },
];
const SALES: SalesRow[] = [
  { time: '2026-03-14 08:01:00', amount: 150, reference: 'S-1', receipt: 'UCE7KQ2M4X' },
  { time: '2026-03-14 08:06:00', amount: 200, reference: 'S-2', receipt: 'UCEB9RTW6H' },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

async function bringIn(name: string, content: string): Promise<number> {
  const outcome = await shop.bringIn(name, content);
  if (outcome.type !== 'done') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  return outcome.importId;
}

function undo(importId: number) {
  return undoImport(shop.core, shop.actor, importId, shop.book.open('undo', null));
}

const read = () => shop.core.ledger.read;
const liveReceipts = () =>
  read()
    .all<{ receipt: string }>('SELECT receipt FROM live_movements ORDER BY receipt')
    .map((row) => row.receipt);
const stateOf = (importId: number) =>
  read().get<{ state: string }>('SELECT state FROM imports WHERE id = ?', importId)?.state;
const activeLinks = () => read().all('SELECT id FROM links WHERE ended_at IS NULL').length;
const idOf = (receipt: string) =>
  read().get<{ id: number }>('SELECT id FROM live_movements WHERE receipt = ?', receipt)?.id ?? 0;
const saleId = (reference: string) =>
  read().get<{ id: number }>('SELECT id FROM live_sales WHERE reference = ?', reference)?.id ?? 0;

describe('undoing a statement', () => {
  it('takes every row back, ends what the matcher made of it, and leaves the rows findable', async () => {
    await bringIn('sales.csv', salesFile(SALES));
    const file = await bringIn('a.csv', dayStatement(ROWS));
    expect(activeLinks()).toBe(2);

    const planned = unwrap(await planUndo(shop.core, file));
    expect(planned).toEqual({ importId: file, reversed: 3, shared: 0, kept: 0, blocked: 0, reasons: [] });
    expect(unwrap(await undo(file))).toEqual(planned);

    expect(stateOf(file)).toBe('undone');
    expect(liveReceipts()).toEqual([]);
    expect(activeLinks()).toBe(0);
    expect(read().all('SELECT id FROM movements WHERE undone_at IS NOT NULL')).toHaveLength(3);
    expect(read().all('SELECT row FROM statement_lines WHERE import_id = ?', file)).toHaveLength(3);
    const kinds = read().all<{ kind: string }>('SELECT DISTINCT kind FROM findings');
    expect(kinds.map((row) => row.kind)).not.toContain('paid-not-sold');
    expect(read().all('SELECT day FROM days_to_match')).toEqual([]);
    expect(read().get(`SELECT 1 FROM steps WHERE action = 'undo-import'`)).toBeDefined();
    const entry = read().get<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'import.undone'`,
    );
    expect(JSON.parse(entry?.details ?? '{}')).toEqual({ reversed: 3, shared: 0, kept: 0, blocked: 0 });
  });

  it('does not stand in the way of the same file coming again', async () => {
    const file = await bringIn('a.csv', dayStatement(ROWS));
    unwrap(await undo(file));
    expect(await shop.bringIn('again.csv', dayStatement(ROWS))).toMatchObject({
      counts: { new: 3, known: 0 },
    });
    expect(liveReceipts()).toHaveLength(3);
  });

  it('leaves rows that another file also has, and hangs them on that one', async () => {
    const first = await bringIn('a.csv', dayStatement(ROWS.slice(0, 2)));
    const second = await bringIn('b.csv', dayStatement(ROWS));
    const plan = unwrap(await undo(first));
    expect(plan).toMatchObject({ reversed: 0, shared: 2, kept: 0, blocked: 0 });
    expect(plan.reasons.map((reason) => reason.id)).toEqual(['undo.shared']);
    expect(liveReceipts()).toHaveLength(3);
    expect(read().all('SELECT id FROM movements WHERE import_id = ?', second)).toHaveLength(3);
    // An undone file vouches for nothing any more.
    expect(unwrap(await undo(second))).toMatchObject({ reversed: 3, shared: 0 });
    expect(liveReceipts()).toEqual([]);
  });

  it('keeps what a person matched, and lets it go once it is unmatched', async () => {
    await bringIn('sales.csv', salesFile([{ time: '2026-03-14 12:00:00', amount: 310, reference: 'S-3' }]));
    const file = await bringIn('a.csv', dayStatement(ROWS));
    const items = { payments: [idOf('UCE3NPYD5V')], sales: [saleId('S-3')] };
    unwrap(await matchByHand(shop.core, shop.actor, { ...items, note: '' }));
    const plan = unwrap(await undo(file));
    expect(plan).toMatchObject({ reversed: 2, kept: 1 });
    expect(plan.reasons.map((reason) => reason.id)).toEqual(['undo.kept-matched']);
    expect(liveReceipts()).toEqual(['UCE3NPYD5V']);
    expect(activeLinks()).toBe(1);

    const again = await planUndo(shop.core, file);
    expect(again.ok ? '' : again.error.message.id).toBe('undo.already-undone');
    const link = read().get<{ id: number }>('SELECT id FROM links WHERE ended_at IS NULL')?.id ?? 0;
    unwrap(await unmatchLink(shop.core, shop.actor, link));
    expect(unwrap(await undo(file))).toMatchObject({ reversed: 1, kept: 0 });
    expect(liveReceipts()).toEqual([]);
  });

  it('blocks the rows that a person took into the ledger from this file, and closes its open questions', async () => {
    await bringIn('a.csv', dayStatement(ROWS));
    const changed = [{ receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 175 }, ...ROWS.slice(1, 2)];
    const second = await bringIn('b.csv', dayStatement(changed));
    const { reviews } = unwrap(listReviews(shop.core, { state: 'open', after: null }));
    expect(reviews.map((review) => review.kind).sort()).toEqual(['changed-line', 'vanished-line']);
    const line = reviews.find((review) => review.kind === 'changed-line');
    unwrap(await decideReview(shop.core, shop.actor, { reviewId: line?.id ?? 0, decision: 'apply' }));

    const plan = unwrap(await undo(second));
    expect(plan).toMatchObject({ reversed: 0, shared: 1, blocked: 1 });
    expect(plan.reasons.map((reason) => reason.id)).toEqual(['undo.shared', 'undo.blocked-decided']);
    expect(liveReceipts()).toHaveLength(3);
    expect(unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews).toEqual([]);
  });

  it('closes the question about a row that vanished from another file once the row itself is gone', async () => {
    const first = await bringIn('a.csv', dayStatement(ROWS));
    await bringIn('b.csv', dayStatement(ROWS.slice(0, 2)));
    expect(unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews).toHaveLength(1);
    expect(unwrap(await undo(first))).toMatchObject({ reversed: 1, shared: 2 });
    expect(unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews).toEqual([]);
  });

  it('refuses what is not there, what never finished, and anything while an import runs', async () => {
    expect(codeOf(await planUndo(shop.core, 99))).toBe('ledger/not-found');
    const file = await bringIn('a.csv', dayStatement(ROWS));
    const started = shop.core.ledger.act(shop.actor, 'test.started', 'import', (db) => {
      const { lastId } = db.run(
        `INSERT INTO imports (id, kind, file_name, sha256, layout, state, started_at, staff_id)
         VALUES (50, 'statement', 'x.csv', ?, 'portal-csv', 'running', 0, 1)`,
        'a'.repeat(64),
      );
      return succeed({ value: lastId, details: {} });
    });
    takeInHand(shop.core, unwrap(started));
    expect(codeOf(await undo(file))).toBe('import/not-undoable');
    putDown(shop.core, unwrap(started));
    shop.core.ledger.act(shop.actor, 'test.failed', 'import', (db) => {
      db.run(`UPDATE imports SET state = 'failed' WHERE id = ?`, unwrap(started));
      return succeed({ value: undefined, details: {} });
    });
    expect(codeOf(await undo(unwrap(started)))).toBe('import/not-undoable');
    expect(liveReceipts()).toHaveLength(3);
  });
});

describe('undoing a sales file', () => {
  it('takes its sales back, and keeps those that a person corrected', async () => {
    const file = await bringIn('sales.csv', salesFile(SALES));
    const day = '2026-03-14' as BusinessDay;
    const edit = {
      reference: 'S-2',
      at: null,
      day,
      amountCents: 21_000 as Cents,
      tender: 'mpesa',
      kind: 'sale',
    } as const;
    const rest = { tillId: null, receipt: null, phone: null, customer: null, cashier: null, note: 'short' };
    unwrap(await editSale(shop.core, shop.actor, { saleId: saleId('S-2'), ...edit, ...rest }));
    const plan = unwrap(await undo(file));
    expect(plan).toMatchObject({ reversed: 1, kept: 1 });
    expect(plan.reasons.map((reason) => reason.id)).toEqual(['undo.kept-edited']);
    expect(read().all('SELECT reference FROM live_sales')).toEqual([{ reference: 'S-2' }]);
  });
});

describe('an undo that was interrupted', () => {
  it('is finished at the next start, with the counts of the whole', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({
      receipt: `UCE${String(index).padStart(7, '0')}`,
      time: `08:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`,
      amount: 100 + index,
    }));
    const file = await bringIn('many.csv', dayStatement(many));
    await killAfterBatches(file, 1);
    expect(stateOf(file)).toBe('undoing');
    expect(liveReceipts()).toHaveLength(2_200);
    takeInHand(shop.core, file);
    expect(codeOf(await undo(file))).toBe('import/not-undoable');

    shop = await shop.reopen();
    expect(stateOf(file)).toBe('undone');
    expect(liveReceipts()).toEqual([]);
    const entry = read().get<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'import.undone'`,
    );
    expect(JSON.parse(entry?.details ?? '{}')).toMatchObject({ reversed: 2_500 });
    expect(read().all(`SELECT id FROM steps WHERE action = 'undo-import'`)).toHaveLength(1);
    await finishInterruptedUndo(shop.core, shop.actor);
    expect(read().all(`SELECT id FROM steps WHERE action = 'undo-import'`)).toHaveLength(1);
  });
});

/** Lets so many batches through, then fails every further act, as a killed process would. */
async function killAfterBatches(file: number, batches: number): Promise<void> {
  const { ledger } = shop.core;
  let left = batches;
  const dying: typeof ledger.act = (actor, action, subject, write) => {
    if (action === 'import.undo-rows' && left-- === 0) throw new Error('killed');
    return ledger.act(actor, action, subject, write);
  };
  const core = { ...shop.core, ledger: { ...ledger, act: dying } };
  await expect(undoImport(core, shop.actor, file, shop.book.open('undo', null))).rejects.toThrow('killed');
}
