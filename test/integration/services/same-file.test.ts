import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFile } from '#main/services/import-file.ts';
import { decideReview, listReviews } from '#main/services/reviews.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { writeYearFile } from '#test/bench/ledger/year-file.ts';
import {
  inventStatement,
  portalGrid,
  statementsFileName,
  statementsGrid,
} from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { freshFolder, openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement, type StatementRow } from '#test/helpers/shop-files.ts';

const ROWS: StatementRow[] = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200, status: 'Failed' },
  { receipt: 'UCE3NPYD5V', time: '08:10:00', amount: 310 },
];

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const everyRow = (from: TestShop, sql: string) => from.core.ledger.read.all(sql);

/** All that an import leaves behind, but for the time of day. */
function bookOf(from: TestShop) {
  return {
    imports: everyRow(
      from,
      `SELECT kind, file_name, sha256, layout, state, rows_read, rows_new, rows_known, rows_changed, rows_refused,
         warnings, period_from, period_to, report_at, first_at, last_at, covered_to, is_partial, total_cents,
         is_balanced, verification_code FROM imports ORDER BY id`,
    ),
    accounts: everyRow(from, 'SELECT * FROM import_accounts'),
    lines: everyRow(from, 'SELECT * FROM statement_lines ORDER BY import_id, row'),
    movements: everyRow(from, 'SELECT * FROM movements ORDER BY id'),
    problems: everyRow(from, 'SELECT * FROM import_problems ORDER BY id'),
    questions: everyRow(from, 'SELECT kind, import_id, row, movement_id, state FROM reviews ORDER BY id'),
    steps: everyRow(from, 'SELECT action, what, touched FROM steps ORDER BY id'),
  };
}

/** For each import, the earlier one whose rows it took over. */
const takenOver = () =>
  shop.core.ledger.read
    .all<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'import.started' ORDER BY seq`,
    )
    .map((entry) => (JSON.parse(entry.details) as { sameAs?: number }).sameAs ?? null);

/** As if another version of the program had read what is there: the next import reads its file in full. */
function forgetReader(of: TestShop): void {
  const forgotten = of.core.ledger.act(of.actor, 'test.forgot', 'imports', (db) => {
    db.run('UPDATE imports SET read_by = NULL');
    return succeed({ value: undefined, details: {} });
  });
  if (!forgotten.ok) throw new Error(forgotten.error.code);
}

const day = '2026-03-14' as BusinessDay;
const till = inventStatement({ seed: 4, shortCode: '1234567', kind: 'till', day, paymentsPerDay: 30 });
const yearPath = join(freshFolder(), 'year.csv');
writeYearFile(yearPath, { lines: 7_000, days: 10, lastDay: '2026-03-14' });

describe('the same file again', () => {
  it.each([
    ['a portal export', 'day.csv', dayStatement(ROWS)],
    ['one without a payment', 'day.csv', dayStatement([])],
    ['one with charges, sweeps and reversals', 'till.csv', toCsv(portalGrid(till))],
    ['one whose name says what it is of', statementsFileName(till), toCsv(statementsGrid(till))],
    ['a PDF', 'till.pdf', statementPdf([till])],
    ['one of several transactions', 'year.csv', readFileSync(yearPath)],
  ])('%s leaves in the books what reading it again would leave', async (_, name, content) => {
    await shop.bringIn(name, content);
    const short = await shop.bringIn(name, content);
    const other = await openShop();
    try {
      await other.bringIn(name, content);
      forgetReader(other);
      const long = await other.bringIn(name, content);
      expect(short).toEqual(long);
      expect(short).toMatchObject({ type: 'done', counts: { new: 0, changed: 0, refused: 0 } });
      expect(bookOf(shop)).toEqual(bookOf(other));
    } finally {
      await other.close();
    }
    expect(takenOver()).toEqual([null, 1]);
  });

  it('asks again about rows that a file between the two showed and this one lacks', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS.slice(0, 2)));
    await shop.bringIn('b.csv', dayStatement(ROWS));
    await shop.bringIn('a.csv', dayStatement(ROWS.slice(0, 2)));
    expect(takenOver()).toEqual([null, null, 1]);
    const { reviews } = unwrap(listReviews(shop.core, { state: 'open', after: null }));
    expect(reviews).toMatchObject([{ kind: 'vanished-line', before: { receipt: 'UCE3NPYD5V' } }]);
  });

  it('can be undone by itself', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    const before = everyRow(shop, 'SELECT receipt, undone_at FROM movements ORDER BY id');
    const again = await shop.bringIn('a.csv', dayStatement(ROWS));
    if (again.type !== 'done') throw new Error(again.type);
    unwrap(await undoImport(shop.core, shop.actor, again.importId, shop.book.open('undo', null)));
    expect(everyRow(shop, 'SELECT receipt, undone_at FROM movements ORDER BY id')).toEqual(before);
  });

  it('leaves nothing when it is cancelled half way', async () => {
    const before = bookOf(shop);
    const name = 'year.csv';
    const request = {
      file: { path: yearPath, name },
      kind: 'auto',
      everyNumberIsOurs: true,
      matchAfter: false,
    } as const;
    await importFile(shop.core, shop.actor, request, shop.book.open('import', name));
    const job = shop.book.open('import', name);
    const cancelling = {
      ...job,
      update: (change: Parameters<typeof job.update>[0]) => {
        job.update(change);
        if (change.rows !== undefined) shop.book.cancel(job.id, 'owner');
      },
    };
    expect(await importFile(shop.core, shop.actor, request, cancelling)).toMatchObject({ type: 'cancelled' });
    expect(takenOver()).toEqual([null, 1]);
    expect(everyRow(shop, 'SELECT * FROM statement_lines WHERE import_id = 2')).toEqual([]);
    expect(before.lines).toEqual([]);
    expect(everyRow(shop, 'SELECT state, rows_known FROM imports WHERE id = 2')).toMatchObject([
      { state: 'cancelled' },
    ]);
  });
});

describe('is read in full', () => {
  it.each([
    ['under another name, which may say another account', { name: 'b.csv' }],
    ['with another order of dates', { options: { dates: 'dmy' as const } }],
    ['with a number that a person gave', { options: { shortCode: '1234567' } }],
  ])('%s', async (_, { name = 'a.csv', options = {} }: { name?: string; options?: object }) => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    expect(await shop.bringIn(name, dayStatement(ROWS), options)).toMatchObject({ counts: { known: 3 } });
    expect(takenOver()).toEqual([null, null]);
  });

  it('when a person had to help with it the first time', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS), { shortCode: '1234567' });
    await shop.bringIn('a.csv', dayStatement(ROWS));
    expect(takenOver()).toEqual([null, null]);
  });

  it('when not every row of it was taken', async () => {
    const damaged = dayStatement(ROWS).replace('310.0,,', 'three hundred,,');
    await shop.bringIn('a.csv', damaged);
    expect(await shop.bringIn('a.csv', damaged)).toMatchObject({ counts: { known: 2, refused: 1 } });
    expect(takenOver()).toEqual([null, null]);
  });

  it('when its balances did not add up, and says so again', async () => {
    const broken = dayStatement(ROWS).replace('Closing Balance:,460.0', 'Closing Balance:,999.0');
    await shop.bringIn('a.csv', broken);
    await shop.bringIn('a.csv', broken);
    expect(takenOver()).toEqual([null, null]);
    expect(everyRow(shop, `SELECT import_id FROM import_problems WHERE severity = 'break'`)).toEqual([
      { import_id: 1 },
      { import_id: 2 },
    ]);
  });

  it('when it was undone, and brings its rows back', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    unwrap(await undoImport(shop.core, shop.actor, 1, shop.book.open('undo', null)));
    expect(await shop.bringIn('a.csv', dayStatement(ROWS))).toMatchObject({ counts: { new: 3, known: 0 } });
    expect(takenOver()).toEqual([null, null]);
  });

  it('while a row of it is out of the books, and not once it is back', async () => {
    await shop.bringIn('a.csv', dayStatement(ROWS));
    await shop.bringIn('b.csv', dayStatement(ROWS.slice(0, 2)));
    const { reviews } = unwrap(listReviews(shop.core, { state: 'open', after: null }));
    const { step } = unwrap(
      await decideReview(shop.core, shop.actor, { reviewId: reviews[0]?.id ?? 0, decision: 'apply' }),
    );
    expect(await shop.bringIn('a.csv', dayStatement(ROWS))).toMatchObject({
      counts: { known: 2, changed: 1 },
    });
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(await shop.bringIn('a.csv', dayStatement(ROWS))).toMatchObject({
      counts: { known: 3, changed: 0 },
    });
    expect(takenOver()).toEqual([null, null, null, 1]);
  });

  it('from the row on that leaves the books while the file comes in', async () => {
    const name = 'year.csv';
    const request = {
      file: { path: yearPath, name },
      kind: 'auto',
      everyNumberIsOurs: true,
      matchAfter: false,
    } as const;
    await importFile(shop.core, shop.actor, request, shop.book.open('import', name));
    const job = shop.book.open('import', name);
    // Between two transactions somebody takes the last row of the file out.
    const meddling = {
      ...job,
      update: (change: Parameters<typeof job.update>[0]) => {
        job.update(change);
        if (change.rows !== 6_000) return;
        const taken = shop.core.ledger.act(shop.actor, 'test.took-out', 'movements', (db) => {
          db.run('UPDATE movements SET undone_at = 1 WHERE id = (SELECT max(id) FROM movements)');
          return succeed({ value: undefined, details: {} });
        });
        if (!taken.ok) throw new Error(taken.error.code);
      },
    };
    expect(await importFile(shop.core, shop.actor, request, meddling)).toMatchObject({
      type: 'done',
      counts: { new: 1, known: 6_999, changed: 0, refused: 0 },
    });
    expect(takenOver()).toEqual([null, 1]);
    expect(everyRow(shop, 'SELECT count(*) AS lines FROM statement_lines WHERE import_id = 2')).toEqual([
      { lines: 7_000 },
    ]);
  });
});
