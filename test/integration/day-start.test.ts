import { expect, it } from 'vitest';
import { setDayStart } from '#main/services/set-day-start.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { openShop } from '#test/helpers/open-shop.ts';

it('moves what is in the books, and what comes later, to the day it now belongs to', async () => {
  const shop = await openShop();
  try {
    const night = { receipt: 'UCE0DEMO01', time: '03:00:00', amount: 150 };
    await shop.bringIn(
      'a.csv',
      smallStatement([night, { receipt: 'UCE0DEMO02', time: '06:00:00', amount: 200 }]),
    );
    await shop.bringIn(
      'b.csv',
      smallSales([{ reference: 'S-1', time: '03:01:00', amount: 150, receipt: 'UCE0DEMO01' }]),
    );
    const start = { fromDay: '2026-03-14' as BusinessDay, minutes: 300 };
    expect(await setDayStart(shop.core, shop.actor, start)).toMatchObject({ ok: true });
    const days = () =>
      shop.core.ledger.read.all<{ receipt: string; day: string }>(
        'SELECT receipt, business_day AS day FROM movements ORDER BY receipt',
      );
    expect(days()).toEqual([
      { receipt: 'UCE0DEMO01', day: '2026-03-13' },
      { receipt: 'UCE0DEMO02', day: '2026-03-14' },
    ]);
    expect(shop.core.ledger.read.all('SELECT business_day AS day FROM links WHERE ended_at IS NULL')).toEqual(
      [{ day: '2026-03-13' }],
    );
    const next = smallStatement([{ receipt: 'UCF0DEMO01', time: '04:59:59', amount: 99 }], {
      date: '15-03-2026',
      reportAt: '16-03-2026 07:00:00',
    });
    await shop.bringIn('c.csv', next);
    expect(days()).toContainEqual({ receipt: 'UCF0DEMO01', day: '2026-03-14' });
    const far = { fromDay: '2062-11-20' as BusinessDay, minutes: 300 };
    expect(await setDayStart(shop.core, shop.actor, far)).toMatchObject({ ok: false });
    // A slip is put right by setting it again; two at once come to rest, one after the other.
    const both = [0, 60].map((minutes) => setDayStart(shop.core, shop.actor, { ...start, minutes }));
    expect(await Promise.all(both)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(days().map((row) => row.day)).toEqual(['2026-03-14', '2026-03-14', '2026-03-15']);
  } finally {
    await shop.close();
  }
});
