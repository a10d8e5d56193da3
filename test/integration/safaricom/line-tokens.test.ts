import { describe, expect, test } from 'vitest';
import type { LineRequest } from '#main/daraja/line.ts';
import { SECOND, type UtcMs } from '#shared/domain/time.ts';
import { spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import { STARTS_AT } from '#test/daraja-simulator/simulator.ts';
import { replyJson } from '#test/daraja-simulator/wire/reply.ts';
import { keysOf, openTestLine, requestsOf } from '#test/helpers/open-line.ts';
import { openSimulator } from '#test/helpers/simulator.ts';

describe('one token for all', () => {
  test('questions that are asked at once share one', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    const { status, balance, pull } = requestsOf(simulator);
    const replies = await Promise.all([line.send(status), line.send(balance), line.send(pull)]);
    expect(replies.map((reply) => [reply.type, reply.status])).toEqual(Array(3).fill(['answered', 200]));
    expect(simulator.journal.calls('token')).toHaveLength(1);
    const tokens = new Set(
      ['status', 'balance', 'pull-query'].map(
        (product) => simulator.journal.calls(product as 'status')[0]?.authorization,
      ),
    );
    expect(tokens.size).toBe(1);
  });

  test('it is renewed two minutes before its end', async () => {
    let now = STARTS_AT;
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin, { now: () => now });
    const { status } = requestsOf(simulator);
    await line.send(status);
    now = (STARTS_AT + 3_478 * SECOND) as UtcMs;
    await line.send(status);
    expect(simulator.journal.calls('token')).toHaveLength(1);
    now = (STARTS_AT + 3_479 * SECOND) as UtcMs;
    await line.send(status);
    expect(simulator.journal.calls('token')).toHaveLength(2);
  });

  test('other keys have a token of their own', async () => {
    const [app] = inventShop('sandbox').apps;
    if (app === undefined) throw new Error('no app');
    const shop = {
      ...inventShop('sandbox'),
      apps: [app, { ...app, consumerKey: 'second', consumerSecret: 'other' }],
    };
    const simulator = await openSimulator({ shop });
    const line = openTestLine(simulator.origin);
    const { status } = requestsOf(simulator);
    await line.send(status);
    await line.send({ ...status, keys: { key: 'second', secret: 'other' } });
    await line.send(status);
    expect(simulator.journal.calls('token')).toHaveLength(2);
  });
});

describe('a token that is refused', () => {
  const products = ['status', 'balance', 'pull'] as const;

  test.each(products)('is fetched anew, and the %s question put once more', async (name) => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    const request = requestsOf(simulator)[name];
    await line.send(request);
    simulator.tokens.forgetAll();
    expect(await line.send(request)).toMatchObject({ type: 'answered', status: 200 });
    expect(simulator.journal.calls('token')).toHaveLength(2);
    expect(simulator.journal.calls(request.product)).toHaveLength(3);
  });

  test('two that are refused at the same time fetch one new token, which ends the old', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    const { status, balance } = requestsOf(simulator);
    await line.send(status);
    simulator.tokens.forgetAll();
    const replies = await Promise.all([line.send(status), line.send(balance)]);
    expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
    expect(simulator.journal.calls('token')).toHaveLength(2);
  });

  test('a reversal goes back as it was answered, and is put once', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    const payment = simulator.pay({ cents: 1_240_00, shortCode: '765432' });
    const { reversal, status } = requestsOf(simulator, payment.receipt);
    await line.send(status);
    simulator.tokens.forgetAll();
    expect(await line.send(reversal)).toMatchObject({
      type: 'answered',
      status: 404,
      body: { errorCode: '404.001.03' },
    });
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
    expect(simulator.book.reversalsOf(payment.receipt)).toEqual([]);
    // What was refused is forgotten: the next request, when a person asks for it, has a fresh one.
    expect(await line.send(reversal)).toMatchObject({ type: 'answered', status: 200 });
    expect(simulator.journal.calls('token')).toHaveLength(2);
  });

  test.each([
    spoiled.replyLost(),
    spoiled.replyCut(),
    spoiled.noReply(),
    spoiled.gatewayPage(),
    spoiled.emptyBody(),
    unreached.internalError(),
    unreached.spikeArrest(),
    unreached.gatewayPage(),
    unreached.hungUp(),
  ])('no reversal is put twice by the line: $name', async (fault) => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin, { limits: { totalMs: 500 } });
    const payment = simulator.pay({ cents: 1_240_00, shortCode: '765432' });
    simulator.next('reversal', fault);
    await line.send(requestsOf(simulator, payment.receipt).reversal);
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
    expect(simulator.book.reversalsOf(payment.receipt).length).toBeLessThanOrEqual(1);
  });

  const refusals = [
    unreached.emptyBody(401),
    unreached.gatewayPage(401),
    { name: 'an empty object', reply: () => replyJson(401, {}) },
    unreached.error(401, '401', 'Unauthorized'),
  ];

  test.each(refusals)('is so by HTTP 401, whatever stands in it: $name', async (fault) => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    const { status } = requestsOf(simulator);
    simulator.next('status', fault);
    expect(await line.send(status)).toMatchObject({ type: 'answered', status: 200 });
    expect(simulator.journal.calls('token')).toHaveLength(2);
    expect(simulator.journal.calls('status')).toHaveLength(2);
  });

  test.each(refusals)('and a reversal is put once all the same: $name', async (fault) => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    simulator.always('reversal', fault);
    expect(await line.send(requestsOf(simulator).reversal)).toMatchObject({ status: 401 });
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
    await line.send(requestsOf(simulator).status);
    expect(simulator.journal.calls('token')).toHaveLength(2);
  });

  test.each([
    ['sandbox', 401, { errorCode: '401.001' }],
    ['production', 401, { errorCode: '401.001' }],
  ] as const)(
    'an app without Pull in %s is refused twice, and its answer comes back',
    async (environment, status, body) => {
      const shop = inventShop(environment);
      const apps = shop.apps.map((app) => ({ ...app, products: ['status' as const] }));
      const simulator = await openSimulator({ environment, shop: { ...shop, apps } });
      const line = openTestLine(simulator.origin);
      const { pull, balance } = requestsOf(simulator);
      expect(await line.send(pull)).toMatchObject({ type: 'answered', status, body });
      expect(simulator.journal.calls('pull-query')).toHaveLength(2);
      const other = await line.send(balance);
      expect(other).toMatchObject({ type: 'answered', status: 401 });
      expect(simulator.journal.calls('balance')).toHaveLength(2);
      if (environment === 'production')
        expect(other).toMatchObject({ body: { fault: { faultstring: expect.any(String) } } });
    },
  );
});

describe('keys', () => {
  const wrong = (request: LineRequest): LineRequest => ({ ...request, keys: { key: 'no', secret: 'body' } });

  test('that are wrong are told apart from a gateway in trouble', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    expect(await line.send(wrong(requestsOf(simulator).status))).toMatchObject({
      type: 'not-sent',
      reason: 'keys-refused',
      status: 400,
      body: { errorCode: '400.008.01' },
    });
    expect(simulator.journal.calls('status')).toEqual([]);
  });

  test.each([
    [unreached.emptyBody(400), 'keys-refused'],
    [unreached.emptyBody(401), 'keys-refused'],
    [unreached.emptyBody(500), 'no-token'],
    [unreached.gatewayPage(401), 'no-token'],
    [unreached.error(401, '401.001', 'Invalid credentials'), 'keys-refused'],
    [unreached.error(400, '400.008.02', 'Invalid grant type passed'), 'no-token'],
    [unreached.error(429, '500.003.02', 'Spike arrest'), 'no-token'],
    [unreached.error(403, '403.001', 'Error Occurred: Spike Arrest Violation'), 'no-token'],
  ])('$0.name: $1', async (fault, reason) => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    simulator.next('token', fault);
    expect(await line.send(requestsOf(simulator).status)).toMatchObject({ type: 'not-sent', reason });
  });

  test('are checked with a new token, and neither it nor they come back', async () => {
    const simulator = await openSimulator();
    const line = openTestLine(simulator.origin);
    await line.send(requestsOf(simulator).status);
    expect(await line.checkKeys(keysOf(simulator))).toEqual({ type: 'answered', status: 200, body: null });
    expect(simulator.journal.calls('token')).toHaveLength(2);
    // It is kept: in Safaricom's eyes it may have ended the one before.
    expect(await line.send(requestsOf(simulator).status)).toMatchObject({ status: 200 });
    expect(simulator.journal.calls('token')).toHaveLength(2);
    expect(await line.checkKeys({ key: 'no', secret: 'body' })).toMatchObject({ reason: 'keys-refused' });
  });
});

describe('the end of the line', () => {
  test('what waits is ended, what is in flight is let finish', async () => {
    const simulator = await openSimulator({ clock: 'real' });
    const line = openTestLine(simulator.origin);
    const { status } = requestsOf(simulator);
    await line.send(status);
    simulator.next('status', spoiled.slowReply(300));
    const first = line.send(status);
    const second = line.send(status);
    await until(() => simulator.journal.calls('status').length === 2);
    await line.close();
    expect(await first).toMatchObject({ type: 'answered', status: 200 });
    expect(await second).toEqual({ type: 'not-sent', reason: 'aborted' });
    expect(await line.send(status)).toEqual({ type: 'not-sent', reason: 'aborted' });
    expect(simulator.journal.calls('status')).toHaveLength(2);
  });

  test('whoever changes their mind before their turn is not asked for; after it, the answer still comes', async () => {
    const simulator = await openSimulator({ clock: 'real' });
    const line = openTestLine(simulator.origin);
    const { status } = requestsOf(simulator);
    const mind = new AbortController();
    simulator.next('status', spoiled.slowReply(200));
    const first = line.send(status, mind.signal);
    const second = line.send(status, mind.signal);
    await until(() => simulator.journal.calls('status').length === 1);
    mind.abort();
    expect(await second).toEqual({ type: 'not-sent', reason: 'aborted' });
    expect(await first).toMatchObject({ type: 'answered', status: 200 });
    expect(simulator.journal.calls('status')).toHaveLength(1);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
