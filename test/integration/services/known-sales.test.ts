import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFile } from '#main/services/import-file.ts';
import { decideReview } from '#main/services/reviews.ts';
import { setDayStart } from '#main/services/set-day-start.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { editSale } from '#main/services/type-sale.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

type Row = {
  id: number;
  reference: string | null;
  till_id: number | null;
  sold_at: UtcMs | null;
  sold_precision: string;
  business_day: BusinessDay;
};
const sales = () => shop.core.ledger.read.all<Row>('SELECT * FROM live_sales ORDER BY id');
const reviews = () => shop.core.ledger.read.all<{ id: number; kind: string }>('SELECT id, kind FROM reviews');
const warnings = () =>
  shop.core.ledger.read
    .all<{ reason: string }>(`SELECT reason FROM import_problems WHERE severity = 'warning' ORDER BY id`)
    .map(({ reason }) => JSON.parse(reason) as { id: string; values: unknown });
const matched = () =>
  shop.core.ledger.read.all<{ receipt: string; reference: string }>(
    `SELECT m.receipt, s.reference FROM findings f
       JOIN finding_items a ON a.finding_id = f.id JOIN movements m ON m.id = a.movement_id
       JOIN finding_items b ON b.finding_id = f.id JOIN sales s ON s.id = b.sale_id
      WHERE f.type = 'proposal' ORDER BY m.receipt`,
  );
async function countsOf(name: string, content: string, everyNumberIsOurs = false) {
  const outcome = await shop.bringIn(name, content, { everyNumberIsOurs });
  if (outcome.type !== 'done') throw new Error(`the file was not taken: ${outcome.type}`);
  const { new: fresh, known, changed } = outcome.counts;
  return { fresh, known, changed };
}
const KNOWN = { fresh: 0, known: 2, changed: 0 };
const PAID = [
  { receipt: 'UCE7KQ2M4X', time: '08:02:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:07:00', amount: 200 },
];

describe('sales that name a till nobody has called ours yet', () => {
  const file = (till: string) =>
    `time,amount,reference,till\n2026-03-14 08:01:00,150,S-1,${till}\n2026-03-14 08:06:00,200,S-2,${till}\n`;

  it('are the same sales once the till is known, and get its till', async () => {
    await countsOf('s.csv', file('1234567'));
    expect(sales().map((sale) => sale.till_id)).toEqual([null, null]);
    await countsOf('a.csv', dayStatement(PAID), true);
    expect(sales().map((sale) => sale.till_id)).toEqual([1, 1]);
    expect(matched()).toEqual([
      { receipt: 'UCE7KQ2M4X', reference: 'S-1' },
      { receipt: 'UCEB9RTW6H', reference: 'S-2' },
    ]);
    expect(await countsOf('s.csv', file('1234567'))).toEqual(KNOWN);
    expect(await countsOf('s2.csv', file(' 1234567.0'))).toEqual(KNOWN);
    expect(reviews()).toEqual([]);
  });

  it('are warned about once a number, and match no payment to another till', async () => {
    await countsOf('a.csv', dayStatement(PAID), true);
    await countsOf('s.csv', file('7654321'));
    expect(warnings()).toEqual([{ id: 'import.sale-till-unknown', values: { number: '7654321' } }]);
    expect(matched()).toEqual([]);
    unwrap(addTillNumber(shop.core, shop.actor, { number: '7654321', name: '', tillId: 1 }));
    expect(await countsOf('s.csv', file('7654321'))).toEqual(KNOWN);
    expect(sales().map((sale) => sale.till_id)).toEqual([1, 1]);
    expect(matched()).toHaveLength(2);
  });

  it('count as any till when the shop has a name of its own for it', async () => {
    await countsOf('a.csv', dayStatement(PAID), true);
    await countsOf('s.csv', file('till 2'));
    expect(warnings()).toEqual([]);
    expect(matched()).toHaveLength(2);
    expect(await countsOf('s2.csv', file('Till  2'))).toEqual(KNOWN);
  });

  it('are ours in a ledger where every number is', async () => {
    await countsOf('s.csv', file('7654321'), true);
    expect(sales().map((sale) => sale.till_id)).toEqual([1, 1]);
    expect(warnings()).toEqual([]);
  });
});

describe('sales that a spreadsheet has cut to minutes', () => {
  const referenced = (first: string, second: string) =>
    `time,amount,reference\n2026-03-14 ${first},150,S-1\n2026-03-14 ${second},200,S-2\n`;
  const bare = (rows: readonly string[]) => `time,amount,cashier\n${rows.join('\n')}\n`;

  it('are known, whatever file came first, and the finer time is kept', async () => {
    await countsOf('s.csv', referenced('08:01', '08:06'));
    expect(await countsOf('fine.csv', referenced('08:01:41', '08:06:09'))).toEqual(KNOWN);
    const sharp = sales().map((sale) => [(sale.sold_at ?? 0) % 60_000, sale.sold_precision]);
    expect(sharp).toEqual([
      [41_000, 'second'],
      [9_000, 'second'],
    ]);
    expect(await countsOf('cut.csv', referenced('08:01', '08:06'))).toEqual(KNOWN);
    expect(sales().map((sale) => [(sale.sold_at ?? 0) % 60_000, sale.sold_precision])).toEqual(sharp);
    expect(reviews()).toEqual([]);
  });

  it('learn no time from a file that did not come in', async () => {
    await countsOf('s.csv', referenced('08:01', '08:06'));
    const path = join(shop.folder, 'stopped.csv');
    writeFileSync(path, referenced('08:01:41', '08:06:09'));
    const job = shop.book.open('import', 'stopped.csv');
    const stop = new AbortController();
    const stopped = await importFile(
      shop.core,
      shop.actor,
      { file: { path, name: 'stopped.csv' }, kind: 'sales', everyNumberIsOurs: false, matchAfter: true },
      {
        ...job,
        signal: stop.signal,
        update: (change) => {
          job.update(change);
          if (change.rows !== undefined) stop.abort();
        },
      },
    );
    expect(stopped.type).toBe('cancelled');
    expect(sales().map((sale) => sale.sold_precision)).toEqual(['minute', 'minute']);
    expect(await countsOf('fine.csv', referenced('08:01:41', '08:06:09'))).toEqual(KNOWN);
    expect(sales().map((sale) => sale.sold_precision)).toEqual(['second', 'second']);
  });

  it('still go to review when the minute is another', async () => {
    await countsOf('s.csv', referenced('08:01:41', '08:06:09'));
    expect(await countsOf('t.csv', referenced('08:02', '08:06'))).toEqual({ fresh: 0, known: 1, changed: 1 });
    expect(await countsOf('u.csv', referenced('08:01:41', '08:06:10'))).toEqual({
      fresh: 0,
      known: 1,
      changed: 1,
    });
    const [review] = reviews();
    unwrap(await decideReview(shop.core, shop.actor, { reviewId: review?.id ?? 0, decision: 'apply' }));
    expect(sales()[0]).toMatchObject({ sold_precision: 'minute' });
  });

  it('do not double without a reference', async () => {
    const fine = ['2026-03-14 08:01:41,150,Ann', '2026-03-14 08:06:09,200,Ann'];
    await countsOf('s.csv', bare(fine));
    expect(await countsOf('cut.csv', bare(['2026-03-14 08:01,150,Ann', '2026-03-14 08:06,200,Ann']))).toEqual(
      KNOWN,
    );
    expect(await countsOf('s.csv', bare(fine))).toEqual(KNOWN);
    expect(sales()).toHaveLength(2);
    expect(reviews()).toEqual([]);
  });

  it('stay apart within one minute, in any order of the rows', async () => {
    const rows = ['2026-03-14 08:01:05,150,Ann,UCE7KQ2M4X', '2026-03-14 08:01:41,150,Ann,UCEB9RTW6H'];
    const file = (of: readonly string[]) => `time,amount,cashier,receipt\n${of.join('\n')}\n`;
    expect(await countsOf('s.csv', file(rows))).toEqual({ fresh: 2, known: 0, changed: 0 });
    expect(await countsOf('t.csv', file([...rows].reverse()))).toEqual(KNOWN);
    const cut = rows.map((row) => row.replace(/:\d\d,/, ','));
    expect(await countsOf('u.csv', file([...cut].reverse()))).toEqual(KNOWN);
    expect(reviews()).toEqual([]);
  });

  it('keep what is new when a row is changed and its old form comes after it', async () => {
    const file = (receipts: readonly string[]) =>
      `time,amount,reference,receipt\n${receipts.map((receipt) => `2026-03-14 08:01:05,150,S-1,${receipt}`).join('\n')}\n`;
    await countsOf('s.csv', file(['UCE7KQ2M4X']));
    const counts = await countsOf('t.csv', file(['UCEB9RTW6H', 'UCE7KQ2M4X']));
    expect(counts).toEqual({ fresh: 1, known: 0, changed: 1 });
  });
});

describe('numbers that begin again each day', () => {
  it('are known when one file has two days and the next only the second', async () => {
    const rows = ['2026-03-14 08:01:00,150,17', '2026-03-15 08:01:00,200,17'];
    await countsOf('s.csv', `time,amount,reference\n${rows.join('\n')}\n`);
    expect(await countsOf('t.csv', `time,amount,reference\n${rows[1]}\n`)).toEqual({
      fresh: 0,
      known: 1,
      changed: 0,
    });
  });
});

describe('sales after midnight where the day begins at four', () => {
  const NIGHT = 'time,amount,reference,receipt\n2026-03-14 01:30:05,150,S-1,UCE7KQ2M4X\n';
  beforeEach(async () => {
    unwrap(await setDayStart(shop.core, shop.actor, { fromDay: '2026-03-01' as BusinessDay, minutes: 240 }));
  });

  it('belong to the business day before, and are known again', async () => {
    await countsOf('s.csv', NIGHT);
    expect(sales()[0]?.business_day).toBe('2026-03-13');
    expect(await countsOf('s.csv', NIGHT)).toEqual({ fresh: 0, known: 1, changed: 0 });
  });

  it('keep that day when edited and when a newer file is taken', async () => {
    await countsOf('s.csv', NIGHT);
    const { id, sold_at, business_day } = sales()[0] as Row;
    const typed = { reference: 'S-1', at: sold_at, day: business_day, amountCents: 16_000 as Cents };
    const rest = { tillId: null, receipt: null, phone: null, customer: null, cashier: null, note: 'a slip' };
    const edit = { saleId: id, ...typed, tender: 'mpesa' as const, kind: 'sale' as const, ...rest };
    unwrap(await editSale(shop.core, shop.actor, edit));
    await countsOf('t.csv', 'time,amount,reference\n2026-03-15 01:10:00,90,S-7\n');
    await countsOf('u.csv', 'time,amount,reference\n2026-03-15 01:10:00,95,S-7\n');
    unwrap(await decideReview(shop.core, shop.actor, { reviewId: reviews()[0]?.id ?? 0, decision: 'apply' }));
    expect(sales().map((sale) => sale.business_day)).toEqual(['2026-03-13', '2026-03-14']);
  });
});
