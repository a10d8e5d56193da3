import { describe, expect, test } from 'vitest';
import { errorOf, makeToken, refusedOf, SAFARICOM, send, withRelay } from '#test/helpers/relay.ts';

const RESULT = '{"Result":{"ResultCode":0}}';
const NOT_FOUND = '404 not-found';

describe('who delivers', () => {
  test('an address that is not on the list gets nothing, and the shop is told', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      for (const from of ['203.0.113.9', '196.201.214.201', '2001:db8::1'])
        expect(errorOf(await deliver(target, RESULT, from))).toBe(NOT_FOUND);
      expect((await shop.messages(0)).messages).toEqual([]);
      expect(await refusedOf(shop)).toEqual([
        'address 196.201.214.201 1',
        'address 2001:db8::1 1',
        'address 203.0.113.9 1',
      ]);
    });
  });

  test('X-Forwarded-For is believed from a trusted proxy only', async () => {
    const settings = { DAFTARI_RELAY_TRUSTED_PROXIES: '192.0.2.1' };
    await withRelay({ settings }, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      expect(errorOf(await deliver(shop.resultTarget(makeToken()), RESULT))).toBe(NOT_FOUND);
      expect(await refusedOf(shop)).toEqual(['address 127.0.0.1 1']);
    });
  });

  test.each<[string, string | string[], string]>([
    ['behind the real one', `${SAFARICOM}, 203.0.113.9`, 'address 203.0.113.9 1'],
    ['in a second header', [SAFARICOM, '203.0.113.9'], 'address 203.0.113.9 1'],
    ['in another form', `${SAFARICOM}:443`, 'address unknown 1'],
    ['with text', `${SAFARICOM} evil`, 'address unknown 1'],
    ['as nothing', '', 'address 127.0.0.1 1'],
    ['through a proxy that nobody knows', `${SAFARICOM}, 203.0.113.9, 127.0.0.1`, 'address 203.0.113.9 1'],
  ])('a forged X-Forwarded-For %s is no way in', async (_, forwarded, told) => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const headers = { 'X-Forwarded-For': forwarded };
      expect(errorOf(await send(origin, { target, headers, body: RESULT }))).toBe(NOT_FOUND);
      expect(await refusedOf(shop)).toEqual([told]);
    });
  });

  test.each([
    ['with a forged beginning', `203.0.113.9, ${SAFARICOM}`],
    ['as IPv4 in IPv6', `::ffff:${SAFARICOM}`],
  ])('the address that the trusted proxy saw counts, %s', async (_, forwarded) => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      expect((await deliver(shop.resultTarget(makeToken()), RESULT, forwarded)).status).toBe(200);
      expect(shop.open((await shop.messages(0)).messages[0]!.sealed).facts.from).toBe(SAFARICOM);
    });
  });

  test('without any header, the proxy itself is not Safaricom', async () => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const answer = await send(origin, { target: shop.resultTarget(makeToken()), body: RESULT });
      expect(errorOf(answer)).toBe(NOT_FOUND);
      expect(await refusedOf(shop)).toEqual(['address 127.0.0.1 1']);
    });
  });

  test('a sandbox inbox takes any address, a production inbox beside it does not', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const [sandbox, production] = [await pairShop('sandbox'), await pairShop('production')];
      const from = '203.0.113.9';
      expect((await deliver(sandbox.resultTarget(makeToken()), RESULT, from)).status).toBe(200);
      expect(errorOf(await deliver(production.resultTarget(makeToken()), RESULT, from))).toBe(NOT_FOUND);
      expect((await sandbox.status()).addresses).toBeNull();
      expect((await production.status()).addresses).toHaveLength(12);
    });
  });

  test('the operator changes the list, and it counts at once', async () => {
    await withRelay({}, async ({ pairShop, deliver, storage }) => {
      const shop = await pairShop();
      const from = '196.201.212.128';
      expect((await deliver(shop.resultTarget(makeToken()), RESULT, from)).status).toBe(404);
      await storage.writeAddresses([from]);
      expect((await deliver(shop.resultTarget(makeToken()), RESULT, from)).status).toBe(200);
      expect((await deliver(shop.resultTarget(makeToken()), RESULT)).status).toBe(404);
    });
  });
});

describe('where', () => {
  test('a path that is no inbox says nothing, and no shop is troubled', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const near = shop.code.path.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const targets = [
        `/${near}/${makeToken()}`,
        `/${makeToken()}/${makeToken()}`,
        '/',
        '/inbox',
        `/inbox/${makeToken().slice(0, 16)}/status`,
        '/%zz',
        '/.env',
      ];
      for (const target of targets) expect(errorOf(await deliver(target, RESULT))).toBe(NOT_FOUND);
      const { refused, refusedElsewhere } = await shop.status();
      expect(refused).toEqual([]);
      expect(refusedElsewhere).toEqual([{ reason: 'path', count: targets.length }]);
    });
  });

  test('the right path with anything else behind it is refused, and the shop is told', async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const { path } = shop.code;
      const token = makeToken();
      const wrong = [
        `/${path}`,
        `/${path}/`,
        `/${path}/${token}/`,
        `/${path}/${token}/result`,
        `/${path}/${token}/timeout/x`,
        `/${path}/${token}?x=1`,
        `/${path}/${token.toUpperCase().replace(/^./, 'A')}`,
        `/${path}/${token.slice(1)}`,
        `/${path}/c2b`,
        `/${path}/c2b/other`,
        `/${path}/%63%32%62/confirmation`,
      ];
      for (const target of wrong) expect(errorOf(await deliver(target, RESULT))).toBe(NOT_FOUND);
      expect(await refusedOf(shop)).toEqual([`path ${SAFARICOM} ${wrong.length}`]);
    });
  });

  test("another shop's path brings nothing to this one", async () => {
    await withRelay({}, async ({ pairShop, deliver }) => {
      const [mine, other] = [await pairShop(), await pairShop()];
      await deliver(`/${other.code.path}/${makeToken()}`, RESULT);
      expect((await mine.messages(0)).messages).toEqual([]);
      const target = `/inbox/${other.code.inbox}/messages?after=0&wait=0`;
      expect(errorOf(await mine.send('GET', target))).toBe('401 bad-signature');
      const forged = `/inbox/${other.code.inbox}/ack`;
      expect(errorOf(await mine.send('POST', forged, '{"upTo":1}'))).toBe('401 bad-signature');
      expect((await other.messages(0)).messages.length).toBe(1);
      expect(await refusedOf(other)).toEqual(['signature 127.0.0.1 2']);
    });
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is no way to deliver',
    async (method) => {
      await withRelay({}, async ({ pairShop, origin }) => {
        const shop = await pairShop();
        const headers = { 'X-Forwarded-For': SAFARICOM, Origin: 'https://evil.example' };
        const target = shop.resultTarget(makeToken());
        const answer = await send(origin, { method, target, headers });
        expect(answer.status).toBe(404);
        expect(await refusedOf(shop)).toEqual([`method ${SAFARICOM} 1`]);
        expect(Object.keys(answer.headers).filter((name) => /^(access-control|allow)/.test(name))).toEqual(
          [],
        );
      });
    },
  );
});
