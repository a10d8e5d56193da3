import { describe, expect, test } from 'vitest';
import { publicKeysOf } from '#main/inbox/keys.ts';
import { isRelayFresh } from '#main/services/inbox/reach.ts';
import type { RelayMessage } from '#shared/domain/relay/answers.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import {
  alertsOf,
  askStatus,
  bending,
  callbacksOf,
  callStateOf,
  collectThrough,
  outcomesOf,
  sealTo,
  someToken,
  tokenOf,
} from '#test/helpers/inbox-shop.ts';
import { noticeBody } from '#test/helpers/notices.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

/*
 * S20, seen from the shop: whoever runs the relay, or stands between, tries what they can. They may hold back and they
 * may invent notices; nothing that they do makes an answer of something that is none, and nothing counts twice.
 */

const boxKeyOf = ({ inbox }: SafaricomShop) => inbox?.keys.boxKey ?? '';
const inboxOf = ({ inbox }: SafaricomShop) => inbox?.code.inbox ?? '';

function notice(n: number): string {
  const receipt = `UCE0NEWS0${n}`;
  return JSON.stringify(noticeBody({ receipt, time: `2026112010000${n}`, amount: 100 + n, number: PAYBILL }));
}

/** Five notices and an answer wait at the relay. */
async function openWithMessages() {
  const shop = await openSafaricomShop();
  const { receipt } = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
  for (const n of [1, 2, 3])
    await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/confirmation`, notice(n));
  const callId = await askStatus(shop, receipt);
  await shop.simulator.advance(MINUTE);
  for (const n of [4, 5]) await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/confirmation`, notice(n));
  return { shop, callId };
}

const truth = (shop: SafaricomShop) => ({
  payments: shop.core.ledger.read.all(
    `SELECT receipt, amount_cents AS cents FROM movements WHERE receipt LIKE 'UCE0NEWS%' ORDER BY receipt`,
  ),
  calls: shop.core.ledger.read.all(`SELECT state, code FROM api_calls WHERE product <> 'token' ORDER BY id`),
  matched: callbacksOf(shop).filter(({ outcome }) => outcome === 'matched').length,
});
const WHOLE = {
  payments: [1, 2, 3, 4, 5].map((n) => ({ receipt: `UCE0NEWS0${n}`, cents: (100 + n) * 100 })),
  calls: [{ state: 'answered', code: '0' }],
  matched: 6,
};

describe('a relay that hands over what it has in its own way', () => {
  test('as it should', async () => {
    const { shop } = await openWithMessages();
    await shop.collect();
    expect(truth(shop)).toEqual(WHOLE);
    expect(alertsOf(shop)).toEqual([]);
  });

  test.each<[string, (messages: readonly RelayMessage[]) => readonly RelayMessage[]]>([
    ['backwards', (messages) => [...messages].reverse()],
    ['in any order', (messages) => [3, 0, 5, 1, 4, 2].flatMap((at) => messages[at] ?? [])],
    ['each twice', (messages) => messages.flatMap((message) => [message, message])],
    ['twice and backwards', (messages) => [...messages, ...[...messages].reverse()]],
  ])('%s: the books are the same', async (_, change) => {
    const { shop } = await openWithMessages();
    expect(await collectThrough(shop, bending(shop, change))).toBe(true);
    expect(truth(shop)).toEqual(WHOLE);
    expect(outcomesOf(shop)).toHaveLength(6);
  });

  test('again under other numbers: each counts once and says so', async () => {
    const { shop } = await openWithMessages();
    const again = bending(shop, (messages) => [
      ...messages,
      ...messages.map((message) => ({ ...message, sequence: message.sequence + messages.length })),
    ]);
    await collectThrough(shop, again);
    expect(truth(shop)).toEqual(WHOLE);
    expect(outcomesOf(shop).slice(6)).toEqual(Array(6).fill('duplicate same-again'));
  });

  test('one by one, for ever the same page: nothing new, and it ends', async () => {
    const { shop } = await openWithMessages();
    const first: RelayMessage[] = [];
    const stuck = bending(shop, (messages) => {
      if (first.length === 0) first.push(...messages.slice(0, 1));
      return first;
    });
    expect(await collectThrough(shop, stuck)).toBe(true);
    expect(outcomesOf(shop)).toHaveLength(1);
  });

  test('without some of them: the gap is told, and what comes late still counts', async () => {
    const { shop } = await openWithMessages();
    const held: RelayMessage[] = [];
    const dropping = bending(shop, (messages) => {
      held.push(...messages.filter(({ sequence }) => sequence === 2 || sequence === 3));
      return messages.filter((message) => !held.includes(message));
    });
    await collectThrough(shop, {
      ...dropping,
      ack: async () => ({ type: 'answered', value: { acknowledgedTo: 0, removed: 0 } }),
    });
    expect(alertsOf(shop)).toEqual(['relay-gap']);
    const [gap] = shop.core.ledger.read.all<{ subject: string }>('SELECT subject FROM alerts');
    expect(gap?.subject).toBe(`relay:${inboxOf(shop)}:2-3`);
    await collectThrough(
      shop,
      bending(shop, () => held.splice(0)),
    );
    expect(truth(shop)).toEqual(WHOLE);
  });

  test('with the last ones gone: its own account of itself gives it away', async () => {
    const { shop } = await openWithMessages();
    await shop.collect();
    await shop.relay.deliver(`/${shop.inbox?.code.path}/c2b/confirmation`, notice(6));
    await shop.inbox?.ack(7);
    await shop.collect();
    expect(alertsOf(shop)).toEqual(['relay-other-reader', 'relay-gap']);
  });

  test('put back to an earlier state: the numbers begin again, and nothing is taken for what it is not', async () => {
    const { shop } = await openWithMessages();
    await shop.collect();
    const back = {
      status: async (...asked: Parameters<SafaricomShop['relayLine']['status']>) => {
        const reply = await shop.relayLine.status(...asked);
        return reply.type === 'answered'
          ? ({ type: 'answered', value: { ...reply.value, lastSequence: 2, acknowledgedTo: 2 } } as const)
          : reply;
      },
      ack: async () => ({ type: 'answered', value: { acknowledgedTo: 2, removed: 0 } }) as const,
    };
    const body = notice(6);
    const sealed = await sealTo(boxKeyOf(shop), { inbox: inboxOf(shop), kind: 'confirmation' }, body);
    let hasGiven = false;
    await collectThrough(shop, {
      ...back,
      messages: async (_, { after }) => {
        const messages = hasGiven || after !== 2 ? [] : [{ sequence: 3, at: 0, sealed }];
        hasGiven = true;
        return { type: 'answered', value: { messages, hasMore: false } };
      },
    });
    expect(alertsOf(shop)).toEqual(['relay-put-back']);
    expect(truth(shop).payments).toHaveLength(6);
  });
});

describe('a relay that invents', () => {
  const success = (receipt: string, ids: object = {}) =>
    JSON.stringify({
      Result: {
        ResultType: 0,
        ResultCode: 0,
        ResultDesc: 'The service request is processed successfully.',
        ...ids,
        ResultParameters: {
          ResultParameter: [
            { Key: 'ReceiptNo', Value: receipt },
            { Key: 'TransactionStatus', Value: 'Completed' },
            { Key: 'Amount', Value: 1240 },
          ],
        },
      },
    });

  async function inventFor(shop: SafaricomShop, token: string, body: string, sequence = 1): Promise<void> {
    const sealed = await sealTo(boxKeyOf(shop), { inbox: inboxOf(shop), kind: 'result', token }, body);
    await collectThrough(
      shop,
      bending(shop, (messages) => [
        { sequence, at: 0, sealed },
        ...messages.map((each) => ({ ...each, sequence: each.sequence + sequence })),
      ]),
    );
  }

  test('an answer to a question that Safaricom has acknowledged: it does not know the numbers', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('status', posted.silence());
    const callId = await askStatus(shop, 'SJK4H7L2QP');
    await inventFor(shop, tokenOf(shop, callId), success('SJK4H7L2QP'));
    expect(outcomesOf(shop)).toEqual(['suspicious no-ids']);
    await inventFor(shop, tokenOf(shop, callId), success('SJK4H7L2QP', { ConversationID: 'AG_1' }), 2);
    expect(outcomesOf(shop)[1]).toBe('suspicious other-ids');
    expect(callStateOf(shop, callId)).toBe('accepted 0');
    expect(alertsOf(shop).filter((kind) => kind === 'callback-suspicious')).toHaveLength(2);
  });

  test('the true answer after an invented one still counts', async () => {
    const shop = await openSafaricomShop();
    const { receipt } = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
    const callId = await askStatus(shop, receipt);
    await shop.simulator.advance(MINUTE);
    await inventFor(shop, tokenOf(shop, callId), success('SJK4H7L2QP'));
    expect(outcomesOf(shop)).toEqual(['suspicious no-ids', 'matched answered']);
    expect(callStateOf(shop, callId)).toBe('answered 0');
  });

  test('an answer to nothing', async () => {
    const shop = await openSafaricomShop();
    await inventFor(shop, someToken(), success('SJK4H7L2QP'));
    expect(outcomesOf(shop)).toEqual(['suspicious unknown-token']);
  });

  test('a payment: it is reported, and no relay can settle it', async () => {
    const shop = await openSafaricomShop();
    const sealed = await sealTo(boxKeyOf(shop), { inbox: inboxOf(shop), kind: 'confirmation' }, notice(1));
    await collectThrough(
      shop,
      bending(shop, () => [{ sequence: 1, at: 0, sealed }]),
    );
    expect(shop.core.ledger.read.all('SELECT import_id AS hangsOn FROM movements')).toEqual([
      { hangsOn: -2 },
    ]);
    const channel = 'SELECT channel FROM sightings';
    expect(shop.core.ledger.read.all(channel)).toEqual([{ channel: 'relay' }]);
  });

  test('what is sealed to another shop, changed on the way, or made for another inbox', async () => {
    const shop = await openSafaricomShop();
    const other = publicKeysOf({ boxKey: '11'.repeat(32), signSeed: '22'.repeat(32) }).boxKey;
    const theirs = await sealTo(other, { inbox: inboxOf(shop), kind: 'confirmation' }, notice(1));
    const ours = await sealTo(boxKeyOf(shop), { inbox: inboxOf(shop), kind: 'confirmation' }, notice(2));
    const elsewhere = await sealTo(
      boxKeyOf(shop),
      { inbox: 'ff'.repeat(8), kind: 'confirmation' },
      notice(3),
    );
    const changed = Buffer.from(ours, 'base64');
    changed[60] = (changed[60] ?? 0) ^ 1;
    const handed = [theirs, changed.toString('base64'), elsewhere, '', 'not base64 at all', 'AAAA'];
    const messages = handed.map((sealed, at) => ({ sequence: at + 1, at: 0, sealed }));
    await collectThrough(
      shop,
      bending(shop, () => messages),
    );
    expect(outcomesOf(shop)).toEqual([
      'unreadable cannot-open',
      'unreadable cannot-open',
      'suspicious other-inbox',
      'unreadable cannot-open',
      'unreadable cannot-open',
      'unreadable cannot-open',
    ]);
    expect(shop.core.ledger.read.all('SELECT id FROM movements')).toEqual([]);
    expect(alertsOf(shop)).toEqual(['callback-unreadable']);
  });

  test('a body larger than any relay takes, and times that are none', async () => {
    const shop = await openSafaricomShop();
    const facts = { inbox: inboxOf(shop), kind: 'confirmation' as const, from: `1${'\u0020'.repeat(300)}2` };
    const large = await sealTo(boxKeyOf(shop), facts, Buffer.alloc(300_000, 'x'));
    const late = await sealTo(boxKeyOf(shop), { ...facts, at: Number.MAX_SAFE_INTEGER }, notice(1));
    const messages = [large, late].map((sealed, at) => ({ sequence: at + 1, at: 0, sealed }));
    await collectThrough(
      shop,
      bending(shop, () => messages),
    );
    expect(outcomesOf(shop)).toEqual(['unreadable too-large', 'matched confirmation.new']);
    expect(shop.core.ledger.read.all('SELECT came_at AS at FROM callbacks ORDER BY id')).toEqual([
      { at: Date.UTC(2026, 10, 20, 7) },
      { at: null },
    ]);
  });
});

describe('somebody in between', () => {
  test('who says that nothing has come is not believed: the relay was not reached', async () => {
    const { shop } = await openWithMessages();
    const lying = {
      messages: async () => ({ type: 'unsigned', status: 200, hint: null, now: null }) as const,
    };
    expect(await collectThrough(shop, lying)).toBe(false);
    expect(outcomesOf(shop)).toEqual([]);
    await shop.simulator.advance(6 * MINUTE);
    expect(isRelayFresh(shop.core)).toBe(false);
    await shop.collect();
    expect(isRelayFresh(shop.core)).toBe(true);
    expect(truth(shop)).toEqual(WHOLE);
  });

  test('a relay that lies that nothing has come leaves the question open, and nothing wrong', async () => {
    const { shop, callId } = await openWithMessages();
    expect(
      await collectThrough(
        shop,
        bending(shop, () => []),
      ),
    ).toBe(true);
    expect(callStateOf(shop, callId)).toBe('accepted 0');
    await shop.collect();
    expect(truth(shop)).toEqual(WHOLE);
  });
});

test('a stolen relay, database, key file and all, opens nothing and answers for nobody else', async () => {
  const { shop } = await openWithMessages();
  const messages = await shop.relay.storage.readMessages(inboxOf(shop), 0, 100, 1_000_000);
  expect(messages).toHaveLength(6);
  for (const { sealed } of messages)
    expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/UCE0NEWS|AMINA|Result/);
  // With its key a thief can pose as the relay, and is held to the same as the relay itself.
  const sealed = await sealTo(
    boxKeyOf(shop),
    { inbox: inboxOf(shop), kind: 'result', token: someToken() },
    '{}',
  );
  await collectThrough(
    shop,
    bending(shop, (honest) => [...honest, { sequence: 7, at: 0, sealed }]),
  );
  expect(truth(shop)).toEqual(WHOLE);
  expect(outcomesOf(shop).at(-1)).toBe('suspicious unknown-token');
});
