import { afterEach, beforeEach, expect, it } from 'vitest';
import { searchLedger } from '#main/services/search-ledger.ts';
import { voidSale } from '#main/services/type-sale.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
  const days = ['12-03-2026', '13-03-2026', '15-03-2026'];
  for (const [index, day] of days.entries()) {
    const rows = [
      { receipt: `UCE${index}DEMO01`, time: '08:00:00', amount: 450 },
      { receipt: `UCE${index}DEMO02`, time: '09:00:00', amount: 450 },
      { receipt: `UCE${index}DEMO03`, time: '10:00:00', amount: 99 },
    ];
    await shop.bringIn(`${day}.csv`, dayStatement(rows, day));
  }
  await shop.bringIn(
    'sales.csv',
    salesFile([
      { time: '2026-03-12 08:00:00', amount: 450, reference: 'S-1' },
      { time: '2026-03-15 08:00:00', amount: -450, reference: 'S-2' },
      { time: '2026-03-15 08:01:00', amount: 451, reference: 'S-3' },
    ]),
  );
});
afterEach(async () => {
  await shop.close();
});

const receiptsOf = (search: string, limit = 20) =>
  unwrap(searchLedger(shop.core, { search, limit })).hits.flatMap((hit) => hit.payment?.receipt ?? []);
const salesOf = (search: string) =>
  unwrap(searchLedger(shop.core, { search, limit: 20 })).hits.flatMap((hit) => hit.sale?.reference ?? []);

it('finds an amount on every day, the newest first, and stops when the page is full', () => {
  expect(receiptsOf('450')).toEqual([2, 1, 0].flatMap((day) => [`UCE${day}DEMO02`, `UCE${day}DEMO01`]));
  expect(receiptsOf('450', 3)).toEqual(['UCE2DEMO02', 'UCE2DEMO01', 'UCE1DEMO02']);
  expect(receiptsOf('KES 99.00')).toHaveLength(3);
  expect(receiptsOf('98')).toEqual([]);
});

it('finds sales and refunds of an amount, also when void', async () => {
  expect(salesOf('450')).toEqual(['S-2', 'S-1']);
  const saleId =
    shop.core.ledger.read.get<{ id: number }>(`SELECT id FROM sales WHERE reference = 'S-1'`)?.id ?? 0;
  unwrap(await voidSale(shop.core, shop.actor, { saleId, note: 'typed twice' }));
  expect(salesOf('450')).toEqual(['S-2', 'S-1']);
});
