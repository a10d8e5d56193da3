import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFiles } from '#main/demo/files.ts';
import { fillDemo } from '#main/demo/fill-demo.ts';
import { inventMonth } from '#main/demo/month.ts';
import { addDays, type BusinessDay, businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

// Weekdays and ends of months move through the thirty days: what the demo shows must not depend on the date.
describe.each([Date.now(), Date.parse('2027-03-04T09:00:00+03:00')])('a demo opened at %i', (now) => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openShop();
    await fillDemo({ ...shop.core, now: () => now as UtcMs }, shop.actor);
  }, 120_000);
  afterAll(() => shop.close());

  function names(sql: string): string[] {
    return shop.core.ledger.read.all<{ name: string }>(sql).map((row) => row.name);
  }

  function count(sql: string): number {
    return shop.core.ledger.read.get<{ n: number }>(sql)?.n ?? 0;
  }

  test('every kind of exception is there', () => {
    expect(names(`SELECT DISTINCT kind AS name FROM findings WHERE type = 'exception' ORDER BY 1`)).toEqual([
      'amount-differs',
      'paid-not-sold',
      'receipt-used-twice',
      'reversed-after-sale',
      'sold-not-paid',
      'unexpected-charge',
      'unknown-receipt',
      'wrong-day',
    ]);
  });

  test('every rule has found something, as a link or as a suggestion', () => {
    const found = names(
      `SELECT rule AS name FROM links WHERE ended_at IS NULL
     UNION SELECT kind FROM findings WHERE type = 'proposal' ORDER BY 1`,
    );
    expect(found).toEqual([
      'account-reference',
      'amount-time',
      'charge-of',
      'day-total',
      'many-for-one',
      'one-for-many',
      'receipt-slip',
      'reversal-of',
      'same-receipt',
      'sweep',
    ]);
  });

  test('something is ambiguous, parked, typed, cancelled, refunded, dated without a time and paid in cash', () => {
    expect(count('SELECT count(*) AS n FROM findings WHERE alternatives > 1')).toBeGreaterThan(1);
    expect(count('SELECT count(*) AS n FROM findings WHERE is_parked = 1')).toBe(1);
    expect(count('SELECT count(*) AS n FROM sales WHERE typed_by IS NOT NULL AND is_after_payment = 1')).toBe(
      1,
    );
    expect(count(`SELECT count(*) AS n FROM sales WHERE status = 'cancelled'`)).toBeGreaterThan(5);
    expect(count(`SELECT count(*) AS n FROM sales WHERE kind = 'refund'`)).toBe(2);
    expect(count(`SELECT count(*) AS n FROM sales WHERE sold_at IS NULL AND kind = 'sale'`)).toBe(2);
    expect(count(`SELECT count(*) AS n FROM sales WHERE tender = 'cash'`)).toBeGreaterThan(100);
  });

  test('the files have a refused row, a changed line in review, a partial last day and a day that no file covers', () => {
    const lastDay = businessDayOf(now as UtcMs);
    expect(count(`SELECT count(*) AS n FROM import_problems WHERE severity = 'refused'`)).toBe(1);
    expect(names(`SELECT kind AS name FROM reviews WHERE state = 'open'`)).toEqual(['changed-line']);
    expect(count('SELECT count(*) AS n FROM imports WHERE is_balanced = 0')).toBe(0);
    const till = `SELECT max(i.covered_to) AS n FROM import_accounts i WHERE i.short_code = '1234567'`;
    expect(businessDayOf(count(till) as never)).toBe(addDays(lastDay, -1));
    const lost = addDays(lastDay, -21);
    const paid = `SELECT count(*) AS n FROM movements WHERE till_id = 1 AND business_day = '${lost}'`;
    expect(count(paid)).toBe(0);
    expect(count(`SELECT count(*) AS n FROM sales WHERE business_day = '${lost}'`)).toBeGreaterThan(0);
  });

  test('the older days are worked through and the last one is full of questions', () => {
    const open = shop.core.ledger.read.all<{ day: string; n: number }>(
      'SELECT business_day AS day, count(*) AS n FROM findings WHERE is_head = 1 GROUP BY 1 ORDER BY 1 DESC',
    );
    expect(open[0]?.n).toBeGreaterThanOrEqual(15);
    expect(open.slice(3).every((day) => day.n <= 8)).toBe(true);
  });
});

test('the same day invents the same files, another day the same shop on other dates', () => {
  const write = (today: string) => writeFiles(inventMonth(today as BusinessDay));
  expect(write('2026-11-20')).toEqual(write('2026-11-20'));
  expect(write('2026-11-20')).not.toEqual(write('2026-11-21'));
});

test.each(['2026-01-15', '2026-03-01', '2027-12-31', '2028-02-29'])(
  'a month that ends before %s fits',
  (today) => {
    const files = writeFiles(inventMonth(today as BusinessDay));
    expect(files.every((file) => file.text.split('\r\n').length > 2)).toBe(true);
  },
);
