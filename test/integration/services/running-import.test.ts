import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFile } from '#main/services/import-file.ts';
import { rollBackImport } from '#main/services/import-writing.ts';
import { showCandidates } from '#main/services/match-by-hand.ts';
import { parkItems } from '#main/services/park-items.ts';
import { matchByHand } from '#main/services/reconcile-acts.ts';
import { decideReview } from '#main/services/reviews.ts';
import { searchLedger } from '#main/services/search-ledger.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { succeed } from '#shared/ipc/result.ts';
import { holdWorker } from '#test/helpers/hold-worker.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, type StatementRow, salesFile } from '#test/helpers/shop-files.ts';

const ROWS: StatementRow[] = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
  { receipt: 'UCE3NPYD5V', time: '08:10:00', amount: 310 },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const read = () => shop.core.ledger.read;
const openReview = () =>
  read().get<{ id: number }>(`SELECT id FROM reviews WHERE state = 'open' ORDER BY id`)?.id ?? 0;
const liveReceipts = () =>
  read()
    .all<{ receipt: string }>('SELECT receipt FROM live_movements ORDER BY receipt')
    .map((row) => row.receipt);

/** Brings a file in and stops when its first rows are written. */
async function bringInHalf(name: string, content: string) {
  const path = join(shop.folder, name);
  writeFileSync(path, content);
  const held = holdWorker(shop.core, 'read-statement', 'rows');
  const job = shop.book.open('import', name);
  const request = { file: { path, name }, kind: 'auto', everyNumberIsOurs: true, matchAfter: true } as const;
  const done = importFile(held.core, shop.actor, request, job);
  await held.reached;
  return {
    finish: () => {
      held.release();
      return done;
    },
    cancel: () => {
      shop.book.cancel(job.id, 'owner');
      held.release();
      return done;
    },
  };
}

describe('rows of an import that still runs', () => {
  it('are not found, not parked, not matched, not near', async () => {
    await shop.bringIn('first.csv', dayStatement(ROWS.slice(0, 1), '13-03-2026'));
    await shop.bringIn('s.csv', salesFile([{ time: '2026-03-14 09:00:00', amount: 310, reference: 'S-1' }]));
    const half = await bringInHalf('b.csv', dayStatement(ROWS.slice(1)));
    const hidden = read().get<{ id: number }>(`SELECT id FROM movements WHERE receipt = 'UCE3NPYD5V'`)?.id;
    const sale = read().get<{ id: number }>('SELECT id FROM live_sales')?.id;
    if (hidden === undefined || sale === undefined) throw new Error('nothing was written');

    expect(unwrap(searchLedger(shop.core, { search: 'UCE3NPYD5V', limit: 10 })).hits).toEqual([]);
    const items = { payments: [hidden], sales: [] };
    expect(codeOf(await parkItems(shop.core, shop.actor, { ...items, note: 'ask' }))).toBe(
      'ledger/changed-meanwhile',
    );
    const both = { payments: [hidden], sales: [sale], note: '' };
    expect(codeOf(await matchByHand(shop.core, shop.actor, both))).toBe('ledger/changed-meanwhile');
    expect(codeOf(await showCandidates(shop.core, { ...items, search: '', limit: 5 }))).toBe(
      'ledger/bad-input',
    );

    expect(await half.cancel()).toMatchObject({ type: 'cancelled' });
    expect(liveReceipts()).toEqual(['UCE7KQ2M4X']);
  });

  it('are found by their receipt and reference once it is done', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('s.csv', salesFile([{ time: '2026-03-14 09:00:00', amount: 1, reference: 'S-1' }]));
    const found = (search: string) => unwrap(searchLedger(shop.core, { search, limit: 10 })).hits.length;
    expect([found('UCE3'), found('S-1')]).toEqual([1, 1]);
  });

  it('may be changed by no decision and by no undoing of one', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('b.csv', dayStatement(ROWS.slice(0, 2)));
    const half = await bringInHalf('c.csv', dayStatement(ROWS));
    const apply = { reviewId: openReview(), decision: 'apply' } as const;
    expect(codeOf(await decideReview(shop.core, shop.actor, apply))).toBe('import/already-running');
    expect(await half.finish()).toMatchObject({ type: 'done', counts: { known: 3 } });
    expect(liveReceipts()).toHaveLength(3);

    const { step } = unwrap(await decideReview(shop.core, shop.actor, apply));
    const again = await bringInHalf('d.csv', dayStatement(ROWS.slice(0, 2)));
    expect(codeOf(await undoStep(shop.core, shop.actor, step.id))).toBe('import/already-running');
    await again.cancel();
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(liveReceipts()).toHaveLength(3);
  });
});

describe('taking an unfinished import back', () => {
  /** What must not happen, and did: something outside refers to rows that are to go. */
  function tieTo(movementId: number, other: number, saleId: number): void {
    const tied = shop.core.ledger.act(shop.actor, 'test.tie', 'test', (db) => {
      const done =
        db.get<{ id: number }>(`SELECT id FROM imports WHERE state = 'done' AND id > 0 LIMIT 1`)?.id ?? 0;
      db.run(`INSERT INTO parks (movement_id, note, at, staff_id) VALUES (?, 'x', 1, 1)`, movementId);
      db.run(
        'INSERT INTO refused_pairs (movement_id, sale_id, at, staff_id) VALUES (?, ?, 1, 1)',
        movementId,
        saleId,
      );
      db.run(
        `INSERT INTO reviews (kind, import_id, movement_id, at) VALUES ('vanished-line', ?, ?, 1)`,
        done,
        movementId,
      );
      db.run(
        `INSERT INTO links (id, kind, rule, reason, how, business_day, at, made_at, made_by)
         VALUES (900, 'sale', 'by-hand', '{"id":"match.by-hand"}', 'by-hand', '2026-03-14', 1, 1, 1)`,
      );
      const item = 'INSERT INTO link_items (link_id, position, kind, movement_id, sale_id, is_active)';
      db.run(`${item} VALUES (900, 0, 'sale', ?, NULL, 1)`, movementId);
      db.run(`${item} VALUES (900, 1, 'sale', NULL, ?, 1)`, saleId);
      db.run(
        `INSERT INTO findings (id, type, kind, is_head, alternatives, reason, amount_cents, business_day, at)
         VALUES (900, 'exception', 'paid-not-sold', 1, 1, '{"id":"match.by-hand"}', 1, '2026-03-14', 1)`,
      );
      db.run('INSERT INTO finding_items (finding_id, position, movement_id) VALUES (900, 0, ?)', movementId);
      // The row of a file that is done, which a decision made evidence of a row that was not yet there to be built on.
      db.run('INSERT INTO statement_lines (import_id, row, movement_id) VALUES (?, 9000, ?)', done, other);
      db.run('UPDATE imports SET payments = payments + 1 WHERE id = ?', done);
      db.run(
        `INSERT INTO callbacks (inbox, sequence, taken_at, kind, body, body_hmac, outcome, why, movement_id)
         VALUES ('0123456789abcdef', 1, 1, 'confirmation', '{}', zeroblob(32), 'matched', '{}', ?)`,
        movementId,
      );
      db.run(
        `INSERT INTO sightings (movement_id, kind, channel, first_at, last_at, callback_id)
         VALUES (?, 'status-answer', 'relay', 1, 1, 1)`,
        movementId,
      );
      db.run(
        `INSERT INTO claims (receipt, movement_id, note, at, staff_id) VALUES ('UCE7KQ2M4X', ?, 'x', 1, 1)`,
        movementId,
      );
      db.run('DELETE FROM days_to_match');
      return succeed({ value: undefined, details: {} });
    });
    unwrap(tied);
  }

  it('frees whatever refers to its rows, and leaves what another file also shows', async () => {
    await shop.bringIn('first.csv', dayStatement(ROWS.slice(0, 1), '13-03-2026'));
    await shop.bringIn('s.csv', salesFile([{ time: '2026-03-16 09:00:00', amount: 77, reference: 'S-1' }]));
    const half = await bringInHalf('b.csv', dayStatement(ROWS.slice(1)));
    const idOf = (receipt: string) =>
      read().get<{ id: number }>('SELECT id FROM movements WHERE receipt = ?', receipt)?.id ?? 0;
    const sale = read().get<{ id: number }>('SELECT id FROM sales')?.id ?? 0;
    tieTo(idOf('UCEB9RTW6H'), idOf('UCE3NPYD5V'), sale);

    const running = read().get<{ id: number }>(`SELECT id FROM imports WHERE state = 'running'`)?.id ?? 0;
    await rollBackImport(shop.core, shop.actor, running, 'failed');
    expect(liveReceipts()).toEqual(['UCE3NPYD5V', 'UCE7KQ2M4X']);
    for (const table of ['parks', 'refused_pairs', 'reviews'])
      expect(read().all(`SELECT 1 FROM ${table}`)).toEqual([]);
    expect(read().get('SELECT 1 FROM findings WHERE id = 900')).toBeUndefined();
    expect(read().get('SELECT 1 FROM links WHERE ended_at IS NULL')).toBeUndefined();
    expect(read().all('SELECT 1 FROM link_items WHERE is_active = 1')).toEqual([]);
    expect(read().all('SELECT day FROM days_to_match')).toEqual([
      { day: '2026-03-14' },
      { day: '2026-03-16' },
    ]);
    expect(read().all('PRAGMA foreign_key_check')).toEqual([]);
    await half.cancel();
    shop = await shop.reopen();
    expect(liveReceipts()).toEqual(['UCE3NPYD5V', 'UCE7KQ2M4X']);
  });
});
