import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { c2bUrls, resultUrls } from '#shared/domain/relay/callback-url.ts';
import { makeToken, SAFARICOM, send, withRelay } from '#test/helpers/relay.ts';
import type { Storage } from '../../../relay/src/storage/storage.ts';

const RESULT = '{"Result":{"ResultCode":0,"TransactionID":"TAH5J2K991"}}';

test('a result reaches the shop whole, with what the relay saw, and nobody else can open it', async () => {
  await withRelay({}, async ({ pairShop, deliver }) => {
    const shop = await pairShop();
    const other = await pairShop();
    const token = makeToken();
    const answer = await deliver(shop.resultTarget(token), RESULT);
    expect([answer.status, answer.body]).toEqual([200, '{"ResultCode":0,"ResultDesc":"Accepted"}']);

    const { messages, hasMore } = await shop.messages(0);
    expect(hasMore).toBe(false);
    expect(messages.map(({ sequence }) => sequence)).toEqual([1]);
    const { facts, body } = shop.open(messages[0]!.sealed);
    expect(facts).toEqual({
      inbox: shop.code.inbox,
      kind: 'result',
      token,
      at: messages[0]!.at,
      from: SAFARICOM,
    });
    expect(Buffer.from(body).toString()).toBe(RESULT);
    expect(() => other.open(messages[0]!.sealed)).toThrow();
    expect((await other.messages(0)).messages).toEqual([]);
  });
});

test('every address that the app gives to Safaricom is one that the relay takes', async () => {
  await withRelay({}, async ({ pairShop, deliver }) => {
    const shop = await pairShop();
    const { origin, path } = shop.code;
    const token = makeToken();
    const { result, timeout } = resultUrls(origin, path, token);
    const { confirmation, validation } = c2bUrls(origin, path);
    const urls = [result, timeout, confirmation, validation];
    for (const [at, url] of urls.entries())
      expect((await deliver(new URL(url).pathname, `{"n":${at}}`)).status).toBe(200);
    // The validation is answered before it is stored.
    await expect.poll(async () => (await shop.messages(0)).messages.length).toBe(4);
    const opened = (await shop.messages(0)).messages.map(({ sealed }) => shop.open(sealed).facts);
    expect(opened.map(({ kind, token }) => [kind, token])).toEqual([
      ['result', token],
      ['timeout', token],
      ['confirmation', null],
      ['validation', null],
    ]);
  });
});

test.each<[string, string | Uint8Array]>([
  ['JSON cut in the middle', '{"Result":{"ResultCo'],
  ['HTML', '<html><body>Service unavailable</body></html>'],
  ['nothing at all', ''],
  ['bytes that are no text', randomBytes(700)],
  ['as much as is taken', Buffer.alloc(65_536, 0x20)],
])('%s is kept as it came: Safaricom does not send it again', async (_, sent) => {
  await withRelay({}, async ({ pairShop, deliver }) => {
    const shop = await pairShop();
    expect((await deliver(shop.resultTarget(makeToken()), sent)).status).toBe(200);
    const { messages } = await shop.messages(0);
    expect(Buffer.from(shop.open(messages[0]!.sealed).body).equals(Buffer.from(sent))).toBe(true);
  });
});

test('whatever a body calls itself, it is taken', async () => {
  await withRelay({}, async ({ pairShop, origin }) => {
    const shop = await pairShop();
    const names = [
      'application/json; charset=utf-8',
      'text/html',
      'nonsense',
      '',
      ';;;',
      'multipart/form-data',
    ];
    for (const name of names) {
      const headers = { 'X-Forwarded-For': SAFARICOM, 'Content-Type': name };
      const answer = await send(origin, { target: shop.resultTarget(makeToken()), headers, body: '{}' });
      expect([name, answer.status]).toEqual([name, 200]);
    }
    expect((await shop.status()).waiting.messages).toBe(names.length);
  });
});

describe('200 is said only when it is on the disk', () => {
  function holdAppends(storage: Storage) {
    const held: (() => void)[] = [];
    const append: Storage['append'] = async (batch) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return storage.append(batch);
    };
    return { storage: { ...storage, append }, held };
  }

  test('a confirmation waits for the storage, a validation does not', async () => {
    let held: (() => void)[] = [];
    const wrap = (storage: Storage) => {
      const holding = holdAppends(storage);
      held = holding.held;
      return holding.storage;
    };
    await withRelay({ wrap }, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const validation = await deliver(`/${shop.code.path}/c2b/validation`, '{"v":1}');
      expect(validation.body).toBe('{"ResultCode":"0","ResultDesc":"Accepted"}');
      expect(held.length).toBe(1);

      const confirmation = deliver(`/${shop.code.path}/c2b/confirmation`, '{"c":1}');
      const first = await Promise.race([confirmation, shop.status()]);
      expect(first).not.toHaveProperty('body');
      held[0]?.();
      await expect.poll(() => held.length).toBe(2);
      held[1]?.();
      expect((await confirmation).status).toBe(200);
    });
  });

  test('a storage that fails is not papered over, and the shop is told', async () => {
    let isBroken = true;
    const wrap = (storage: Storage): Storage => ({
      ...storage,
      append: async (batch) => {
        if (isBroken) throw new Error('disk I/O error');
        return storage.append(batch);
      },
    });
    await withRelay({ wrap }, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const answer = await deliver(target, RESULT);
      expect([answer.status, answer.body]).toEqual([503, '{"error":"unavailable"}']);
      isBroken = false;
      expect((await deliver(target, RESULT)).status).toBe(200);
      const { refused, waiting } = await shop.status();
      expect(refused.map(({ reason, address, count }) => [reason, address, count])).toEqual([
        ['storage', SAFARICOM, 1],
      ]);
      expect(waiting.messages).toBe(1);
    });
  });

  test('of many at once, each is answered and numbered', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const sent = Array.from({ length: 60 }, (_, at) =>
        deliver(shop.resultTarget(makeToken()), `{"n":${at}}`),
      );
      const answers = await Promise.all(sent);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const { messages } = await shop.messages(0);
      expect(messages.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
      const bodies = messages.map(({ sealed }) => Buffer.from(shop.open(sealed).body).toString());
      expect(new Set(bodies).size).toBe(60);
    });
  });
});

describe('the same again', () => {
  test('is answered and kept once, even after it was fetched and acknowledged', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const together = await Promise.all([deliver(target, RESULT), deliver(target, RESULT)]);
      expect(together.map(({ status }) => status)).toEqual([200, 200]);
      await shop.ack(1);
      expect((await deliver(target, RESULT)).status).toBe(200);
      expect((await shop.messages(0)).messages).toEqual([]);
      expect(await shop.status()).toMatchObject({ repeated: 2, lastSequence: 1, waiting: { messages: 0 } });
    });
  });

  test('another body, token or kind is not the same', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const token = makeToken();
      await deliver(shop.resultTarget(token), RESULT);
      await deliver(shop.resultTarget(token), `${RESULT} `);
      await deliver(shop.resultTarget(makeToken()), RESULT);
      await deliver(`${shop.resultTarget(token)}/timeout`, RESULT);
      expect((await shop.messages(0)).messages.length).toBe(4);
    });
  });
});
