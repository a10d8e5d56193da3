import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { messagesTarget, shopTarget } from '#shared/domain/relay/shop-url.ts';
import { RELAY_HEADERS } from '#shared/domain/relay/signed-request.ts';
import {
  errorOf,
  isAnswerSigned,
  makeRelayFolder,
  makeShop,
  makeToken,
  send,
  withRelay,
} from '#test/helpers/relay.ts';

const MINUTE = 60_000;

describe('a signed request', () => {
  test('counts once: the same again is refused, for reading and for acknowledging', async () => {
    await withRelay({}, async ({ pairShop, deliver, origin }) => {
      const shop = await pairShop();
      await deliver(shop.resultTarget(makeToken()), '{}');
      const read = shop.sign('GET', messagesTarget(shop.code.inbox, 0, 0));
      expect((await send(origin, read)).status).toBe(200);
      expect(errorOf(await send(origin, read))).toBe('401 replay');
      const ack = shop.sign('POST', shopTarget(shop.code.inbox, 'ack'), '{"upTo":1}');
      expect((await send(origin, ack)).status).toBe(200);
      expect(errorOf(await send(origin, ack))).toBe('401 replay');
      const { refused } = await shop.status();
      expect(refused.map(({ reason, count }) => [reason, count])).toEqual([['replay', 2]]);
    });
  });

  test('counts once across a restart', async () => {
    const folder = makeRelayFolder();
    const used = await withRelay({ folder }, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const request = shop.sign('GET', shopTarget(shop.code.inbox, 'status'));
      expect((await send(origin, request)).status).toBe(200);
      return request;
    });
    await withRelay({ folder }, async ({ origin }) => {
      expect(errorOf(await send(origin, used))).toBe('401 replay');
    });
    rmSync(folder, { recursive: true });
  });

  test('holds for its method, its address, its body, its relay and its key alone', async () => {
    await withRelay({}, async ({ pairShop, deliver, origin }) => {
      const [shop, other] = [await pairShop(), await pairShop()];
      await deliver(shop.resultTarget(makeToken()), '{}');
      const { inbox } = shop.code;
      const read = shop.sign('GET', messagesTarget(inbox, 0, 0));
      const ack = shop.sign('POST', shopTarget(inbox, 'ack'), '{"upTo":0}');
      const signature = String(read.headers?.[RELAY_HEADERS.signature]);
      const flipped = signature.replace(/^./, (first) => (first === '0' ? '1' : '0'));
      const spoilt = [
        { ...read, target: messagesTarget(inbox, 1, 0) },
        { ...read, target: shopTarget(inbox, 'status') },
        { ...ack, body: '{"upTo":1}' },
        { ...read, headers: { ...read.headers, [RELAY_HEADERS.nonce]: makeToken() } },
        { ...read, headers: { ...read.headers, [RELAY_HEADERS.time]: String(Date.now() + 1) } },
        { ...read, headers: { ...read.headers, [RELAY_HEADERS.signature]: flipped } },
        { ...read, headers: { ...read.headers, [RELAY_HEADERS.signature]: signature.slice(2) } },
        { ...read, headers: {} },
        other.sign('GET', messagesTarget(inbox, 0, 0)),
        shop.sign('GET', messagesTarget(inbox, 0, 0), '', { relay: makeToken() }),
      ];
      for (const request of spoilt) expect(errorOf(await send(origin, request))).toBe('401 bad-signature');
      // None of them used up what the true ones need.
      expect((await send(origin, read)).status).toBe(200);
      expect((await send(origin, ack)).status).toBe(200);
    });
  });

  test('may be five minutes off, and is told the time when it is more', async () => {
    const now = Date.UTC(2026, 10, 20, 9);
    await withRelay({ now: () => now }, async ({ pairShop, origin, key }) => {
      const shop = await pairShop();
      const target = shopTarget(shop.code.inbox, 'status');
      for (const gap of [-5 * MINUTE, 5 * MINUTE])
        expect((await send(origin, shop.sign('GET', target, '', { at: now + gap }))).status).toBe(200);
      for (const gap of [-5 * MINUTE - 1, 5 * MINUTE + 1]) {
        const nonce = makeToken();
        const answer = await send(origin, shop.sign('GET', target, '', { at: now + gap, nonce }));
        expect([answer.status, answer.body]).toEqual([401, `{"error":"clock","now":${now}}`]);
        const by = { relayKey: key.publicKey, inbox: shop.code.inbox, nonce };
        expect(isAnswerSigned(by, answer)).toBe(true);
      }
    });
  });

  test('is refused with a question of another form', async () => {
    await withRelay({}, async ({ pairShop }) => {
      const shop = await pairShop();
      const base = `/inbox/${shop.code.inbox}/messages`;
      for (const question of [
        '',
        '?after=0',
        '?after=-1&wait=0',
        '?after=0&wait=26',
        '?wait=0&after=0',
        '?after=01&wait=0',
      ])
        expect(errorOf(await shop.send('GET', base + question))).toBe('400 bad-request');
      expect(errorOf(await shop.send('GET', `/inbox/${shop.code.inbox}/status?x=1`))).toBe('404 not-found');
      expect(errorOf(await shop.send('POST', `/inbox/${shop.code.inbox}/status`))).toBe('404 not-found');
      expect(errorOf(await shop.send('GET', `/inbox/${shop.code.inbox}/ack`))).toBe('404 not-found');
      const long = JSON.stringify({ upTo: 0, x: 'x'.repeat(5_000) });
      expect(errorOf(await shop.send('POST', shopTarget(shop.code.inbox, 'ack'), long))).toBe(
        '413 too-large',
      );
    });
  });
});

test('every answer that follows a right signature is signed for that request alone', async () => {
  await withRelay({}, async ({ pairShop, deliver, origin, key }) => {
    const shop = await pairShop();
    await deliver(shop.resultTarget(makeToken()), '{}');
    const nonce = makeToken();
    const by = { relayKey: key.publicKey, inbox: shop.code.inbox, nonce };
    const answer = await send(origin, shop.sign('GET', messagesTarget(shop.code.inbox, 0, 0), '', { nonce }));
    expect(isAnswerSigned(by, answer)).toBe(true);
    expect(isAnswerSigned({ ...by, nonce: makeToken() }, answer)).toBe(false);
    expect(isAnswerSigned(by, { ...answer, body: '{"messages":[],"hasMore":false}' })).toBe(false);
    const stranger = await makeShop(origin, shop.code);
    const refused = await stranger.send('GET', shopTarget(shop.code.inbox, 'status'));
    expect(refused.headers[RELAY_HEADERS.answerSignature]).toBeUndefined();
  });
});

test('every answer forbids keeping and embedding, names no program and explains nothing', async () => {
  await withRelay({}, async ({ pairShop, deliver, origin }) => {
    const shop = await pairShop();
    const answers = [
      await deliver(shop.resultTarget(makeToken()), '{}'),
      await deliver(`/${makeToken()}/${makeToken()}`, '{}'),
      await deliver('/%zz', '{}'),
      await shop.send('GET', shopTarget(shop.code.inbox, 'status')),
      await send(origin, { method: 'GET', target: shopTarget(shop.code.inbox, 'status') }),
      await shop.send('POST', shopTarget(shop.code.inbox, 'ack'), 'nonsense'),
      await deliver(shop.resultTarget(makeToken()), Buffer.alloc(70_000)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 200, 401, 400, 413]);
    for (const { headers, body, status } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^(server|x-powered-by|access-control-.*|set-cookie)$/),
        ]),
      );
      if (status !== 200) expect(Object.keys(JSON.parse(body))).toEqual(['error']);
      expect(body).not.toMatch(/\bat |\.ts|stack|node_modules/);
    }
  });
});

test('an inbox that has ended takes nothing and gives nothing: its shop is told, strangers are not', async () => {
  await withRelay({}, async ({ pairShop, deliver, storage, origin }) => {
    const shop = await pairShop();
    await deliver(shop.resultTarget(makeToken()), '{}');
    const read = () => shop.send('GET', messagesTarget(shop.code.inbox, 1, 5));
    const waiting = read();
    await shop.status();
    expect(await storage.revoke(shop.code.inbox, Date.now())).toBe(true);
    expect(errorOf(await deliver(shop.resultTarget(makeToken()), '{}'))).toBe('404 not-found');
    expect(errorOf(await read())).toBe('410 revoked');
    expect(errorOf(await waiting)).toBe('410 revoked');
    expect(errorOf(await send(origin, shop.pairRequest()))).toBe('410 revoked');
    const stranger = await makeShop(origin, { ...shop.code, secret: makeToken() });
    expect(errorOf(await send(origin, stranger.pairRequest()))).toBe('401 bad-signature');
    expect(await storage.readMessages(shop.code.inbox, 0, 10, 1_000)).toEqual([]);
  });
});
