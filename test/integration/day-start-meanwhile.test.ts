import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFile } from '#main/services/import-file.ts';
import { setDayStart } from '#main/services/set-day-start.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { openShop } from '#test/helpers/open-shop.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

it('keeps the day of a payment whose time a file mends while the owner moves the start of the day', async () => {
  const shop = await openShop();
  try {
    const mended = { receipt: 'UCE0DEMO01', time: '03:00:07', amount: 150 };
    // Enough rows before it for several transactions; a portal's file has the newest row first.
    const before = Array.from({ length: 5_000 }, (_, at) => ({
      receipt: `UCE1D${String(at).padStart(5, '0')}`,
      time: '01:00:00',
      amount: 1,
    }));
    const cut = dayStatement([mended]).replaceAll('14-03-2026 03:00:07', '14-03-2026 03:00');
    await shop.bringIn('a.csv', cut);
    const days = () =>
      shop.core.ledger.read.all(
        `SELECT time_precision AS precision, business_day AS day FROM movements WHERE receipt = 'UCE0DEMO01'`,
      );
    expect(days()).toEqual([{ precision: 'minute', day: '2026-03-14' }]);
    const path = join(shop.folder, 'b.csv');
    writeFileSync(path, dayStatement([...before, mended]));
    const job = shop.book.open('import', 'b.csv');
    const moves: Promise<unknown>[] = [];
    const meddling = {
      ...job,
      update: (change: Parameters<typeof job.update>[0]) => {
        job.update(change);
        if (change.stage !== 'writing' || moves.length > 0) return;
        const start = { fromDay: '2026-03-14' as BusinessDay, minutes: 300 };
        moves.push(setDayStart(shop.core, shop.actor, start));
      },
    };
    const request = {
      file: { path, name: 'b.csv' },
      kind: 'auto',
      everyNumberIsOurs: true,
      matchAfter: true,
    } as const;
    expect(await importFile(shop.core, shop.actor, request, meddling)).toMatchObject({ type: 'done' });
    expect(await Promise.all(moves)).toMatchObject([{ ok: true }]);
    expect(days()).toEqual([{ precision: 'second', day: '2026-03-13' }]);
  } finally {
    await shop.close();
  }
});
