import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { writeSetting } from '#main/db/queries/settings.ts';
import { type LargePayment, onLargeConfirmation } from '#main/services/safaricom/large-payments.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type NoticeWords, noticeBody, sendConfirmation, sendNotice } from '#test/helpers/notices.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
  unwrap(addTillNumber(shop.core, shop.actor, { number: '1234567', name: 'DEMO DUKA', tillId: null }));
});
afterEach(() => shop.close());

const PAID: NoticeWords = { receipt: 'UCE7KQ2M4X', time: '20260314080007', amount: 150 };
const read = () => shop.core.ledger.read;
const movements = () =>
  read().all(
    `SELECT m.receipt, m.amount_cents AS amount, m.kind, m.status, m.business_day AS day, m.import_id AS hangsOn,
            a.name AS account, w.details_template AS words, m.party_phone AS phone, m.party_name AS name,
            m.account_reference AS reference, m.balance_cents AS balance
       FROM live_movements m JOIN accounts a ON a.id = m.account_id JOIN wordings w ON w.id = m.wording_id ORDER BY m.id`,
  );
const sightings = () => read().all('SELECT kind, channel, call_id, callback_id FROM sightings');

describe('a notice of a payment to a till of ours', () => {
  it('becomes a movement that hangs on the notices', () => {
    expect(sendNotice(shop, { ...PAID, balance: '1300.22' })).toMatchObject({ became: 'new' });
    expect(movements()).toEqual([
      {
        receipt: 'UCE7KQ2M4X',
        amount: 15_000,
        kind: 'customer-payment',
        status: 'completed',
        day: '2026-03-14',
        hangsOn: -2,
        account: 'Merchant Account',
        words: 'Customer Merchant Payment from {party}',
        phone: '2547*****101',
        name: 'AMINA EXAMPLE',
        reference: null,
        balance: 130_022,
      },
    ]);
    expect(sightings()).toEqual([{ kind: 'confirmation', channel: 'relay', call_id: null, callback_id: 1 }]);
    expect(read().all('SELECT day FROM days_to_match')).toEqual([{ day: '2026-03-14' }]);
  });

  it('is of the PayBill account when a bill was paid', () => {
    sendNotice(shop, { ...PAID, type: 'Pay Bill', reference: 'INV 7' });
    expect(movements()).toMatchObject([
      { account: 'Utility Account', words: 'Pay Bill from {party} Acc. {ref}', reference: 'INV 7' },
    ]);
  });

  it('keeps no words that nobody knows, no digest of a number, and no hidden characters', () => {
    const strange = { type: 'Ask 0712345678 for it', phone: 'a'.repeat(64), reference: 'INV\u0000 7' };
    sendNotice(shop, { ...PAID, ...strange });
    expect(movements()).toMatchObject([
      { words: 'Payment received from {party}', phone: null, reference: null, account: 'Merchant Account' },
    ]);
  });

  it('is one payment however often it is told', () => {
    sendNotice(shop, PAID);
    expect(sendNotice(shop, PAID)).toMatchObject({ became: 'known', movementId: 1 });
    expect(movements()).toHaveLength(1);
    expect(sightings()).toHaveLength(1);
  });

  it('is a sighting of a payment that a statement has shown', async () => {
    await shop.bringIn('a.csv', dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:00:07', amount: 150 }]));
    expect(sendNotice(shop, PAID)).toMatchObject({ became: 'known' });
    expect(movements()).toMatchObject([{ hangsOn: 1 }]);
    expect(sightings()).toHaveLength(1);
  });

  it('belongs to the business day that the owner began at another hour', async () => {
    unwrap(
      shop.core.ledger.act(PROGRAM, 'day-start.set', 'day-start', (db) => {
        db.run(`INSERT INTO day_starts (from_day, minutes) VALUES ('2026-03-01', 540)`);
        return succeed({ value: undefined, details: {} });
      }),
    );
    sendNotice(shop, PAID);
    expect(movements()).toMatchObject([{ day: '2026-03-13' }]);
  });
});

describe('a notice that the books contradict', () => {
  it.each([
    ['amount', 'Completed', 175],
    ['status', 'Failed', 150],
  ] as const)('waits in review for its %s', async (field, status, amount) => {
    await shop.bringIn(
      'a.csv',
      dayStatement([{ receipt: 'UCE7KQ2M4X', time: '08:00:07', amount: 150, status }]),
    );
    const taken = sendNotice(shop, { ...PAID, amount });
    expect(taken).toMatchObject({ became: 'contradicts', why: { id: `confirmation.other-${field}` } });
    sendNotice(shop, { ...PAID, amount });
    expect(movements()).toMatchObject([{ amount: 15_000 }]);
    expect(sightings()).toEqual([]);
    expect(read().all('SELECT kind, import_id, state FROM reviews')).toEqual([
      { kind: 'changed-line', import_id: -2, state: 'open' },
    ]);
  });
});

describe('a notice that changes nothing', () => {
  it('is of a number that is not ours', () => {
    expect(sendNotice(shop, { ...PAID, number: '7654321' })).toMatchObject({ became: 'not-ours' });
    expect(movements()).toEqual([]);
  });

  it.each([
    ['receipt', { receipt: 'no' }],
    ['amount', { amount: 'many' }],
    ['amount', { amount: '0.00' }],
    ['amount', { amount: '-5.00' }],
    ['time', { time: '20260231080007' }],
    ['number', { number: '' }],
  ] as const)('has no %s that can be read', (what, damage) => {
    expect(sendNotice(shop, { ...PAID, ...damage })).toMatchObject({
      became: 'unreadable',
      movementId: null,
      why: { id: `confirmation.no-${what}` },
    });
    expect(movements()).toEqual([]);
  });
});

describe('a large payment', () => {
  it('is told to whoever asks Safaricom, once, and only above the owner’s amount', () => {
    const heard: LargePayment[] = [];
    onLargeConfirmation(shop.core, (_, payment) => heard.push(payment));
    sendNotice(shop, { ...PAID, amount: 10_000 });
    expect(heard).toEqual([]);
    sendNotice(shop, { ...PAID, receipt: 'UCE7KQ2M4Y', amount: 10_001 });
    sendNotice(shop, { ...PAID, receipt: 'UCE7KQ2M4Y', amount: 10_001 });
    expect(heard).toMatchObject([{ receipt: 'UCE7KQ2M4Y', amountCents: 10_001_00, movementId: 2 }]);
    unwrap(
      shop.core.ledger.act(PROGRAM, 'settings.saved', 'settings', (db) => {
        writeSetting(db, 'ask-at-once-above', '0');
        return succeed({ value: undefined, details: {} });
      }),
    );
    sendNotice(shop, { ...PAID, receipt: 'UCE7KQ2M4Z', amount: 1 });
    expect(heard).toHaveLength(2);
  });
});

it('is not booked while a file comes in', async () => {
  unwrap(
    shop.core.ledger.act(PROGRAM, 'import.started', 'import', (db) => {
      db.run(
        `INSERT INTO imports (kind, file_name, sha256, layout, state, started_at, staff_id)
         VALUES ('statement', 'x', ?, 'x', 'running', 0, 0)`,
        '0'.repeat(64),
      );
      return succeed({ value: undefined, details: {} });
    }),
  );
  expect(() => sendNotice(shop, PAID)).toThrow('while a file is at work');
});

it('reads a body of the sandbox as well as one of production', () => {
  const { MSISDN, MiddleName, ...bare } = noticeBody(PAID);
  expect(sendConfirmation(shop, readC2bConfirmation({ ...bare, TransAmount: 150 }))).toMatchObject({
    became: 'new',
  });
});
