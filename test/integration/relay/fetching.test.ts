import { describe, expect, test } from 'vitest';
import { errorOf, makeToken, withRelay } from '#test/helpers/relay.ts';
import { tidy } from '../../../relay/src/serve.ts';

const RESULT = '{"Result":{"ResultCode":0,"TransactionID":"TAH5J2K991"}}';

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
