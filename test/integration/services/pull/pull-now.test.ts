import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { readPayment } from '#main/db/queries/item-views.ts';
import { readPullZone } from '#main/db/queries/pull-zone.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { pullNow } from '#main/services/pull/pull-now.ts';
import { listReviews } from '#main/services/reviews.ts';
import { showCoverage } from '#main/services/show-coverage.ts';
import { HOUR, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Fault, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { toStamp } from '#test/daraja-simulator/stamps.ts';
import { replyJson } from '#test/daraja-simulator/wire/reply.ts';
import { sendNotice } from '#test/helpers/notices.ts';
import { clockOf, novemberStatement, openPulledShop, pullHours } from '#test/helpers/pulled-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import type { SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import { TILL } from '#test/helpers/simulator-caller.ts';

/** Some customers pay, a minute apart; the last one just now. */
async function takePayments(shop: SafaricomShop, count: number) {
  const paid = [];
  for (let at = 0; at < count; at++) {
    if (at > 0) await shop.simulator.advance(MINUTE);
    paid.push(shop.simulator.pay({ cents: (100 + at) * 100, shortCode: TILL, kind: 'buy-goods' }));
  }
  await shop.simulator.advance(SECOND);
  return paid;
}

const live = ({ core }: SafaricomShop) =>
  core.ledger.read.all<{ receipt: string; at: number; hangsOn: number; amount: number }>(
    `SELECT receipt, completed_at AS at, import_id AS hangsOn, amount_cents AS amount FROM live_movements
      ORDER BY completed_at, receipt`,
  );
const pulls = ({ core }: SafaricomShop) =>
  core.ledger.read.all('SELECT outcome, rows, new_rows AS fresh FROM pulls ORDER BY id');
const alerts = ({ core }: SafaricomShop) =>
  core.ledger.read.all<{ kind: string; subject: string }>('SELECT kind, subject FROM alerts ORDER BY id');
const says = (status: number, body: object): Fault => ({
  name: 'other',
  reply: () => replyJson(status, body),
});
const asked = ({ simulator }: SafaricomShop) =>
  simulator.journal.calls('pull-query').map(({ body }) => (body as { OffSetValue: string }).OffSetValue);

describe('what Pull lists', () => {
  it('is in the books as settled, once, however often it is asked', async () => {
    const shop = await openPulledShop();
    const [payment] = await takePayments(shop, 1);
    expect(await pullHours(shop)).toMatchObject({ outcome: 'rows', rows: 1, newRows: 1, why: null });
    expect(live(shop)).toEqual([{ receipt: payment?.receipt, at: payment?.at, hangsOn: -1, amount: 10_000 }]);
    const { core } = shop;
    expect(readPayment(core.ledger.read, 1)).toMatchObject({
      account: 'Merchant Account',
      standing: 'settled',
      hasFullPhone: true,
      accountReference: null,
    });
    expect(core.ledger.read.all('SELECT kind, channel, printed_at IS NULL AS bare FROM sightings')).toEqual([
      { kind: 'pulled-row', channel: 'direct', bare: 0 },
    ]);
    expect(await pullHours(shop)).toMatchObject({ outcome: 'rows', rows: 1, newRows: 0 });
    expect(live(shop)).toHaveLength(1);
    expect(pulls(shop)).toEqual([
      { outcome: 'rows', rows: 1, fresh: 1 },
      { outcome: 'rows', rows: 1, fresh: 0 },
    ]);
  });

  it('comes page by page, by the rows received, until an empty page', async () => {
    const shop = await openPulledShop({ simulator: { rules: { pullPageSize: 2 } } });
    await takePayments(shop, 5);
    expect(await pullHours(shop)).toMatchObject({ outcome: 'rows', rows: 5, newRows: 5 });
    expect(asked(shop)).toEqual(['0', '2', '4', '5']);
    expect(live(shop)).toHaveLength(5);
  });

  it('is booked once when the power goes between two pages', async () => {
    let shop = await openPulledShop({ simulator: { rules: { pullPageSize: 2 } } });
    await takePayments(shop, 3);
    const stop = new AbortController();
    const pulled = await pullHours(shop, 24, { signal: stop.signal, onRows: () => stop.abort() });
    expect(pulled).toMatchObject({ outcome: 'unknown', rows: 2 });
    expect(live(shop)).toHaveLength(2);
    shop = await shop.crash();
    expect(await pullHours(shop)).toMatchObject({ outcome: 'rows', rows: 3, newRows: 1 });
    expect(live(shop)).toHaveLength(3);
  });
});

describe('an answer of none', () => {
  it.each(['no-rows', 'empty-list', 'text'] as const)('is read in the shape %s', async (pullNone) => {
    const shop = await openPulledShop({ simulator: { rules: { pullNone } } });
    expect(await pullHours(shop)).toMatchObject({ outcome: 'none', rows: 0, why: null });
    expect(pulls(shop)).toEqual([{ outcome: 'none', rows: 0, fresh: 0 }]);
  });

  it('is never made of an HTTP 500, with rows before it or without', async () => {
    const shop = await openPulledShop({ simulator: { rules: { pullNone: 'http-500' } } });
    expect(await pullHours(shop)).toMatchObject({ outcome: 'unknown', rows: 0 });
    await takePayments(shop, 1);
    expect(await pullHours(shop)).toMatchObject({ outcome: 'unknown', rows: 1, newRows: 1 });
    expect(pulls(shop).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });
});

describe('an answer that is not whole', () => {
  it.each<[string, Fault]>([
    ['a gateway page', unreached.gatewayPage()],
    ['an empty body', unreached.emptyBody()],
    ['broken JSON', unreached.brokenJson()],
    ['a connection that ends', unreached.hungUp()],
    ['a lost reply', spoiled.replyLost()],
    ['a body cut off', spoiled.replyCut()],
    ['a refusal', unreached.error(401, '401.001', 'Invalid Access Token')],
    ['a body of another kind', { name: 'other', reply: () => replyJson(200, { hello: 'there' }) }],
    [
      'none under an HTTP 500',
      says(500, { ResponseCode: '1001', ResponseMessage: 'No transactions available' }),
    ],
    ['a success without a list', says(200, { ResponseCode: '1000', ResponseMessage: 'Success' })],
    [
      'a sentence where the list was',
      says(200, { ResponseCode: '1000', ResponseMessage: 'Success', Response: 'temporarily unavailable' }),
    ],
  ])('is nothing known: %s', async (_, fault) => {
    const shop = await openPulledShop();
    await takePayments(shop, 1);
    shop.simulator.always('pull-query', fault);
    const pulled = await pullHours(shop);
    expect(pulled.outcome).toBe('unknown');
    expect(pulled.why).not.toBeNull();
    expect(pulls(shop)).toEqual([{ outcome: 'unknown', rows: 0, fresh: 0 }]);
    const { days } = unwrap(showCoverage(shop.core, { month: '2026-11', tillId: null }));
    expect(days.map((day) => day.pulled)).not.toContain('partial');
    expect(live(shop)).toEqual([]);
    shop.simulator.always('pull-query', null);
    expect(await pullHours(shop)).toMatchObject({ outcome: 'rows', newRows: 1 });
  });

  it('keeps what the pages before it listed', async () => {
    const shop = await openPulledShop({ simulator: { rules: { pullPageSize: 2 } } });
    await takePayments(shop, 3);
    shop.simulator.next('pull-query', { name: 'as it is', reply: (reply) => reply });
    shop.simulator.next('pull-query', unreached.gatewayPage());
    expect(await pullHours(shop)).toMatchObject({ outcome: 'unknown', rows: 2, newRows: 2 });
    expect(live(shop)).toHaveLength(2);
  });

  it('ends where a page only repeats', async () => {
    const shop = await openPulledShop();
    await takePayments(shop, 2);
    let first: ReturnType<typeof replyJson> | null = null;
    shop.simulator.always('pull-query', {
      name: 'the first page again',
      reply: (reply) => {
        first ??= reply;
        return first;
      },
    });
    expect(await pullHours(shop)).toMatchObject({
      outcome: 'unknown',
      rows: 2,
      why: { id: 'pull.repeated' },
    });
    expect(asked(shop)).toEqual(['0', '2']);
  });

  it('takes the rows that can be read, and says that others could not', async () => {
    const shop = await openPulledShop();
    const row = { transactionId: 'UKK7KQ2M4X', trxDate: '2026-11-20T08:00:07Z', amount: '150.00' };
    const rows = [row, { ...row, transactionId: 'UKK7KQ2M4Y', trxDate: 'soon' }, { amount: '3.00' }, 'x'];
    shop.simulator.next('pull-query', {
      name: 'half of it unreadable',
      reply: () => replyJson(200, { ResponseCode: '1000', ResponseMessage: 'Success', Response: [rows] }),
    });
    expect(await pullHours(shop)).toMatchObject({
      outcome: 'unknown',
      newRows: 1,
      why: { id: 'pull.unread', values: { count: 3 } },
    });
    expect(live(shop)).toMatchObject([{ receipt: 'UKK7KQ2M4X' }]);
  });
});

describe('the zone of pulled times', () => {
  it('is shown by one notice, and then every time is set right', async () => {
    const shop = await openPulledShop({ simulator: { rules: { pullZone: 'utc' } } });
    const paid = await takePayments(shop, 3);
    await pullHours(shop);
    expect(live(shop).map(({ at }) => at)).toEqual(paid.map(({ at }) => at - 3 * HOUR));
    expect(readPullZone(shop.core.ledger.read)).toBeNull();
    const { receipt, at } = paid[1] ?? { receipt: '', at: 0 as UtcMs };
    sendNotice(shop, { receipt, time: toStamp(at), amount: 101, number: TILL });
    expect(readPullZone(shop.core.ledger.read)).toBe('utc');
    await pullHours(shop);
    expect(live(shop).map(({ at: stated }) => stated)).toEqual(paid.map((payment) => payment.at));
    const days = shop.core.ledger.read.all('SELECT DISTINCT business_day AS day FROM live_movements');
    expect(days).toEqual([{ day: '2026-11-20' }]);
  });

  it('is shown by a statement, whose times Pull never touches', async () => {
    const shop = await openPulledShop({ simulator: { rules: { pullZone: 'utc' } } });
    const [payment] = await takePayments(shop, 1);
    const line = { receipt: payment?.receipt ?? '', time: '06:00:00', amount: 100 };
    await shop.bringIn('a.csv', novemberStatement([line]));
    const before = live(shop);
    await pullHours(shop);
    expect(live(shop)).toEqual(before);
    // Three hours and more apart: this receipt proves nothing.
    expect(readPullZone(shop.core.ledger.read)).toBeNull();
    const others = await takePayments(shop, 2);
    const lines = others.map(({ receipt, at, cents }) => ({
      receipt,
      time: clockOf(at),
      amount: cents / 100,
    }));
    await pullHours(shop);
    await shop.bringIn('b.csv', novemberStatement([line, ...lines]));
    expect(readPullZone(shop.core.ledger.read)).toBe('utc');
    expect(live(shop).map(({ at }) => at)).toEqual([before[0]?.at, ...others.map(({ at }) => at)]);
  });

  it('is Nairobi’s where a receipt shows that, and nothing moves', async () => {
    const shop = await openPulledShop();
    const [payment] = await takePayments(shop, 1);
    sendNotice(shop, {
      receipt: payment?.receipt ?? '',
      time: toStamp(payment?.at ?? (0 as UtcMs)),
      amount: 100,
    });
    await pullHours(shop);
    expect(readPullZone(shop.core.ledger.read)).toBe('nairobi');
    expect(live(shop)).toMatchObject([{ at: payment?.at }]);
  });
});

describe('a payment that a notice reported first', () => {
  it('hangs on Pull from then on, and its day is matched again', async () => {
    const shop = await openPulledShop();
    const [payment] = await takePayments(shop, 1);
    const words = {
      receipt: payment?.receipt ?? '',
      time: toStamp(payment?.at ?? (0 as UtcMs)),
      amount: 100,
    };
    sendNotice(shop, words);
    await matchChangedDays(shop.core, PROGRAM);
    const { read } = shop.core.ledger;
    expect(readPayment(read, 1)).toMatchObject({ standing: 'reported', hasFullPhone: false });
    await pullHours(shop);
    expect(readPayment(read, 1)).toMatchObject({ standing: 'settled', hasFullPhone: true });
    expect(read.all('SELECT kind FROM sightings ORDER BY kind')).toEqual([
      { kind: 'confirmation' },
      { kind: 'pulled-row' },
    ]);
    expect(sendNotice(shop, words)).toMatchObject({ became: 'known' });
    expect(live(shop)).toHaveLength(1);
  });
});

describe('what Pull and the books say otherwise', () => {
  it('is asked, and the owner hears of it, once', async () => {
    const shop = await openPulledShop();
    const [payment] = await takePayments(shop, 1);
    const { receipt, at } = payment ?? { receipt: '', at: 0 as UtcMs };
    await shop.bringIn('a.csv', novemberStatement([{ receipt, time: clockOf(at), amount: 900 }]));
    await pullHours(shop);
    await pullHours(shop);
    expect(live(shop)).toMatchObject([{ amount: 90_000, hangsOn: 1 }]);
    expect(unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews).toMatchObject([
      { kind: 'changed-line', source: 'pull', what: { id: 'review.changed-news' } },
    ]);
    expect(alerts(shop)).toEqual([{ kind: 'pulled-otherwise', subject: 'movement:1' }]);
  });

  it('is asked when a statement that covers its time lacks it', async () => {
    const shop = await openPulledShop();
    const paid = await takePayments(shop, 2);
    const [kept, left] = paid.map(({ receipt, at, cents }) => ({
      receipt,
      time: clockOf(at),
      amount: cents / 100,
    }));
    await pullHours(shop);
    await shop.bringIn('a.csv', novemberStatement(kept ? [kept] : []));
    expect(alerts(shop)).toEqual([{ kind: 'pulled-not-in-file', subject: 'movement:2' }]);
    expect(unwrap(listReviews(shop.core, { state: 'open', after: null })).reviews).toMatchObject([
      { kind: 'vanished-line', what: { values: { name: left?.receipt, source: 'pull' } } },
    ]);
    expect(live(shop)).toHaveLength(2);
  });

  it('is asked when a statement states another amount', async () => {
    const shop = await openPulledShop();
    const [payment] = await takePayments(shop, 1);
    await pullHours(shop);
    const line = { receipt: payment?.receipt ?? '', time: clockOf(payment?.at ?? (0 as UtcMs)), amount: 7 };
    await shop.bringIn('a.csv', novemberStatement([line]));
    expect(alerts(shop)).toEqual([{ kind: 'pulled-otherwise', subject: 'movement:1' }]);
  });

  it('is not asked near the ends of a statement while nobody knows the zone', async () => {
    const shop = await openPulledShop({
      simulator: { rules: { pullZone: 'utc' }, clock: Date.UTC(2026, 10, 20, 22) as UtcMs },
    });
    // 01:00 on the 21st in Nairobi, read as 22:00 on the 20th.
    await takePayments(shop, 1);
    await pullHours(shop);
    await shop.bringIn('a.csv', novemberStatement([{ receipt: 'UKK7KQ2M4X', time: '08:00:00', amount: 5 }]));
    expect(alerts(shop)).toEqual([]);
  });
});

describe('a file that is brought in meanwhile', () => {
  it('is waited for', async () => {
    const shop = await openPulledShop();
    await takePayments(shop, 1);
    const { core } = shop;
    const set = (sql: string) =>
      unwrap(
        core.ledger.act(PROGRAM, 'test.undoing', 'test', (db) => {
          db.run(sql);
          return succeed({ value: undefined, details: {} });
        }),
      );
    await shop.bringIn(
      'a.csv',
      novemberStatement([{ receipt: 'UKJ7KQ2M4X', time: '08:00:00', amount: 5 }], 19),
    );
    set(`UPDATE imports SET state = 'undoing' WHERE id = 1`);
    const { takeInHand, putDown } = await import('#main/services/work-in-hand.ts');
    takeInHand(core, 1);
    const to = shop.simulator.now();
    const pulling = pullNow(shop.parts, PROGRAM, TILL, { from: (to - HOUR) as UtcMs, to });
    await sleep(300);
    expect(asked(shop)).toEqual([]);
    set(`UPDATE imports SET state = 'done' WHERE id = 1`);
    putDown(core, 1);
    expect(await pulling).toMatchObject({ outcome: 'rows', newRows: 1 });
  });
});

it('asks nothing about time that Pull no longer lists', async () => {
  const shop = await openPulledShop();
  const now = shop.simulator.now();
  const old = { from: (now - 90 * HOUR) as UtcMs, to: (now - 60 * HOUR) as UtcMs };
  expect(await pullNow(shop.parts, PROGRAM, TILL, old)).toMatchObject({
    outcome: 'unknown',
    stretch: null,
    why: { id: 'pull.too-old' },
  });
  expect(asked(shop)).toEqual([]);
});
