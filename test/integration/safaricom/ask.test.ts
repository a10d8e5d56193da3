import { describe, expect, test } from 'vitest';
import { readCallAnswer } from '#main/db/queries/api-calls.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { eraseSealed, unseal } from '#main/db/queries/sealed.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import type { Question } from '#main/services/safaricom/question.ts';
import type { SealedValue } from '#shared/domain/audit/sealed-value.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import { posted, spoiled, together, unreached } from '#test/daraja-simulator/fault.ts';
import { askBalance, askStatus, callEntries, callOf, write } from '#test/helpers/asking.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

const put = (shop: SafaricomShop, question: Question) =>
  ask(shop.parts, shop.actor, question, { subject: 'test' });

describe('a question that is answered later', () => {
  test('is taken, and answered through the relay', async () => {
    const shop = await openSafaricomShop();
    const payment = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
    const asked = await askStatus(shop, payment.receipt);
    const call = callOf(shop, asked);
    expect(asked).toEqual({ type: 'accepted', callId: call.id });
    expect(call).toMatchObject({
      state: 'accepted',
      product: 'status',
      subject: 'look-up:1',
      staffId: shop.actor.staffId,
      code: '0',
      httpStatus: 200,
      why: null,
    });
    expect(call.conversationId).toMatch(/^AG_/);
    expect(call.originatorConversationId).not.toBeNull();
    await shop.simulator.settle();
    await shop.collect();
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '0' });
  });

  test('each has a token of its own, and its address names no more than that', async () => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    const tokens = [callOf(shop, await askStatus(shop)).token, callOf(shop, await askBalance(shop)).token];
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
    const [body] = shop.simulator.journal.calls('balance').map((each) => each.body);
    expect(body?.ResultURL).toBe(`${shop.inbox?.code.origin}/${shop.inbox?.code.path}/${tokens[1]}`);
    expect(body?.QueueTimeOutURL).toBe(`${body?.ResultURL}/timeout`);
  });

  test('who asked, for what and with which credential is on record, before and after', async () => {
    const shop = await openSafaricomShop();
    const { id } = callOf(shop, await askStatus(shop));
    const about = { product: 'status', shortCode: PAYBILL };
    const { staffId } = shop.actor;
    expect(callEntries(shop)).toEqual([
      {
        action: 'call.asked',
        subject: `call:${id}`,
        staffId,
        details: { ...about, credential: 'look-up-operator', keys: 'app', for: 'look-up:1' },
      },
      {
        action: 'call.token',
        subject: `call:${id + 1}`,
        staffId,
        details: {
          shortCode: PAYBILL,
          credential: 'app',
          for: 'look-up:1',
          state: 'answered',
          code: null,
        },
      },
      {
        action: 'call.ended',
        subject: `call:${id}`,
        staffId,
        details: { ...about, state: 'accepted', code: '0', refused: null },
      },
    ]);
  });

  test('a token is a call of its own, once for as long as it lasts, whatever came of it', async () => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    const tokens = () =>
      shop.core.ledger.read.all(
        `SELECT short_code AS shortCode, subject, staff_id AS staffId, request, state, http_status AS httpStatus
         FROM api_calls WHERE product = 'token' ORDER BY id`,
      );
    const { staffId } = shop.actor;
    const call = { shortCode: PAYBILL, subject: 'look-up:1', staffId, request: '{}' };
    shop.simulator.next('token', unreached.spikeArrest());
    await askStatus(shop);
    expect(tokens()).toEqual([{ ...call, state: 'not-sent', httpStatus: 500 }]);
    await Promise.all([askStatus(shop), askStatus(shop)]);
    await askStatus(shop);
    expect(tokens().slice(1)).toEqual([{ ...call, state: 'answered', httpStatus: 200 }]);
    expect(shop.simulator.journal.calls('token')).toHaveLength(2);
    // One that is refused is fetched anew, and that is on record, too.
    shop.simulator.tokens.forgetAll();
    await askStatus(shop);
    expect(tokens()).toHaveLength(3);
    expect(callEntries(shop).filter(({ action }) => action === 'call.token')).toHaveLength(3);
  });

  test('an answer that overtakes its acknowledgement stands', async () => {
    const shop = await openSafaricomShop();
    const { simulator } = shop;
    simulator.next('status', together(posted.beforeAck(), spoiled.slowReply(5_000)));
    const asking = askStatus(shop);
    await waitUntil(() => simulator.journal.posts('status').length === 1);
    await shop.collect();
    expect(stateOf(shop)).toBe('answered');
    await simulator.advance(5_000);
    const asked = await asking;
    expect(asked.type).toBe('accepted');
    const call = callOf(shop, asked);
    expect(call).toMatchObject({ state: 'answered', code: '2032', httpStatus: 200 });
    expect(call.conversationId).toMatch(/^AG_/);
    expect(callEntries(shop).at(-1)?.details).toMatchObject({ state: 'overtaken' });
  });
});

describe('a question that is answered at once', () => {
  const stretch = (shop: SafaricomShop) => ({
    from: (shop.simulator.now() - HOUR) as UtcMs,
    to: shop.simulator.now(),
    offset: 0,
  });

  test('Pull', async () => {
    const shop = await openSafaricomShop();
    const registered = await put(shop, {
      product: 'pull-register',
      shortCode: PAYBILL,
      nominatedNumber: '254722000000',
    });
    expect(registered).toMatchObject({ type: 'answered', body: { ResponseStatus: '1000' } });
    expect(callOf(shop, registered)).toMatchObject({ state: 'answered', token: null, code: '1000' });
    expect(callOf(shop, registered).request).toContain('•••000');
    const payment = shop.simulator.pay({ cents: 500_00, shortCode: PAYBILL });
    const pulled = await put(shop, { product: 'pull-query', shortCode: PAYBILL, ...stretch(shop) });
    expect(pulled).toMatchObject({
      type: 'answered',
      body: { ResponseCode: '1000', Response: [[{ transactionId: payment.receipt }]] },
    });
    expect(callEntries(shop)[0]?.details).toMatchObject({ credential: 'app' });
  });

  test('C2B, once, with addresses of the relay and never with Cancelled', async () => {
    const shop = await openSafaricomShop();
    const question: Question = { product: 'c2b-register', shortCode: TILL };
    expect(await put(shop, question)).toMatchObject({ type: 'answered' });
    const [first] = shop.simulator.journal.calls('c2b-register');
    const { origin, path } = shop.inbox?.code ?? { origin: '', path: '' };
    expect(first?.body).toEqual({
      ShortCode: TILL,
      ResponseType: 'Completed',
      ConfirmationURL: `${origin}/${path}/c2b/confirmation`,
      ValidationURL: `${origin}/${path}/c2b/validation`,
    });
    const again = await put(shop, question);
    expect(again).toMatchObject({
      type: 'refused',
      code: '500.003.1001',
      why: { id: 'safaricom.refused-registered' },
    });
  });

  test('a prompt, by the passkey', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.prompt({
      checkoutRequestId: 'ws_CO_1',
      merchantRequestId: 'm-1',
      shortCode: PAYBILL,
      end: { code: '1032', text: 'Request cancelled by user' },
    });
    const question = { product: 'stk-query', shortCode: PAYBILL } as const;
    const asked = await put(shop, { ...question, checkoutRequestId: 'ws_CO_1' });
    expect(asked).toMatchObject({ type: 'answered', body: { ResultCode: '1032' } });
    expect(callOf(shop, asked).request).not.toContain('Password');
    expect(selectCredential(shop.core.ledger.read, PAYBILL, 'passkey')?.state).toBe('working');
    const unknown = await put(shop, { ...question, checkoutRequestId: 'ws_CO_2' });
    expect(unknown).toMatchObject({ type: 'refused', why: { id: 'safaricom.refused-other' } });
  });

  test('what came is kept sealed, and erasing its key leaves the rest', async () => {
    const shop = await openSafaricomShop();
    await put(shop, { product: 'pull-register', shortCode: PAYBILL, nominatedNumber: '254722000000' });
    const payment = shop.simulator.pay({ cents: 500_00, shortCode: PAYBILL });
    const asked = await put(shop, { product: 'pull-query', shortCode: PAYBILL, ...stretch(shop) });
    const { id } = callOf(shop, asked);
    const stored = readCallAnswer(shop.core.ledger.read, id) ?? '';
    expect(stored).not.toContain(payment.receipt);
    const sealed = JSON.parse(stored) as SealedValue;
    expect(unseal(shop.core.ledger.read, sealed)).toContain(payment.receipt);
    write(shop, (db) => void eraseSealed(db, `call:${id}`));
    expect(unseal(shop.core.ledger.read, sealed)).toBeNull();
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '1000' });
  });

  test('an answer of near a megabyte is answered whole and kept as far as it fits', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('pull-query', unreached.oversize(900_000));
    const asked = await put(shop, { product: 'pull-query', shortCode: PAYBILL, ...stretch(shop) });
    expect(asked).toMatchObject({ type: 'answered', body: { padding: 'x'.repeat(900_000) } });
    const sealed = JSON.parse(
      readCallAnswer(shop.core.ledger.read, callOf(shop, asked).id) ?? '',
    ) as SealedValue;
    expect(unseal(shop.core.ledger.read, sealed)).toHaveLength(140_000);
  });
});

describe('a question that does not get through', () => {
  test.each([
    [unreached.spikeArrest(), 'refused', 'safaricom.refused-busy'],
    [unreached.internalError(), 'refused', 'safaricom.refused-busy'],
    [
      unreached.error(400, '400.002.02', 'Bad Request - Invalid Remarks'),
      'refused',
      'safaricom.refused-request',
    ],
    [unreached.error(404, '404.001.01', 'Resource not found'), 'refused', 'safaricom.refused-other'],
    [unreached.gatewayPage(), 'lost', 'safaricom.lost-no-json'],
    [unreached.redirect('https://elsewhere.example/'), 'lost', 'safaricom.lost-redirected'],
    [unreached.oversize(1_100_000), 'lost', 'safaricom.lost-too-large'],
    [spoiled.replyLost(), 'lost', 'safaricom.lost-cut-off'],
  ] as const)('$0.name: $1', async (fault, type, id) => {
    const shop = await openSafaricomShop();
    shop.simulator.next('status', fault);
    const asked = await askStatus(shop);
    expect(asked).toMatchObject({ type, why: { id } });
    expect(callOf(shop, asked)).toMatchObject({ state: type, why: { id } });
    // A person's question is put once.
    expect(shop.simulator.journal.calls('status')).toHaveLength(1);
  });

  test('nobody there: nothing was sent, and it is said so', async () => {
    const shop = await openSafaricomShop();
    await shop.simulator.close();
    const asked = await askStatus(shop);
    expect(asked).toMatchObject({ type: 'not-sent', why: { id: 'safaricom.not-sent-offline' } });
    expect(callOf(shop, asked)).toMatchObject({ state: 'not-sent', token: expect.any(String) });
  });

  test.each([
    unreached.error(401, '401.001', 'Invalid access token'),
    unreached.emptyBody(401),
    unreached.gatewayPage(401),
  ])('a product that the app lacks is said to be that, not an old login: $name', async (refusal) => {
    const shop = await openSafaricomShop();
    shop.simulator.next('pull-query', refusal);
    shop.simulator.next('pull-query', refusal);
    const { simulator } = shop;
    const to = simulator.now();
    const from = (to - HOUR) as UtcMs;
    const asked = await put(shop, { product: 'pull-query', shortCode: PAYBILL, from, to, offset: 0 });
    expect(asked).toMatchObject({ type: 'refused', why: { id: 'safaricom.refused-not-subscribed' } });
    // It says nothing about the keys, with which other products go on.
    expect(selectCredential(shop.core.ledger.read, PAYBILL, 'app')?.state).toBe('untried');
  });

  test('a question whose answer was lost is answered all the same', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('status', spoiled.replyLost());
    const payment = shop.simulator.pay({ cents: 100_00, shortCode: PAYBILL });
    const asked = await askStatus(shop, payment.receipt);
    expect(asked.type).toBe('lost');
    await shop.simulator.settle();
    await shop.collect();
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '0', why: null });
  });

  test('words from outside are kept tidy', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('status', unreached.error(400, '400\u0000', `no\u202E\u0007${'x'.repeat(5_000)}`));
    const call = callOf(shop, await askStatus(shop));
    expect(call.text).toMatch(/^no\[U\+202E\] x+$/);
    expect(call.text?.length).toBeLessThanOrEqual(500);
    expect(call.code).toBe('400');
  });
});

function stateOf(shop: SafaricomShop): string | undefined {
  return shop.core.ledger.read.get<{ state: string }>('SELECT state FROM api_calls ORDER BY id DESC')?.state;
}

async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
