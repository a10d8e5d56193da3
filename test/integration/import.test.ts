import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChainedEntry, checkChain } from '#shared/domain/audit/entry.ts';
import { render } from '#shared/text/render.ts';
import { type SmallPayment, smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const MORNING: SmallPayment[] = [
  { receipt: 'UCE0DEMO01', time: '08:00:00', amount: 150 },
  { receipt: 'UCE0DEMO02', time: '08:05:00', amount: 200 },
  { receipt: 'UCE0DEMO03', time: '08:05:00', amount: 200 },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

function movements() {
  return shop.core.ledger.read.all<{ receipt: string; amount: number }>(
    'SELECT receipt, amount_cents AS amount FROM live_movements ORDER BY receipt, amount',
  );
}

function expectWholeChain(): void {
  const entries = shop.core.ledger.read.all<ChainedEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details, lower(hex(prev_hash)) AS previousHash,
            lower(hex(hash)) AS hash FROM audit_entries ORDER BY seq`,
  );
  expect(checkChain(entries, (text) => createHash('sha256').update(text).digest('hex'))).toMatchObject({
    ok: true,
  });
}

describe('bringing in a statement', () => {
  it('keeps every row once, and tells what became of them', async () => {
    const outcome = await shop.bringIn('a.csv', smallStatement(MORNING));
    expect(outcome).toMatchObject({ type: 'done', counts: { new: 3, known: 0, refused: 0 } });
    expect(outcome.type === 'done' && render(outcome.sentence, 'en')).toContain('3 new');
    expect(movements()).toHaveLength(3);
    expectWholeChain();
  });

  it('changes nothing when the same, a re-sorted or an overlapping file comes again', async () => {
    await shop.bringIn('a.csv', smallStatement(MORNING));
    const before = movements();
    expect(await shop.bringIn('b.csv', smallStatement(MORNING))).toMatchObject({
      counts: { new: 0, known: 3 },
    });
    expect(await shop.bringIn('c.csv', smallStatement([...MORNING].reverse()))).toMatchObject({
      counts: { new: 0, known: 3 },
    });
    expect(movements()).toEqual(before);
    const more = [...MORNING, { receipt: 'UCE0DEMO04', time: '09:00:00', amount: 300 }];
    expect(await shop.bringIn('d.csv', smallStatement(more))).toMatchObject({ counts: { new: 1, known: 3 } });
  });

  it('keeps equal payments of different customers', async () => {
    await shop.bringIn('a.csv', smallStatement(MORNING));
    expect(movements().filter((movement) => movement.amount === 20_000)).toHaveLength(2);
  });

  it('sends a receipt with another amount to review and changes nothing', async () => {
    await shop.bringIn('a.csv', smallStatement(MORNING));
    const edited = MORNING.map((row) => (row.receipt === 'UCE0DEMO02' ? { ...row, amount: 900 } : row));
    expect(await shop.bringIn('b.csv', smallStatement(edited))).toMatchObject({
      counts: { new: 0, known: 2, changed: 1 },
    });
    expect(movements()).toContainEqual({ receipt: 'UCE0DEMO02', amount: 20_000 });
    expect(shop.core.ledger.read.all('SELECT kind, state FROM reviews')).toContainEqual({
      kind: 'changed-line',
      state: 'open',
    });
  });

  it('raises an alert for a line that an earlier file had and this one lacks', async () => {
    await shop.bringIn('a.csv', smallStatement(MORNING));
    await shop.bringIn('b.csv', smallStatement(MORNING.slice(0, 2)));
    const vanished = shop.core.ledger.read.all(
      `SELECT m.receipt FROM reviews r JOIN movements m ON m.id = r.movement_id WHERE r.kind = 'vanished-line'`,
    );
    expect(vanished).toEqual([{ receipt: 'UCE0DEMO03' }]);
    expect(movements()).toHaveLength(3);
  });

  it('asks whose a new number is before a row is written, when it is not a throw-away ledger', async () => {
    const outcome = await shop.bringIn('a.csv', smallStatement(MORNING), { everyNumberIsOurs: false });
    expect(outcome).toMatchObject({ type: 'asks', question: { ask: 'is-ours', numbers: ['1234567'] } });
    expect(movements()).toEqual([]);
    expect(shop.core.ledger.read.all('SELECT id FROM imports WHERE id > 0')).toEqual([]);
  });

  it('keeps nothing of a file that is stopped, and takes the same file whole afterwards', async () => {
    const many = Array.from({ length: 6000 }, (_, n) => ({
      receipt: `UCE${String(n).padStart(6, '0')}X`,
      time: `${String(8 + Math.floor(n / 3600)).padStart(2, '0')}:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`,
      amount: 10 + (n % 50),
    }));
    const job = shop.book.open('import', 'big.csv');
    const stopAfterFirstRows = {
      ...job,
      update: (change: Parameters<typeof job.update>[0]) => {
        job.update(change);
        if ((change.rows ?? 0) > 0) shop.book.cancel(job.id, 'owner');
      },
    };
    const { importFile } = await import('#main/services/import-file.ts');
    const { writeFileSync } = await import('node:fs');
    const path = `${shop.folder}/big.csv`;
    writeFileSync(path, smallStatement(many));
    const request = {
      file: { path, name: 'big.csv' },
      kind: 'auto' as const,
      everyNumberIsOurs: true,
      matchAfter: true,
    };
    const outcome = await importFile(shop.core, shop.actor, request, stopAfterFirstRows);
    expect(outcome.type).toBe('cancelled');
    expect(shop.core.ledger.read.all('SELECT 1 FROM movements')).toEqual([]);
    expect(shop.core.ledger.read.all('SELECT state FROM imports WHERE id > 0')).toEqual([
      { state: 'cancelled' },
    ]);
    expect(await shop.bringIn('big.csv', smallStatement(many))).toMatchObject({
      type: 'done',
      counts: { new: 6000, refused: 0 },
    });
    expectWholeChain();
  });

  it('takes back at the next start what a power cut left half done', async () => {
    await shop.bringIn('a.csv', smallStatement(MORNING.slice(0, 2)));
    await shop.bringIn('cut.csv', smallStatement(MORNING), { matchAfter: false });
    // What the ledger holds when the power fails after the last rows and before the import is done.
    const { succeed } = await import('#shared/ipc/result.ts');
    shop.core.ledger.act(shop.actor, 'test.power-cut', 'import', (db) => {
      db.run(`UPDATE imports SET state = 'running' WHERE file_name = 'cut.csv'`);
      return succeed({ value: undefined, details: {} });
    });
    // While an import runs, its rows are not there for anybody.
    expect(movements()).toHaveLength(2);
    shop = await shop.reopen();
    expect(shop.core.ledger.read.all(`SELECT state FROM imports WHERE file_name = 'cut.csv'`)).toEqual([
      { state: 'failed' },
    ]);
    expect(movements()).toHaveLength(2);
    expectWholeChain();
  });
});

describe('bringing in sales', () => {
  const MONDAY = [
    { reference: 'A-1', time: '08:00:00', amount: 100 },
    { reference: 'A-2', time: '09:00:00', amount: 200 },
    { reference: 'A-3', time: '10:00:00', amount: 300 },
  ];
  const reviews = () =>
    shop.core.ledger.read.all(
      'SELECT r.kind, s.reference FROM reviews r JOIN sales s ON s.id = r.sale_id ORDER BY r.id',
    );

  it('changes nothing when the same file comes again', async () => {
    await shop.bringIn('a.csv', smallSales(MONDAY));
    expect(await shop.bringIn('b.csv', smallSales(MONDAY))).toMatchObject({
      counts: { new: 0, known: 3, changed: 0 },
    });
    expect(reviews()).toEqual([]);
  });

  it('sends a changed and a missing sale to review', async () => {
    await shop.bringIn('a.csv', smallSales(MONDAY));
    const edited = [
      { reference: 'A-1', time: '08:00:00', amount: 90 },
      { reference: 'A-3', time: '10:00:00', amount: 300 },
    ];
    await shop.bringIn('b.csv', smallSales(edited));
    expect(reviews()).toEqual([
      { kind: 'changed-sale', reference: 'A-1' },
      { kind: 'vanished-sale', reference: 'A-2' },
    ]);
  });

  it('takes the file of another counter for what it is', async () => {
    await shop.bringIn('a.csv', smallSales(MONDAY));
    await shop.bringIn(
      'b.csv',
      smallSales([
        { reference: 'B-1', time: '07:00:00', amount: 50 },
        { reference: 'B-2', time: '11:00:00', amount: 60 },
      ]),
    );
    expect(reviews()).toEqual([]);
  });

  it('keeps apart two days whose receipt numbers start again', async () => {
    await shop.bringIn('a.csv', smallSales(MONDAY, '2026-03-14'));
    const again = await shop.bringIn('b.csv', smallSales(MONDAY, '2026-03-15'));
    expect(again).toMatchObject({ counts: { new: 3, known: 0, changed: 0 } });
    expect(reviews()).toEqual([]);
  });
});
