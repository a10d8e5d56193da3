import { describe, expect, test } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { countWaiting } from '#main/db/queries/look-ups.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { endSilentCalls } from '#main/services/safaricom/silent-calls.ts';
import { takeConfirmation } from '#main/services/take-confirmation.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { MINUTE, SECOND, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import { posted, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { type Counter, openCounter } from '#test/helpers/counter.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import {
  openSafaricomShop,
  type SafaricomShop,
  type SafaricomShopOptions,
  TILL,
} from '#test/helpers/safaricom-shop.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

const AMOUNT = 1_240_00;

async function open(options: SafaricomShopOptions = {}): Promise<{ shop: SafaricomShop; counter: Counter }> {
  const shop = await openSafaricomShop(options);
  return { shop, counter: openCounter(shop) };
}

/** Time passes, Safaricom answers, and the relay is emptied into the books, which are matched. */
async function wait(shop: SafaricomShop, ms = MINUTE): Promise<void> {
  await shop.simulator.advance(ms);
  await shop.collect();
  await matchChangedDays(shop.core, PROGRAM);
}

const pay = (
  { simulator }: SafaricomShop,
  words: Partial<Parameters<SafaricomShop['simulator']['pay']>[0]> = {},
) => simulator.pay({ cents: AMOUNT, shortCode: TILL, kind: 'buy-goods', ...words });

const movementsOf = ({ core }: SafaricomShop, receipt: string) =>
  core.ledger.read.all<{ amount: number; status: string; importId: number }>(
    `SELECT amount_cents AS amount, status, import_id AS importId FROM live_movements WHERE receipt = ?`,
    receipt,
  );

/** A statement of today that has the payment, with whatever amount and state. */
async function bringStatement(
  shop: SafaricomShop,
  receipt: string,
  { amount = AMOUNT / 100, until = '23:59:59' } = {},
): Promise<void> {
  const [year, month, date] = toIsoNairobi(shop.core.now()).slice(0, 10).split('-');
  const time = toIsoNairobi((shop.core.now() - MINUTE) as UtcMs).slice(11, 19);
  const content = dayStatement([{ receipt, time, amount }], `${date}-${month}-${year}`, until);
  expect(await shop.bringIn('statement.csv', content)).toMatchObject({ type: 'done' });
}

describe('a payment that the books do not have', () => {
  test('is asked about, answered, and then in the books as reported', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const found = await counter.lookUp(receipt);
    expect(found).toMatchObject({
      kind: 'no-answer',
      tone: 'wait',
      asking: { state: 'waiting' },
      canHold: false,
    });
    await wait(shop);
    expect(counter.show(found)).toMatchObject({
      kind: 'reported',
      amountCents: AMOUNT,
      canHold: true,
      asking: { state: 'answered' },
      customer: { phone: '0708 ••• 149', hasFullPhone: true },
    });
    expect(movementsOf(shop, receipt)).toEqual([{ amount: AMOUNT, status: 'completed', importId: -2 }]);
    expect(shop.core.ledger.read.all('SELECT kind, channel FROM sightings')).toEqual([
      { kind: 'status-answer', channel: 'relay' },
    ]);
    await bringStatement(shop, receipt);
    expect(counter.show(found)).toMatchObject({ kind: 'settled', tone: 'good' });
    expect(movementsOf(shop, receipt)).toHaveLength(1);
    expect(counter.alerts()).toEqual([]);
  });

  test('and Safaricom does not know yet is waited for, and found when asked again', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop, { knownFrom: (shop.core.now() + 10 * MINUTE) as UtcMs });
    const found = await counter.lookUp(receipt);
    expect(codeOf(counter.lookUps.again(shop.actor, found.id))).toBe('ledger/bad-input');
    for (let code = 0; code < 2; code++) {
      await wait(shop);
      await counter.lookUps.settle();
    }
    expect(counter.show(found)).toMatchObject({ kind: 'not-known', tone: 'wait', asking: { canAsk: true } });
    await shop.simulator.advance(10 * MINUTE);
    expect(unwrap(counter.lookUps.again(shop.actor, found.id))).toMatchObject({ kind: 'not-known' });
    await counter.lookUps.settle();
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'reported', amountCents: AMOUNT });
    expect(counter.evidenceOf(found)).toEqual(
      expect.arrayContaining(['look-up.answer-not-found', 'look-up.answer-completed']),
    );
  });

  test('was paid to another short code', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop, { shortCode: '555111', organisation: 'KAMAU HARDWARE' });
    const found = await counter.lookUp(receipt);
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'another-short-code', canHold: false });
    expect(movementsOf(shop, receipt)).toEqual([]);
  });

  test('was of another amount than the message says', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const text = `${receipt} Confirmed. Ksh12,400.00 paid to DUKA LA MFANO. on 14/3/26 at 1:06 PM.`;
    const found = await counter.lookUp(text);
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'amount-differs', amountCents: AMOUNT, tone: 'bad' });
  });

  test('did not go through', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop, { state: 'Declined' });
    const found = await counter.lookUp(receipt);
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'failed' });
    expect(movementsOf(shop, receipt)).toEqual([]);
  });

  test('is a payment that the shop made', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop, { kind: 'business-payment' });
    const found = await counter.lookUp(receipt);
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'not-a-payment' });
    expect(movementsOf(shop, receipt)).toEqual([]);
  });
});

describe('Safaricom', () => {
  test('is silent: we stop waiting, an answer that comes late still lands, across a restart', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    shop.simulator.next('status', posted.delayed(20 * MINUTE));
    const found = await counter.lookUp(receipt);
    await wait(shop, 12 * MINUTE);
    expect(countWaiting(shop.core.ledger.read)).toBe(1);
    endSilentCalls(shop.core);
    expect(countWaiting(shop.core.ledger.read)).toBe(0);
    expect(counter.show(found)).toMatchObject({
      kind: 'no-answer',
      asking: { state: 'silent', canAsk: true },
    });
    const again = await shop.reopen();
    const later = openCounter(again);
    expect(later.show(found)).toMatchObject({ kind: 'no-answer' });
    await wait(again, 10 * MINUTE);
    expect(later.show(found)).toMatchObject({ kind: 'reported', asking: { state: 'answered' } });
  });

  test('takes the question and the power goes: what was put is still waited for', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const found = await counter.lookUp(receipt);
    const after = await shop.crash();
    await wait(after);
    expect(openCounter(after).show(found)).toMatchObject({ kind: 'reported' });
  });

  test('was never reached before the power went: that is said, and it can be asked again', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const { lookUp } = unwrap(counter.lookUps.ask(shop.actor, { from: 'field', text: receipt }));
    shop.core.ledger.act(shop.actor, 'test.cut', 'test', (db) => {
      db.run(
        `INSERT INTO look_ups (at, staff_id, receipt, came_as, state) VALUES (1, 0, ?, 'typed', 'waiting')`,
        'UCE6DEMO09',
      );
      return { ok: true, value: { value: undefined, details: {} } };
    });
    await counter.lookUps.settle();
    const after = await shop.reopen();
    const later = openCounter(after);
    const cut = later.show({ id: (lookUp?.id ?? 0) + 1 });
    expect(cut).toMatchObject({
      kind: 'could-not-ask',
      text: { id: 'look-up.interrupted' },
      asking: { canAsk: true },
    });
  });

  test('hangs up or its acknowledgement is lost: an answer may still come, and counts when it does', async () => {
    const { shop, counter } = await open({ credentials: 'working' });
    const { receipt } = pay(shop);
    shop.simulator.next('status', unreached.hungUp());
    shop.simulator.next('status', spoiled.replyLost());
    const lost = await counter.lookUp(receipt);
    expect(lost).toMatchObject({ kind: 'no-answer', asking: { state: 'waiting' } });
    await wait(shop, 2 * MINUTE);
    const second = await counter.lookUp(receipt, { staffId: 1, session: null });
    expect(second.kind).toBe('no-answer');
    await wait(shop);
    expect(counter.show(second)).toMatchObject({ kind: 'reported' });
    expect(counter.show(lost)).toMatchObject({ kind: 'reported' });
  });

  test('answers in a way that contradicts itself, or that nobody knows: nothing is decided', async () => {
    for (const fault of [posted.contradicting(), posted.answeredWith('99999', 'Something new')]) {
      const { shop, counter } = await open();
      const { receipt } = pay(shop);
      shop.simulator.next('status', fault);
      const found = await counter.lookUp(receipt);
      await wait(shop);
      expect(counter.show(found)).toMatchObject({ kind: 'unclear', canHold: false });
      expect(movementsOf(shop, receipt)).toEqual([]);
    }
  });

  test('is asked once for two people who ask at the same time', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const first = await counter.lookUp(receipt);
    const second = await counter.lookUp(receipt);
    expect(shop.simulator.journal.calls('status')).toHaveLength(1);
    await wait(shop);
    for (const each of [first, second]) expect(counter.show(each).kind).toBe('reported');
  });

  test('that refused the operator of every number is asked once, and the owner is told why', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    const refused = posted.answeredWith('2001', 'The initiator information is invalid.');
    shop.simulator.next('status', refused);
    const found = await counter.lookUp(receipt);
    for (let code = 0; code < 2; code++) {
      await wait(shop);
      await counter.lookUps.settle();
    }
    expect(counter.show(found)).toMatchObject({
      kind: 'could-not-ask',
      text: { values: { code: '2001', text: 'The initiator information is invalid.' } },
    });
    const next = await counter.lookUp('UCE6DEMO09');
    expect(next).toMatchObject({ kind: 'could-not-ask', text: { id: 'safaricom.credential-refused' } });
    expect(shop.simulator.journal.calls('status')).toHaveLength(1);
  });
});

describe('a payment that the books have', () => {
  test('of a statement is asked about only when a person wants it, and what agrees is more evidence', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    await bringStatement(shop, receipt);
    const found = await counter.lookUp(receipt);
    expect(found).toMatchObject({ kind: 'settled', asking: { state: 'not-asked', canAsk: true } });
    expect(shop.simulator.journal.calls('status')).toHaveLength(0);
    unwrap(counter.lookUps.again(shop.actor, found.id));
    await counter.lookUps.settle();
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'settled' });
    expect(counter.evidenceOf(found)).toContain('look-up.answer-completed');
    expect(movementsOf(shop, receipt)).toHaveLength(1);
    expect(counter.alerts()).toEqual([]);
  });

  test('and Safaricom says was sent back is an alert, the verdict, and no longer certain on its day', async () => {
    const { shop, counter } = await open();
    const payment = pay(shop);
    const { receipt } = payment;
    await bringStatement(shop, receipt);
    const at = toIsoNairobi((shop.core.now() - 30 * SECOND) as UtcMs)
      .slice(0, 19)
      .replace('T', ' ');
    await counter.sell([{ time: at, amount: AMOUNT / 100, reference: 'S-1', receipt }]);
    const links = () =>
      shop.core.ledger.read.all(`SELECT 1 FROM links WHERE kind = 'sale' AND ended_at IS NULL`);
    expect(links()).toHaveLength(1);
    shop.simulator.book.reverse(payment, shop.core.now());
    const found = await counter.lookUp(receipt);
    expect(found.kind).toBe('used');
    unwrap(counter.lookUps.again(shop.actor, found.id));
    await counter.lookUps.settle();
    await wait(shop);
    expect(counter.show(found)).toMatchObject({ kind: 'reversed', tone: 'bad' });
    expect(movementsOf(shop, receipt)).toMatchObject([{ amount: AMOUNT, status: 'completed' }]);
    expect(counter.alerts()).toEqual([{ kind: 'status-reversed', subject: `receipt:${receipt}` }]);
    expect(links()).toEqual([]);
  });

  test('and Safaricom names another amount for is a question, and stays as it is', async () => {
    const { shop, counter } = await open();
    const { receipt } = pay(shop);
    await bringStatement(shop, receipt, { amount: 9 });
    const found = await counter.lookUp(receipt);
    unwrap(counter.lookUps.again(shop.actor, found.id));
    await counter.lookUps.settle();
    await wait(shop);
    expect(counter.evidenceOf(found)).toContain('look-up.answer-other-amount');
    expect(movementsOf(shop, receipt)).toMatchObject([{ amount: 900 }]);
    expect(shop.core.ledger.read.all(`SELECT kind FROM reviews WHERE state = 'open'`)).toEqual([
      { kind: 'changed-line' },
    ]);
    expect(counter.alerts()).toEqual([{ kind: 'status-amount', subject: `receipt:${receipt}` }]);
  });
});

test('a large payment that only a notice reports is asked about at once, and waits until Safaricom answers', async () => {
  const { shop, counter } = await open();
  const { receipt } = pay(shop, { cents: 25_000_00 });
  const confirmation = {
    receipt: receipt as Receipt,
    amount: 25_000_00 as never,
    at: shop.core.now(),
    shortCode: TILL,
    type: 'Customer Merchant Payment',
    reference: null,
    payerNumber: '2547 ***** 149',
    payerName: 'AMINA W EXAMPLE',
    balance: null,
  };
  shop.core.ledger.act(shop.actor, 'test.callback', 'test', (db) => {
    const callbackId = db.run(
      `INSERT INTO callbacks (inbox, sequence, taken_at, kind, body, body_hmac, outcome, why)
       VALUES ('0123456789abcdef', 1, 1, 'confirmation', '{}', zeroblob(32), 'matched', '{}')`,
    ).lastId;
    takeConfirmation(shop.core, db, { confirmation: confirmation as never, callbackId, at: shop.core.now() });
    return { ok: true, value: { value: undefined, details: {} } };
  });
  await new Promise((resolve) => setImmediate(resolve));
  await counter.lookUps.settle();
  const [mine] = shop.core.ledger.read.all<{ id: number }>(
    `SELECT id FROM look_ups WHERE came_as = 'notice'`,
  );
  expect(counter.show(mine ?? { id: 0 })).toMatchObject({ kind: 'reported', tone: 'wait', by: 'Daftari' });
  expect(await counter.lookUp(receipt)).toMatchObject({ kind: 'reported', tone: 'wait' });
  await wait(shop);
  expect(counter.show(mine ?? { id: 0 })).toMatchObject({ kind: 'reported', tone: 'likely' });
  expect(shop.simulator.journal.calls('status')).toHaveLength(1);
});
