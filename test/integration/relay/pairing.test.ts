import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { shopTarget } from '#shared/domain/relay/shop-url.ts';
import { pairingToProve } from '#shared/domain/relay/signed-request.ts';
import { errorOf, makeShop, makeToken, readCode, send, withRelay } from '#test/helpers/relay.ts';
import { CODE_LIFE, renewCode } from '../../../relay/src/commands/operator.ts';

describe('a pairing code', () => {
  test('pairs one PC, and the answer says which relay it is', async () => {
    await withRelay({}, async ({ create, origin, key, relay }) => {
      const shop = await makeShop(origin, await create());
      expect(await shop.pair()).toEqual({
        inbox: shop.code.inbox,
        relayKey: key.publicKey,
        environment: 'production',
        lastSequence: 0,
        version: '0.1.0',
      });
      expect(relay.address).toBe(origin);
    });
  });

  test('is answered again when the answer was lost, but to the same keys only', async () => {
    await withRelay({}, async ({ create, origin }) => {
      const code = await create();
      const [shop, second] = [await makeShop(origin, code), await makeShop(origin, code)];
      const first = await shop.pair();
      expect(await shop.pair()).toEqual(first);
      expect(errorOf(await send(origin, second.pairRequest()))).toBe('409 already-paired');
      expect(errorOf(await second.send('GET', shopTarget(code.inbox, 'status')))).toBe('401 bad-signature');
      expect((await shop.status()).refused.map(({ reason, count }) => [reason, count])).toEqual([
        ['signature', 1],
        ['pairing', 1],
      ]);
    });
  });

  test('is answered the second time with the same first number, whatever came in between', async () => {
    await withRelay({}, async ({ create, deliver, origin }) => {
      const shop = await makeShop(origin, await create());
      const first = await shop.pair();
      await deliver(shop.resultTarget(makeToken()), '{"n":1}');
      expect(await shop.pair()).toEqual(first);
      expect((await shop.messages(first.lastSequence)).messages).toHaveLength(1);
    });
  });

  test('of two PCs that use it at the same moment, one gets it', async () => {
    await withRelay({}, async ({ create, origin }) => {
      const code = await create();
      const shops = [await makeShop(origin, code), await makeShop(origin, code)];
      const answers = await Promise.all(shops.map((shop) => send(origin, shop.pairRequest())));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  test('ends after 24 hours', async () => {
    let now = Date.UTC(2026, 10, 20, 9);
    await withRelay({ now: () => now }, async ({ create, origin }) => {
      const code = await create();
      const late = await makeShop(origin, code, () => now);
      const intime = await makeShop(origin, await create(), () => now);
      now += CODE_LIFE;
      await intime.pair();
      now += 1;
      expect(errorOf(await send(origin, late.pairRequest()))).toBe('410 code-expired');
      expect(errorOf(await late.send('GET', shopTarget(code.inbox, 'status')))).toBe('404 not-found');
    });
  });

  test('is worth nothing without its secret, and a wrong one is told nothing', async () => {
    await withRelay({}, async ({ create, origin }) => {
      const shop = await makeShop(origin, await create());
      expect(errorOf(await send(origin, shop.pairRequest(makeToken())))).toBe('401 bad-signature');
      await shop.pair();
      expect(errorOf(await send(origin, shop.pairRequest(makeToken())))).toBe('401 bad-signature');
    });
  });

  test('binds the keys: whoever changes them on the way is refused', async () => {
    await withRelay({}, async ({ create, origin }) => {
      const code = await create();
      const [shop, thief] = [await makeShop(origin, code), await makeShop(origin, code)];
      const body = JSON.parse(String(shop.pairRequest().body));
      const swapped = JSON.stringify({ ...body, boxKey: thief.keys.boxKey });
      const target = shopTarget(code.inbox, 'pair');
      expect(errorOf(await shop.send('POST', target, swapped))).toBe('401 bad-signature');
      // The right proof, signed by another key than the one it names.
      expect(errorOf(await thief.send('POST', target, JSON.stringify(body)))).toBe('401 bad-signature');
      for (const form of ['', '{}', 'nonsense', JSON.stringify({ ...body, more: 1 })])
        expect(errorOf(await shop.send('POST', target, form))).toBe('400 bad-request');
    });
  });

  test('takes no key with which everybody could open what is sealed', async () => {
    await withRelay({}, async ({ create, origin }) => {
      const code = await create();
      const shop = await makeShop(origin, code);
      const keys = { ...shop.keys, boxKey: '00'.repeat(32) };
      const text = pairingToProve({ relay: code.relay, inbox: code.inbox, ...keys });
      const proof = createHmac('sha256', Buffer.from(code.secret, 'hex')).update(text).digest('hex');
      const body = JSON.stringify({ ...keys, proof });
      expect(errorOf(await shop.send('POST', shopTarget(code.inbox, 'pair'), body))).toBe('400 bad-request');
      await shop.pair();
    });
  });

  test('before it is used, nothing is taken for the shop', async () => {
    await withRelay({}, async ({ create, deliver, origin }) => {
      const code = await create();
      expect(errorOf(await deliver(`/${code.path}/${makeToken()}`, '{}'))).toBe('404 not-found');
      const shop = await makeShop(origin, code);
      await shop.pair();
      expect((await shop.status()).refused.map(({ reason }) => reason)).toEqual(['unpaired']);
    });
  });
});

test('a new PC gets a new code: the addresses stay, the old PC is out, what it alone could open is dropped', async () => {
  await withRelay({}, async (relay) => {
    const { deliver, origin, pairShop } = relay;
    const old = await pairShop();
    await deliver(old.resultTarget(makeToken()), '{"n":1}');
    const given = await renewCode({ ...relay, now: Date.now }, old.code.inbox);
    const code = readCode(given?.code ?? '');
    expect([code.path, code.inbox]).toEqual([old.code.path, old.code.inbox]);
    expect(code.secret).not.toBe(old.code.secret);

    // Until the new one pairs, the old one goes on; its own code is spent for good.
    expect((await old.messages(0)).messages.length).toBe(1);
    expect(errorOf(await send(origin, old.pairRequest()))).toBe('401 bad-signature');
    const fresh = await makeShop(origin, code);
    expect(await fresh.pair()).toMatchObject({ lastSequence: 1 });
    expect(errorOf(await old.send('GET', shopTarget(code.inbox, 'status')))).toBe('401 bad-signature');

    expect((await fresh.status()).dropped).toEqual({ tooOld: 0, noRoom: 0, newKeys: 1 });
    await deliver(fresh.resultTarget(makeToken()), '{"n":2}');
    await deliver(old.resultTarget(makeToken()), '{"n":1}');
    const { messages } = await fresh.messages(0);
    expect(messages.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(messages.map(({ sealed }) => Buffer.from(fresh.open(sealed).body).toString())).toEqual([
      '{"n":2}',
      '{"n":1}',
    ]);
  });
});
