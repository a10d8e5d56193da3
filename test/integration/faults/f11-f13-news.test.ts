import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { type NoticeWords, sendNotice } from '#test/helpers/notices.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

const PAID: NoticeWords = { receipt: 'UCE7KQ2M4X', time: '20260314080007', amount: 150 };
const LINE = { receipt: 'UCE7KQ2M4X', time: '08:00:07', amount: 150 };
const REVERSAL = { receipt: 'UCE8REVRS1', time: '09:00:00', amount: 150, reverses: 'UCE7KQ2M4X' };

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
  unwrap(addTillNumber(shop.core, shop.actor, { number: '1234567', name: 'DEMO DUKA', tillId: null }));
});
afterEach(() => shop.close());

const read = () => shop.core.ledger.read;
const payments = () =>
  read().all(
    `SELECT receipt, amount_cents / 100 AS amount, import_id > 0 AS onFile FROM live_movements
      WHERE kind = 'customer-payment' ORDER BY receipt`,
  );
const questions = () =>
  read().all<{ kind: string }>(`SELECT kind FROM reviews WHERE state = 'open' ORDER BY id`);
const links = () =>
  read()
    .all<{ kind: string }>(`SELECT kind FROM links WHERE ended_at IS NULL ORDER BY id`)
    .map(({ kind }) => kind);

it('F11: a notice of another time is the same payment', async () => {
  await shop.bringIn('a.csv', dayStatement([LINE]));
  expect(sendNotice(shop, { ...PAID, time: '20260314235959' })).toMatchObject({ became: 'known' });
  expect(payments()).toEqual([{ receipt: 'UCE7KQ2M4X', amount: 150, onFile: 1 }]);
  expect(questions()).toEqual([]);
});

it('F11: the same row twice in a file is two payments, of which a notice is one', async () => {
  sendNotice(shop, PAID);
  await shop.bringIn('a.csv', dayStatement([LINE, LINE]));
  expect(payments()).toHaveLength(2);
  expect(payments()).toMatchObject([{ onFile: 1 }, { onFile: 1 }]);
  sendNotice(shop, PAID);
  expect(payments()).toHaveLength(2);
});

it('F12: a reported payment that a statement lacks is asked about, and stays', async () => {
  sendNotice(shop, PAID);
  await shop.bringIn('a.csv', dayStatement([{ ...LINE, receipt: 'UCE7KQ2M4Y' }]));
  expect(questions()).toEqual([{ kind: 'vanished-line' }]);
  expect(payments()).toHaveLength(2);
});

it('F13: a reversal before the payment it sends back, whichever way that comes', async () => {
  await shop.bringIn('a.csv', dayStatement([REVERSAL]));
  sendNotice(shop, PAID);
  await matchChangedDays(shop.core, PROGRAM);
  expect(links()).toEqual(['reversal-of']);
  await shop.bringIn('b.csv', dayStatement([LINE, REVERSAL]));
  expect(links()).toEqual(['reversal-of']);
  expect(payments()).toEqual([{ receipt: 'UCE7KQ2M4X', amount: 150, onFile: 1 }]);
});

it('F13: a notice after its statement, and again after that was undone and came back, is one payment', async () => {
  await shop.bringIn('a.csv', dayStatement([LINE]));
  sendNotice(shop, PAID);
  sendNotice(shop, PAID);
  await shop.bringIn('b.csv', dayStatement([LINE]));
  expect(payments()).toEqual([{ receipt: 'UCE7KQ2M4X', amount: 150, onFile: 1 }]);
});
