import { describe, expect, test } from 'vitest';
import { messagesTarget } from '#shared/domain/relay/shop-url.ts';
import {
  errorOf,
  makeShop,
  makeToken,
  readCode,
  type Shop,
  type TestRelay,
  withRelay,
} from '#test/helpers/relay.ts';
import { renewCode } from '../../../relay/src/commands/operator.ts';
import type { Storage } from '../../../relay/src/storage/storage.ts';

/** A storage that does something of ours just before its first `append`. */
function beforeFirstAppend(act: () => Promise<void>) {
  let isFirst = true;
  return (storage: Storage): Storage => ({
    ...storage,
    append: async (batch) => {
      if (isFirst) {
        isFirst = false;
        await act();
      }
      return storage.append(batch);
    },
  });
}

/** Another PC takes the inbox over with a new code. */
async function takeOver(relay: TestRelay, old: Shop): Promise<Shop> {
  const given = await renewCode({ ...relay, now: Date.now }, old.code.inbox);
  const fresh = await makeShop(relay.origin, readCode(given?.code ?? ''));
  await fresh.pair();
  return fresh;
}

describe('while a callback is on its way to the disk', () => {
  test('another PC pairs: it is sealed anew, for that one', async () => {
    let act: () => Promise<void> = async () => undefined;
    await withRelay({ wrap: beforeFirstAppend(() => act()) }, async (relay) => {
      const old = await relay.pairShop();
      let fresh: Shop | undefined;
      act = async () => {
        fresh = await takeOver(relay, old);
      };
      expect((await relay.deliver(old.resultTarget(makeToken()), '{"n":1}')).status).toBe(200);
      const [message] = (await fresh!.messages(0)).messages;
      expect(Buffer.from(fresh!.open(message!.sealed).body).toString()).toBe('{"n":1}');
      expect((await fresh!.status()).waiting.messages).toBe(1);
    });
  });

  test('the inbox ends: it is refused, and nothing is left', async () => {
    let act: () => Promise<void> = async () => undefined;
    await withRelay({ wrap: beforeFirstAppend(() => act()) }, async (relay) => {
      const shop = await relay.pairShop();
      act = async () => {
        await relay.storage.revoke(shop.code.inbox, Date.now());
      };
      expect(errorOf(await relay.deliver(shop.resultTarget(makeToken()), '{}'))).toBe('404 not-found');
      expect(await relay.storage.readMessages(shop.code.inbox, 0, 10, 1_000)).toEqual([]);
      expect(await relay.storage.findInbox(shop.code.inbox)).toMatchObject({ waiting: 0, waitingBytes: 0 });
    });
  });
});

test('while a PC waits for messages, another takes over: the first is given nothing more', async () => {
  let looked = 0;
  const wrap = (storage: Storage): Storage => ({
    ...storage,
    readMessages: async (...question) => {
      looked += 1;
      return storage.readMessages(...question);
    },
  });
  await withRelay({ wrap }, async (relay) => {
    const old = await relay.pairShop();
    const waiting = old.send('GET', messagesTarget(old.code.inbox, 0, 25));
    await expect.poll(() => looked).toBe(1);
    const fresh = await takeOver(relay, old);
    await relay.deliver(fresh.resultTarget(makeToken()), '{}');
    expect(errorOf(await waiting)).toBe('401 bad-signature');
  });
});
