import { describe, expect, test } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { eraseSealed } from '#main/db/queries/sealed.ts';
import { matchChangedDays, settleMatching } from '#main/services/match-days.ts';
import { endSilentCalls } from '#main/services/safaricom/silent-calls.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { posted, spoiled, together } from '#test/daraja-simulator/fault.ts';
import {
  alertsOf,
  askStatus,
  callbacksOf,
  callStateOf,
  outcomesOf,
  someToken,
} from '#test/helpers/inbox-shop.ts';
import { noticeBody } from '#test/helpers/notices.ts';
import { unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

async function openWithPayment(credentials: 'untried' | 'working' = 'untried') {
  const shop = await openSafaricomShop({ credentials });
  const { receipt } = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
  return { shop, receipt };
}

async function settle(shop: SafaricomShop, ms = MINUTE): Promise<void> {
  await shop.simulator.advance(ms);
  await shop.collect();
}

test('an answer is bound to its question, and its entry is in the log', async () => {
  const { shop, receipt } = await openWithPayment();
  const callId = await askStatus(shop, receipt);
  await settle(shop);
  expect(callbacksOf(shop)).toEqual([
    { kind: 'result', outcome: 'matched', why: 'callback.answered', callId },
  ]);
  expect(callStateOf(shop, callId)).toBe('answered 0');
  const state = `SELECT state FROM credentials WHERE kind = 'look-up-operator' AND short_code = ?`;
  expect(shop.core.ledger.read.get(state, PAYBILL)).toEqual({ state: 'working' });
  const entry = `SELECT subject, details FROM audit_entries WHERE action = 'callback.taken'`;
  const { subject, details } = shop.core.ledger.read.get<{ subject: string; details: string }>(entry) ?? {};
  expect(subject).toBe('callback:1');
  expect(JSON.parse(details ?? '')).toEqual({
    kind: 'result',
    outcome: 'matched',
    callId,
    movementId: null,
    sequence: 1,
  });
});

describe('what Safaricom or the way does to an answer', () => {
  test.each([
    ['twice: the relay keeps it once', posted.repeated(2, MINUTE), ['matched answered'], 'answered 0'],
    ['its acknowledgement is lost', spoiled.replyLost(), ['matched answered-without-ack'], 'answered 0'],
    ['before its acknowledgement', posted.beforeAck(), ['matched answered'], 'answered 0'],
    ['a time-out', posted.timedOut(), ['matched timed-out'], 'timed-out 1'],
    ['a time-out without its wrapper', posted.timedOut('flat'), ['matched timed-out'], 'timed-out'],
    [
      'after a time-out',
      posted.answeredAfterTimeout(2 * MINUTE),
      ['matched timed-out', 'matched answered-late'],
      'answered 0',
    ],
    [
      'then another',
      posted.contradictedLater('2032', 'Transaction not found', MINUTE),
      ['matched answered', 'suspicious other-answer'],
      'answered 0',
    ],
    ['with other ids', posted.strangeIds('1-2-3', 'AG_1'), ['suspicious other-ids'], 'accepted'],
    [
      'about another receipt',
      posted.parameterChanged('ReceiptNo', 'SJK4H7L2QX'),
      ['suspicious other-receipt'],
      'accepted',
    ],
    ['with a code nobody knows', posted.answeredWith('4711', 'Oops'), ['matched answered'], 'answered 4711'],
  ])('%s', async (_, fault, outcomes, state) => {
    const { shop, receipt } = await openWithPayment();
    shop.simulator.next('status', fault);
    const callId = await askStatus(shop, receipt);
    await settle(shop, 10 * MINUTE);
    expect(outcomesOf(shop)).toEqual(outcomes);
    expect(callStateOf(shop, callId)).toMatch(new RegExp(`^${state}`));
    const hasSuspicion = outcomes.some((outcome) => outcome.startsWith('suspicious'));
    expect(alertsOf(shop)).toEqual(hasSuspicion ? ['callback-suspicious'] : []);
    expect(shop.simulator.unusedFaults()).toEqual([]);
  });

  test('48 hours late: nobody waits any more, and it counts', async () => {
    const { shop, receipt } = await openWithPayment();
    shop.simulator.next('status', posted.delayed(48 * HOUR));
    const callId = await askStatus(shop, receipt);
    await shop.simulator.advance(HOUR);
    endSilentCalls(shop.core);
    expect(callStateOf(shop, callId)).toMatch(/^silent/);
    await settle(shop, 2 * DAY);
    expect(outcomesOf(shop)).toEqual(['matched answered-late']);
    expect(callStateOf(shop, callId)).toBe('answered 0');
  });

  test('out of order: each finds its own question', async () => {
    const { shop, receipt } = await openWithPayment('working');
    shop.simulator.next('status', posted.delayed(HOUR));
    const first = await askStatus(shop, receipt, 'look-up:1');
    const second = await askStatus(shop, receipt, 'look-up:2');
    await settle(shop, 2 * HOUR);
    expect(callbacksOf(shop).map(({ callId }) => callId)).toEqual([second, first]);
    expect([first, second].map((callId) => callStateOf(shop, callId))).toEqual(['answered 0', 'answered 0']);
  });
});

test('a refused operator is told at once, and asked no more', async () => {
  const { shop, receipt } = await openWithPayment();
  shop.simulator.next('status', posted.answeredWith('2001', 'The initiator information is invalid.'));
  const callId = await askStatus(shop, receipt);
  await settle(shop);
  expect(callStateOf(shop, callId)).toBe('answered 2001');
  expect(alertsOf(shop)).toEqual(['credential-refused']);
  await expect(askStatus(shop, receipt)).rejects.toThrow('credential-refused');
});

test('an answer to an answer that was erased is compared by its code', async () => {
  const { shop, receipt } = await openWithPayment();
  shop.simulator.next(
    'status',
    together(posted.repeated(1), posted.contradictedLater('0', 'Done otherwise', HOUR)),
  );
  await askStatus(shop, receipt);
  await settle(shop);
  unwrap(
    shop.core.ledger.act(shop.actor, 'settings.saved', 'settings', (db) =>
      succeed({ value: eraseSealed(db, 'callback:1'), details: {} }),
    ),
  );
  await settle(shop, 2 * HOUR);
  expect(outcomesOf(shop)).toEqual(['matched answered', 'duplicate same-meaning']);
});

describe('bodies that nobody should send', () => {
  const deep = '['.repeat(30_000);
  test.each([
    ['nothing', '', 'unreadable empty'],
    ['no JSON', 'hello', 'unreadable not-json'],
    ['a NUL', '\u0000', 'unreadable not-json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'unreadable not-json'],
    ['JSON without end', deep, 'unreadable too-deep'],
    ['a list', '[1,2]', 'unreadable no-result'],
    ['names of JavaScript', '{"__proto__":{"Result":1},"constructor":{}}', 'unreadable no-result'],
    ['a megabyte of blanks', ' '.repeat(65_000), 'unreadable empty'],
  ])('%s at the address of a question', async (_, body, outcome) => {
    const { shop, receipt } = await openWithPayment();
    shop.simulator.next('status', posted.silence());
    const callId = await askStatus(shop, receipt);
    const asked = `SELECT result_token AS t FROM api_calls WHERE result_token IS NOT NULL`;
    const token = shop.core.ledger.read.get<{ t: string }>(asked)?.t;
    await shop.relay.deliver(`/${shop.inbox?.code.path}/${token}`, body);
    await shop.collect();
    expect(outcomesOf(shop)).toEqual([outcome]);
    expect(callStateOf(shop, callId)).toBe('accepted 0');
    expect(alertsOf(shop)).toEqual(['callback-unreadable']);
  });

  test('hidden and control characters in a sentence are kept where they harm nobody', async () => {
    const { shop, receipt } = await openWithPayment();
    shop.simulator.next('status', posted.answeredWith('17', 'a\u0000b\u202ec\nd'));
    await askStatus(shop, receipt);
    await settle(shop);
    const said = `SELECT text FROM api_calls WHERE product = 'status'`;
    expect(shop.core.ledger.read.get(said)).toEqual({ text: 'a b[U+202E]c d' });
  });
});

describe('notices', () => {
  const confirm = async (shop: SafaricomShop, body: unknown, kind = 'confirmation') => {
    await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/${kind}`, JSON.stringify(body));
    await shop.collect();
  };
  const notice = noticeBody({ receipt: 'UCE0NEWS01', time: '20261120100000', amount: 200, number: PAYBILL });
  const movements = ({ core }: SafaricomShop) =>
    core.ledger.read.all('SELECT receipt, amount_cents AS cents, import_id AS hangsOn FROM movements');

  test('a payment is reported, not settled, and shown beside its notice', async () => {
    const shop = await openSafaricomShop();
    await confirm(shop, notice);
    expect(outcomesOf(shop)).toEqual(['matched confirmation.new']);
    expect(movements(shop)).toEqual([{ receipt: 'UCE0NEWS01', cents: 200_00, hangsOn: -2 }]);
    const row = shop.core.ledger.read.get(
      'SELECT receipt, short_code AS number, amount_cents AS cents, movement_id AS payment FROM callbacks',
    );
    expect(row).toEqual({ receipt: 'UCE0NEWS01', number: PAYBILL, cents: 200_00, payment: 1 });
    await settleMatching(shop.core);
    await matchChangedDays(shop.core, PROGRAM);
  });

  test('the same again counts once; other words about it change nothing and ask', async () => {
    const shop = await openSafaricomShop();
    await confirm(shop, notice);
    // The relay keeps the very same once; other blanks are other bytes.
    await confirm(shop, { ...notice, BillRefNumber: 'INV-7' });
    await confirm(shop, { ...notice, TransAmount: '2000.00' });
    expect(outcomesOf(shop)).toEqual([
      'matched confirmation.new',
      'matched confirmation.known',
      'suspicious confirmation.other-amount',
    ]);
    expect(movements(shop)).toEqual([{ receipt: 'UCE0NEWS01', cents: 200_00, hangsOn: -2 }]);
  });

  test('for a number that is not ours, of no shape, and a question before a payment', async () => {
    const shop = await openSafaricomShop();
    await confirm(shop, { ...notice, BusinessShortCode: '999999' });
    await confirm(shop, { hello: 'there' });
    await confirm(shop, notice, 'validation');
    expect(outcomesOf(shop)).toEqual([
      'unmatched confirmation.not-ours',
      'unreadable no-confirmation',
      'unmatched validation',
    ]);
    expect(movements(shop)).toEqual([]);
  });

  test('a number that becomes ours later is booked when the notice comes again', async () => {
    const shop = await openSafaricomShop();
    await confirm(shop, { ...notice, BusinessShortCode: '999999' });
    unwrap(
      shop.core.ledger.act(shop.actor, 'settings.saved', 'settings', (db) => {
        db.run(
          `INSERT INTO till_numbers (number, till_id, seen_in, added_at) VALUES ('999999', 1, 'test', 0)`,
        );
        return succeed({ value: undefined, details: {} });
      }),
    );
    await confirm(shop, { ...notice, BusinessShortCode: '999999', InvoiceNumber: ' ' });
    expect(outcomesOf(shop)).toEqual(['unmatched confirmation.not-ours', 'matched confirmation.new']);
  });

  test('an answer at an address that nobody gave out is told once a day', async () => {
    const shop = await openSafaricomShop();
    const path = shop.inbox?.code.path;
    for (let n = 0; n < 3; n += 1)
      await shop.relay.deliver(`/${path}/${someToken()}`, '{"Result":{"ResultCode":0,"ConversationID":"A"}}');
    await shop.collect();
    expect(outcomesOf(shop)).toEqual(Array(3).fill('suspicious unknown-token'));
    expect(alertsOf(shop)).toEqual(['callback-unknown-token']);
    await shop.simulator.advance(DAY);
    await shop.relay.deliver(`/${path}/${someToken()}`, '{}');
    await shop.collect();
    expect(alertsOf(shop)).toHaveLength(2);
  });
});
