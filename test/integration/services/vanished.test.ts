import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '#main/services/core.ts';
import { importFile } from '#main/services/import-file.ts';
import { decideReview, listReviews } from '#main/services/reviews.ts';
import { setDayStart } from '#main/services/set-day-start.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { type BusinessDay, startOfDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { holdWorker } from '#test/helpers/hold-worker.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
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
const open = () => unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews;
const asked = () => open().map((review) => review.kind);
const warned = () =>
  read()
    .all<{ reason: string }>(`SELECT reason FROM import_problems WHERE severity = 'warning'`)
    .map((problem) => JSON.parse(problem.reason));
const live = () =>
  read()
    .all<{ receipt: string }>('SELECT receipt FROM live_movements ORDER BY receipt')
    .map((row) => row.receipt);
const decide = (decision: 'keep' | 'apply') =>
  decideReview(shop.core, shop.actor, { reviewId: open()[0]?.id ?? 0, decision });
const whyNot = (result: Awaited<ReturnType<typeof decide>>) => (result.ok ? 'ok' : result.error.message.id);

/** Brings a file in through a core of the test's own; matching is left for later. */
function bringInBy(core: Core, name: string, content: string) {
  const path = join(shop.folder, name);
  writeFileSync(path, content);
  const request = { file: { path, name }, kind: 'auto', everyNumberIsOurs: true, matchAfter: false } as const;
  const job = shop.book.open('import', name);
  return { job, done: importFile(core, shop.actor, request, job) };
}

describe('a row that could not be read', () => {
  it('is not missing when it still names its receipt', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    const broken = dayStatement(ROWS.slice(1)).replace('310.0,,', 'three hundred,,');
    expect(await shop.bringIn('b.csv', broken)).toMatchObject({ counts: { known: 1, refused: 1 } });
    expect(open().map((review) => review.before.receipt)).toEqual(['UCE7KQ2M4X']);
    expect(warned()).toEqual([]);
  });

  it('may be the missing one when it names nothing, and the file says so', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    const damaged = dayStatement(ROWS).replace('UCE3NPYD5V', '1.2E+10');
    expect(await shop.bringIn('b.csv', damaged)).toMatchObject({ counts: { known: 2, refused: 1 } });
    expect(asked()).toEqual([]);
    expect(warned()).toEqual([{ id: 'import.vanished-not-asked', values: { count: 1, refused: 1 } }]);
    expect(read().get(`SELECT warnings FROM imports WHERE file_name = 'b.csv'`)).toEqual({ warnings: 1 });
  });

  it('explains no more rows than there are of it', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    const damaged = dayStatement(ROWS.slice(1)).replace('UCE3NPYD5V', '1.2E+10');
    await shop.bringIn('b.csv', damaged);
    expect(asked()).toEqual(['vanished-line', 'vanished-line']);
    expect(warned()).toEqual([]);
  });

  it('may be the missing sale', async () => {
    const rows = ['08:00', '08:10', '08:20'].map((time, index) => ({
      time: `2026-03-14 ${time}:00`,
      amount: 100 + index,
      reference: `S-${index}`,
    }));
    await shop.bringIn('s.csv', salesFile(rows));
    const damaged = salesFile(rows).replace(',101,', ',a hundred,');
    expect(await shop.bringIn('t.csv', damaged)).toMatchObject({ counts: { known: 2, refused: 1 } });
    expect(asked()).toEqual([]);
    expect(warned()).toMatchObject([{ id: 'import.vanished-not-asked' }]);
  });
});

describe('a payment that a person took out because a file lacked it', () => {
  beforeEach(async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('b.csv', dayStatement(ROWS.slice(0, 2)));
    unwrap(await decide('apply'));
    expect(live()).toHaveLength(2);
  });

  it('waits for a decision when the older file comes again, and may stay out', async () => {
    expect(await shop.bringIn('a.csv', dayStatement(ROWS))).toMatchObject({
      counts: { new: 0, known: 2, changed: 1 },
    });
    expect(live()).toHaveLength(2);
    expect(open()).toMatchObject([{ kind: 'changed-line', what: { id: 'review.returned-line' } }]);
    unwrap(await decide('keep'));
    expect(live()).toHaveLength(2);
    expect(open()).toEqual([]);
  });

  it('comes back when that file is taken, and leaves again by undo', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    const { step } = unwrap(await decide('apply'));
    expect(live()).toContain('UCE3NPYD5V');
    expect(await shop.bringIn('c.csv', dayStatement(ROWS))).toMatchObject({ counts: { known: 3 } });
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(live()).toHaveLength(2);
    expect(open()).toHaveLength(1);
  });
});

describe('keeping a version that has been undone', () => {
  it('is refused: there is nothing left to keep', async () => {
    const first = await shop.bringIn('a.csv', dayStatement(ROWS.slice(0, 1)));
    await shop.bringIn('b.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 175 }]));
    if (first.type !== 'done') throw new Error(first.type);
    unwrap(await undoImport(shop.core, shop.actor, first.importId, shop.book.open('undo', null)));
    expect(whyNot(await decide('keep'))).toBe('review.nothing-to-keep');
    unwrap(await decide('apply'));
    expect(live()).toEqual(['UCE7KQ2M4X']);
  });
});

describe('what is told of missing rows', () => {
  it('reaches the windows once each question can be seen', async () => {
    const told: number[] = [];
    const tell: Core['tell'] = (event, payload) => {
      if (event === 'alert:raised' && 'reviewId' in payload) {
        told.push(payload.reviewId);
        expect(asked()).toContain('vanished-line');
      }
    };
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await bringInBy({ ...shop.core, tell }, 'b.csv', dayStatement(ROWS.slice(0, 1))).done;
    expect(told.sort()).toEqual(
      open()
        .map((review) => review.id)
        .sort(),
    );
    expect(told).toHaveLength(2);
  });

  it('is listed in the audit log while it is little', async () => {
    const rows = Array.from({ length: 52 }, (_, index) => ({
      receipt: `UCE7KQ2M${String(index).padStart(2, '0')}`,
      time: `08:${String(index).padStart(2, '0')}:00`,
      amount: 100 + index,
    }));
    await shop.bringIn('a.csv', dayStatement(rows));
    await shop.bringIn('b.csv', dayStatement(rows.slice(0, 50)));
    await shop.bringIn('c.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '09:30:00', amount: 1 }]));
    const listed = read()
      .all<{ details: string }>(
        `SELECT details FROM audit_entries WHERE action = 'alert.vanished' ORDER BY seq`,
      )
      .map((entry) => JSON.parse(entry.details).ids);
    // The first two are asked already; the third file lacks the other fifty.
    expect(listed).toEqual([[expect.any(Number), expect.any(Number)], expect.any(Array)]);
    expect(listed[1]).toHaveLength(50);
  });

  it('is counted when it is much', async () => {
    const rows = Array.from({ length: 52 }, (_, index) => ({
      receipt: `UCE7KQ2M${String(index).padStart(2, '0')}`,
      time: `08:${String(index).padStart(2, '0')}:00`,
      amount: 100 + index,
    }));
    await shop.bringIn('a.csv', dayStatement(rows));
    await shop.bringIn('b.csv', dayStatement(rows.slice(0, 1)));
    const entry = read().get<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'alert.vanished'`,
    );
    expect(JSON.parse(entry?.details ?? '{}')).toEqual({ ids: 51, kind: 'vanished-line' });
  });
});

describe('a better time of a known payment', () => {
  const cut = dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:00', amount: 150 }]);
  const whole = dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:00:41', amount: 150 }]);
  const movement = () =>
    read().get<{ at: number; precision: string; day: string }>(
      'SELECT completed_at AS at, time_precision AS precision, business_day AS day FROM movements',
    );

  it('is learnt only when its file is in, and its day is matched again', async () => {
    await shop.bringIn('a.csv', cut);
    const before = movement();
    expect(before?.precision).toBe('minute');
    const held = holdWorker(shop.core, 'read-statement', 'rows');
    const { job, done } = bringInBy(held.core, 'b.csv', whole);
    await held.reached;
    expect(movement()).toEqual(before);
    shop.book.cancel(job.id, 'owner');
    held.release();
    expect((await done).type).toBe('cancelled');
    expect(movement()).toEqual(before);

    await bringInBy(shop.core, 'b.csv', whole).done;
    expect(movement()).toMatchObject({ at: (before?.at ?? 0) + 41_000, precision: 'second' });
    expect(read().all('SELECT day FROM days_to_match')).toEqual([{ day: '2026-03-14' }]);
  });

  it('brings a payment to the business day it belongs to', async () => {
    await setDayStart(shop.core, shop.actor, { fromDay: '2026-03-01' as BusinessDay, minutes: 240 });
    await shop.bringIn('a.csv', cut);
    // As a reader kept it that took a date without a time of day for midnight.
    shop.core.ledger.act(shop.actor, 'test.midnight', 'test', (db) => {
      const midnight = startOfDay('2026-03-14' as BusinessDay);
      const values = `completed_at = ?, time_precision = 'day', business_day = '2026-03-13'`;
      db.run(`UPDATE movements SET ${values}`, midnight);
      return succeed({ value: undefined, details: {} });
    });
    await shop.bringIn('b.csv', whole);
    expect(movement()).toMatchObject({ precision: 'second', day: '2026-03-14' });
  });
});
