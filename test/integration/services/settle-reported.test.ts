import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { importFile } from '#main/services/import-file.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { planUndo } from '#main/services/plan-undo.ts';
import { decideReview, listReviews } from '#main/services/reviews.ts';
import { settleReported } from '#main/services/settle-reported.ts';
import { listImports } from '#main/services/show-imports.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { succeed } from '#shared/ipc/result.ts';
import { holdWorker } from '#test/helpers/hold-worker.ts';
import { type NoticeWords, sendNotice } from '#test/helpers/notices.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
  unwrap(addTillNumber(shop.core, shop.actor, { number: '1234567', name: 'DEMO DUKA', tillId: null }));
});
afterEach(() => shop.close());

const PAID: NoticeWords = { receipt: 'UCE7KQ2M4X', time: '20260314080007', amount: 150 };
const LINE = { receipt: 'UCE7KQ2M4X', time: '08:00:07', amount: 150 };
const read = () => shop.core.ledger.read;
const live = () =>
  read().all(
    `SELECT m.receipt, m.amount_cents / 100 AS amount, m.import_id AS hangsOn, w.details_template AS words,
            m.party_phone AS phone, m.balance_cents AS balance
       FROM live_movements m JOIN wordings w ON w.id = m.wording_id ORDER BY m.receipt`,
  );
const reviews = () => unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews;
const undo = (importId: number) => undoImport(shop.core, shop.actor, importId, shop.book.open('undo', null));
const days = () => read().all('SELECT day FROM days_to_match');

describe('a statement that shows a reported payment', () => {
  it('gives it its words, party and balance, and takes it over', async () => {
    sendNotice(shop, PAID);
    const done = await shop.bringIn('a.csv', dayStatement([LINE]), { matchAfter: false });
    expect(done).toMatchObject({ type: 'done', counts: { new: 0, known: 1 } });
    expect(live()).toEqual([
      {
        receipt: 'UCE7KQ2M4X',
        amount: 150,
        hangsOn: 1,
        words: 'Merchant Payment from {party}',
        phone: '070****101',
        balance: 15_000,
      },
    ]);
    expect(days()).toEqual([{ day: '2026-03-14' }]);
    expect(read().all('SELECT * FROM lines_to_settle')).toEqual([]);
  });

  it('takes nothing over while it is not done, nor when it is stopped', async () => {
    sendNotice(shop, PAID);
    const held = holdWorker(shop.core, 'read-statement', 'checked');
    const path = join(shop.folder, 'a.csv');
    writeFileSync(path, dayStatement([LINE]));
    const job = shop.book.open('import', 'a.csv');
    const request = {
      file: { path, name: 'a.csv' },
      kind: 'auto',
      everyNumberIsOurs: true,
      matchAfter: true,
    };
    const done = importFile(held.core, shop.actor, { ...request, kind: 'auto' }, job);
    await held.reached;
    expect(read().all('SELECT movement_id FROM lines_to_settle')).toHaveLength(1);
    expect(live()).toMatchObject([{ hangsOn: -2 }]);
    shop.book.cancel(job.id, 'owner');
    held.release();
    expect((await done).type).toBe('cancelled');
    expect(live()).toMatchObject([{ hangsOn: -2, balance: null }]);
    expect(read().all('SELECT * FROM lines_to_settle')).toEqual([]);
  });

  it('settles at the next start what a crash kept from it', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([LINE]));
    // As it stood between the end of the import and the settling.
    unwrap(
      shop.core.ledger.act(PROGRAM, 'test.crash', 'test', (db) => {
        db.run('UPDATE movements SET import_id = -2');
        const line = { receipt: 'UCE7KQ2M4X', completedAt: 1_773_464_407_000, precision: 'second' };
        const rest = {
          kind: 'customer-payment',
          detailsTemplate: 'Pay',
          reasonType: null,
          initiatedAt: null,
        };
        const party = { phone: null, code: null, name: null };
        const numbers = { balanceCents: 1, accountReference: null, linkedReceipt: null };
        const incoming = JSON.stringify({
          line: { ...line, ...rest, ...numbers, party },
          place: { accountId: 1, classifierVersion: 1 },
        });
        db.run('INSERT INTO lines_to_settle VALUES (1, 1, ?)', incoming);
        return succeed({ value: undefined, details: {} });
      }),
    );
    shop = await shop.reopen();
    expect(live()).toMatchObject([{ hangsOn: 1, words: 'Pay' }]);
    await settleReported(shop.core, PROGRAM);
    expect(live()).toMatchObject([{ hangsOn: 1 }]);
  });

  it('keeps a match that a person made', async () => {
    await shop.bringIn('s.csv', salesFile([{ time: '2026-03-14 08:01:00', amount: 150, reference: 'S-1' }]));
    sendNotice(shop, PAID);
    await matchChangedDays(shop.core, PROGRAM);
    await shop.bringIn('a.csv', dayStatement([LINE]));
    expect(live()).toHaveLength(1);
  });
});

describe('undoing that statement', () => {
  it('gives the payment back to the notice', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([LINE, { ...LINE, receipt: 'UCE7KQ2M4Y' }]));
    expect(unwrap(await planUndo(shop.core, 1))).toMatchObject({ reversed: 1, shared: 1 });
    expect(unwrap(await undo(1))).toMatchObject({ reversed: 1, shared: 1 });
    expect(live()).toMatchObject([
      { receipt: 'UCE7KQ2M4X', hangsOn: -2, words: 'Merchant Payment from {party}' },
    ]);
  });

  it('gives it to another file that shows it first', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([LINE]));
    await shop.bringIn('b.csv', dayStatement([LINE, { ...LINE, receipt: 'UCE7KQ2M4Y' }]));
    unwrap(await undo(1));
    expect(live()).toMatchObject([{ hangsOn: 2 }, { hangsOn: 2 }]);
    unwrap(await undo(2));
    expect(live()).toMatchObject([{ hangsOn: -2 }]);
  });

  it('and the file again settles it again', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([LINE]));
    unwrap(await undo(1));
    await shop.bringIn('a.csv', dayStatement([LINE]));
    expect(live()).toMatchObject([{ hangsOn: 2 }]);
  });
});

describe('a statement that lacks or changes a reported payment', () => {
  it('asks about one that it lacks', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([{ ...LINE, receipt: 'UCE7KQ2M4Y' }]));
    expect(reviews()).toMatchObject([
      {
        kind: 'vanished-line',
        source: 'file',
        what: { id: 'review.vanished-news', values: { source: 'notice' } },
      },
    ]);
    const { step } = unwrap(
      await decideReview(shop.core, shop.actor, { reviewId: reviews()[0]?.id ?? 0, decision: 'apply' }),
    );
    expect(live()).toMatchObject([{ receipt: 'UCE7KQ2M4Y' }]);
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(live()).toMatchObject([{ receipt: 'UCE7KQ2M4X', hangsOn: -2 }, { receipt: 'UCE7KQ2M4Y' }]);
  });

  it('does not ask about one that was paid minutes before the statement was made', async () => {
    sendNotice(shop, { ...PAID, time: '20260314115000' });
    const day = dayStatement([{ ...LINE, receipt: 'UCE7KQ2M4Y' }], '14-03-2026');
    const early = day.replace('20-03-2026 07:00:00', '14-03-2026 12:00:00');
    await shop.bringIn('a.csv', early);
    expect(reviews()).toEqual([]);
    // A later one answers for that time, too.
    await shop.bringIn('b.csv', day);
    expect(reviews()).toHaveLength(1);
  });

  it('asks which amount is right, and takes the statement’s', async () => {
    sendNotice(shop, PAID);
    await shop.bringIn('a.csv', dayStatement([{ ...LINE, amount: 175 }]));
    expect(reviews()).toMatchObject([{ kind: 'changed-line', source: 'file' }]);
    expect(live()).toMatchObject([{ amount: 150, hangsOn: -2 }]);
    unwrap(await decideReview(shop.core, shop.actor, { reviewId: 1, decision: 'apply' }));
    expect(live()).toMatchObject([{ amount: 175, hangsOn: 1 }]);
  });
});

describe('a notice that says otherwise than a statement', () => {
  beforeEach(async () => {
    await shop.bringIn('a.csv', dayStatement([LINE]));
    sendNotice(shop, { ...PAID, amount: 175 });
  });

  it('can be taken, and that can be undone', async () => {
    expect(reviews()).toMatchObject([
      { kind: 'changed-line', source: 'notice', row: null, what: { id: 'review.changed-news' } },
    ]);
    const { step } = unwrap(await decideReview(shop.core, shop.actor, { reviewId: 1, decision: 'apply' }));
    expect(step.what.id).toBe('step.review-applied-news');
    expect(live()).toMatchObject([{ amount: 175, hangsOn: -2 }]);
    expect(sendNotice(shop, { ...PAID, amount: 175 })).toMatchObject({ became: 'known' });
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(live()).toMatchObject([{ amount: 150, hangsOn: 1 }]);
    expect(reviews()).toHaveLength(1);
    expect(read().all('SELECT * FROM sightings')).toEqual([]);
  });

  it('can be left, and is not asked again', async () => {
    unwrap(await decideReview(shop.core, shop.actor, { reviewId: 1, decision: 'keep' }));
    sendNotice(shop, { ...PAID, amount: 175 });
    expect(reviews()).toEqual([]);
    expect(live()).toMatchObject([{ amount: 150, hangsOn: 1 }]);
  });
});

it('the sources that are no file stand in no list of files', async () => {
  await shop.bringIn('a.csv', dayStatement([LINE]));
  const { imports } = unwrap(listImports(shop.core, { kind: 'statement', after: null, limit: 50 }));
  expect(imports.map(({ id }) => id)).toEqual([1]);
  expect(await planUndo(shop.core, -2)).toMatchObject({ ok: false });
});
