import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { c2bUrls, resultUrls } from '#shared/domain/relay/callback-url.ts';
import { errorOf, makeToken, SAFARICOM, send, withRelay } from '#test/helpers/relay.ts';
import { tidy } from '../../../relay/src/serve.ts';
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

describe('fetching', () => {
  test('goes on from any number, in order, until it is acknowledged', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      for (const n of [1, 2, 3]) await deliver(shop.resultTarget(makeToken()), `{"n":${n}}`);
      const numbers = async (after: number) =>
        (await shop.messages(after)).messages.map(({ sequence }) => sequence);
      expect(await numbers(0)).toEqual([1, 2, 3]);
      expect(await numbers(1)).toEqual([2, 3]);
      expect(await numbers(0)).toEqual([1, 2, 3]);
      expect(await shop.ack(2)).toEqual({ acknowledgedTo: 2, removed: 2 });
      expect(await numbers(0)).toEqual([3]);
      expect(await shop.ack(2)).toEqual({ acknowledgedTo: 2, removed: 0 });
      expect(await shop.ack(1)).toEqual({ acknowledgedTo: 2, removed: 0 });
      await deliver(shop.resultTarget(makeToken()), '{"n":4}');
      expect(await numbers(0)).toEqual([3, 4]);
    });
  });

  test('what was never given cannot be acknowledged', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      await deliver(shop.resultTarget(makeToken()), RESULT);
      const target = `/inbox/${shop.code.inbox}/ack`;
      expect(errorOf(await shop.send('POST', target, '{"upTo":2}'))).toBe('409 beyond-last');
      for (const body of [
        '{"upTo":-1}',
        '{"upTo":1.5}',
        '{"upTo":"1"}',
        '{}',
        'nonsense',
        '{"upTo":1,"x":1}',
      ])
        expect(errorOf(await shop.send('POST', target, body))).toBe('400 bad-request');
      expect((await shop.messages(0)).messages.length).toBe(1);
    });
  });

  // It would wait 25 seconds for itself: ended by its time limit, it was not woken.
  test('a request that waits is answered when something comes', { timeout: 15_000 }, async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const waiting = shop.messages(0, 25);
      // The relay has it in hand once a second request behind it was answered.
      await shop.status();
      await deliver(shop.resultTarget(makeToken()), RESULT);
      expect((await waiting).messages.map(({ sequence }) => sequence)).toEqual([1]);
    });
  });

  test('a request that waits ends empty after its time', async () => {
    await withRelay({}, async ({ pairShop }) => {
      const shop = await pairShop();
      expect(await shop.messages(0, 1)).toEqual({ messages: [], hasMore: false });
    });
  });

  test('a long backlog comes in pages', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      for (let n = 0; n < 20; n += 1)
        await deliver(shop.resultTarget(makeToken()), Buffer.alloc(60_000, String(n)));
      const numbers: number[] = [];
      for (let hasMore = true; hasMore; ) {
        const page = await shop.messages(numbers.at(-1) ?? 0);
        numbers.push(...page.messages.map(({ sequence }) => sequence));
        hasMore = page.hasMore;
        expect(page.messages.length).toBeLessThan(20);
      }
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    });
  });

  test('two PCs with the same keys get the same; what one acknowledged, the other sees in the status', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      await deliver(shop.resultTarget(makeToken()), RESULT);
      const [one, other] = await Promise.all([shop.messages(0), shop.messages(0)]);
      expect(one).toEqual(other);
      await shop.ack(1);
      expect((await shop.messages(0)).messages).toEqual([]);
      expect(await shop.status()).toMatchObject({ acknowledgedTo: 1, lastSequence: 1 });
    });
  });
});

describe('what is not fetched', () => {
  test('is counted and dropped after its days', async () => {
    let time = Date.UTC(2026, 10, 20);
    await withRelay({ now: () => time, settings: { DAFTARI_RELAY_KEEP_DAYS: '30' } }, async (relay) => {
      const shop = await relay.pairShop();
      await relay.deliver(shop.resultTarget(makeToken()), '{"n":1}');
      time += 29 * 86_400_000;
      await relay.deliver(shop.resultTarget(makeToken()), '{"n":2}');
      const parts = { storage: relay.storage, config: relay.config, now: () => time };
      expect(await tidy(parts)).toBe(0);
      time += 2 * 86_400_000;
      expect(await tidy(parts)).toBe(1);
      expect((await shop.messages(0)).messages.map(({ sequence }) => sequence)).toEqual([2]);
      expect((await shop.status()).dropped).toEqual({ tooOld: 1, noRoom: 0, newKeys: 0 });
    });
  });

  test('makes room for what comes, in its own inbox only', async () => {
    await withRelay({ settings: { DAFTARI_RELAY_INBOX_MEGABYTES: '0.1' } }, async ({ pairShop, deliver }) => {
      const [full, other] = [await pairShop(), await pairShop()];
      await deliver(other.resultTarget(makeToken()), Buffer.alloc(60_000, 'o'));
      for (const fill of ['a', 'b', 'c'])
        expect((await deliver(full.resultTarget(makeToken()), Buffer.alloc(60_000, fill))).status).toBe(200);
      expect((await full.messages(0)).messages.map(({ sequence }) => sequence)).toEqual([3]);
      expect((await full.status()).dropped.noRoom).toBe(2);
      expect((await other.messages(0)).messages.length).toBe(1);
    });
  });

  test('never fills the disk: then nothing is taken, and the shop is told', async () => {
    await withRelay({ settings: { DAFTARI_RELAY_TOTAL_MEGABYTES: '0.1' } }, async ({ pairShop, deliver }) => {
      const [one, other] = [await pairShop(), await pairShop()];
      await deliver(one.resultTarget(makeToken()), Buffer.alloc(60_000, 'a'));
      expect((await deliver(other.resultTarget(makeToken()), Buffer.alloc(60_000, 'b'))).status).toBe(503);
      expect((await other.status()).refused.map(({ reason }) => reason)).toEqual(['storage']);
      await one.ack(1);
      expect((await deliver(other.resultTarget(makeToken()), Buffer.alloc(60_000, 'b'))).status).toBe(200);
    });
  });
});
