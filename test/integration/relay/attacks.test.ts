import { readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  errorOf,
  makeRelayFolder,
  makeToken,
  SAFARICOM,
  type Shop,
  send,
  withRelay,
} from '#test/helpers/relay.ts';

const RESULT = '{"Result":{"ResultCode":0}}';
const NOT_FOUND = '404 not-found';

/** What the shop is told of what was turned away: reason, address, times. */
async function refusedOf(shop: Shop): Promise<string[]> {
  const { refused } = await shop.status();
  return refused.map(({ reason, address, count }) => `${reason} ${address} ${count}`).sort();
}

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

describe('how much, and how fast', () => {
  /** Speaks to the relay by hand: what it answers until it hangs up, and how much it let us write. */
  function talk(origin: string, speak: (socket: net.Socket) => void): Promise<string> {
    return new Promise((resolve) => {
      const { hostname, port } = new URL(origin);
      const socket = net.connect(Number(port), hostname);
      let said = '';
      socket.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      // It may hang up while we still write: that is what is tested.
      socket.on('error', () => socket.destroy());
      socket.once('close', () => resolve(said));
      socket.once('connect', () => speak(socket));
    });
  }

  const head = (target: string, extra: string, from = SAFARICOM) =>
    `POST ${target} HTTP/1.1\r\nHost: relay\r\nX-Forwarded-For: ${from}\r\n${extra}\r\n\r\n`;

  test('ten megabytes are refused by their announcement: not one byte of them is waited for', async () => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const said = await talk(origin, (socket) => socket.write(head(target, 'Content-Length: 10485760')));
      expect(said).toMatch(/^HTTP\/1\.1 413 /);
      expect(await refusedOf(shop)).toEqual([`size ${SAFARICOM} 1`]);
    });
  });

  test('ten megabytes that were not announced are cut off at 64 KB', async () => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const said = await talk(origin, (socket) => {
        socket.write(head(target, 'Transfer-Encoding: chunked'));
        const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
        for (let n = 0; n < 160; n += 1) socket.write(chunk);
      });
      expect(said === '' || /^HTTP\/1\.1 413 /.test(said)).toBe(true);
      await expect.poll(() => refusedOf(shop)).toEqual([`size ${SAFARICOM} 1`]);
      expect((await shop.messages(0)).messages).toEqual([]);
    });
  });

  test('a stranger is refused before a body is read', async () => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      const announced = head(target, 'Content-Length: 1000', '203.0.113.9');
      expect(await talk(origin, (socket) => socket.write(announced))).toMatch(/^HTTP\/1\.1 404 /);
      const nowhere = head(`/${makeToken()}/${makeToken()}`, 'Content-Length: 1000');
      expect(await talk(origin, (socket) => socket.write(nowhere))).toMatch(/^HTTP\/1\.1 404 /);
    });
  });

  test('a body that drips is cut off, and the shop is told', async () => {
    const patience = { headers: 300, request: 600, check: 100 };
    await withRelay({ patience }, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      let drip: NodeJS.Timeout | undefined;
      const said = await talk(origin, (socket) => {
        socket.write(head(target, 'Content-Length: 1000'));
        drip = setInterval(() => socket.write('x'), 50);
      });
      clearInterval(drip);
      expect(said).toMatch(/^HTTP\/1\.1 408 /);
      expect(await refusedOf(shop)).toEqual([`slow ${SAFARICOM} 1`]);
      expect((await shop.messages(0)).messages).toEqual([]);
    });
  });

  test('headers that drip are cut off too', async () => {
    const patience = { headers: 300, request: 600, check: 100 };
    await withRelay({ patience }, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const said = await talk(origin, (socket) => socket.write('POST /x HTTP/1.1\r\nHost: relay\r\nX-A: '));
      expect(said).toMatch(/^HTTP\/1\.1 408 /);
      await expect
        .poll(async () => (await shop.status()).refusedElsewhere)
        .toEqual([{ reason: 'slow', count: 1 }]);
    });
  });

  test('a body that breaks off is not stored', async () => {
    await withRelay({}, async ({ pairShop, origin }) => {
      const shop = await pairShop();
      const target = shop.resultTarget(makeToken());
      await talk(origin, (socket) => {
        socket.write(`${head(target, 'Content-Length: 1000')}{"Result":`);
        setTimeout(() => socket.destroy(), 100);
      });
      await expect.poll(() => refusedOf(shop)).toEqual([`broken ${SAFARICOM} 1`]);
      expect((await shop.messages(0)).messages).toEqual([]);
    });
  });

  test('what is no HTTP gets a bare refusal', async () => {
    await withRelay({}, async ({ origin }) => {
      const said = await talk(origin, (socket) => socket.write('\u0016\u0003\u0001 nonsense\r\n\r\n'));
      expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(said.split('\r\n\r\n')[1]).toBe('');
    });
  });

  test('a flood of refused requests is stopped by number, and no callback of Safaricom is lost to it', async () => {
    const settings = { DAFTARI_RELAY_REFUSALS_PER_MINUTE: '20' };
    await withRelay({ settings, now: () => Date.UTC(2026, 10, 20) }, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      const flood: number[] = [];
      // From Safaricom's own address, and from the PC's: the worst that a shared address can do.
      for (let n = 0; n < 60; n += 1)
        flood.push((await deliver(`/${makeToken()}/${makeToken()}`, RESULT)).status);
      expect(flood.filter((status) => status === 404)).toHaveLength(20);
      expect(flood.filter((status) => status === 429)).toHaveLength(40);
      for (let n = 0; n < 40; n += 1)
        expect((await deliver(shop.resultTarget(makeToken()), `{"n":${n}}`)).status).toBe(200);
      expect((await shop.messages(0)).messages).toHaveLength(40);
      expect((await shop.status()).refusedElsewhere).toEqual([{ reason: 'path', count: 60 }]);
    });
  });
});

describe('a stolen database', () => {
  test('holds nothing that can be read: no body, no name, no token, no path, no secret', async () => {
    await withRelay({}, async ({ folder, pairShop, create, deliver, config }) => {
      const shop = await pairShop();
      const unpaired = await create();
      const token = makeToken();
      const body = '{"TransID":"TAH5J2K991","MSISDN":"254712345678","FirstName":"ZAWADICANARY"}';
      await deliver(shop.resultTarget(token), body);
      await deliver(`/${shop.code.path}/c2b/confirmation`, body);
      await deliver(`/${shop.code.path}/c2b/validation`, body);
      await expect.poll(async () => (await shop.messages(0)).messages.length).toBe(3);
      const keyFile = config.keyFile.slice(folder.length + 1);
      const stolen = Buffer.concat(
        readdirSync(folder)
          .filter((name) => name !== keyFile)
          .map((name) => readFileSync(join(folder, name))),
      );
      // It is the database, and a value that may stand there in clear is found in it.
      expect(stolen.includes(shop.code.inbox)).toBe(true);
      const secrets = ['ZAWADICANARY', 'TAH5J2K991', '254712345678', 'MSISDN', 'confirmation', SAFARICOM];
      const hex = [token, shop.code.path, shop.code.secret, unpaired.path, unpaired.secret];
      for (const text of [...secrets, ...hex]) expect([text, stolen.includes(text)]).toEqual([text, false]);
      for (const text of hex)
        expect([text, stolen.includes(Buffer.from(text, 'hex'))]).toEqual([text, false]);
    });
  });

  test('what was acknowledged is wiped, not only unlinked', async () => {
    const folder = makeRelayFolder();
    const sealed = await withRelay({ folder }, async ({ pairShop, deliver }) => {
      const shop = await pairShop();
      await deliver(shop.resultTarget(makeToken()), RESULT);
      const [message] = (await shop.messages(0)).messages;
      await shop.ack(1);
      return Buffer.from(message!.sealed, 'base64');
    });
    const left = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    rmSync(folder, { recursive: true });
    expect(left.includes('production')).toBe(true);
    expect(left.includes(sealed.subarray(0, 32))).toBe(false);
  });
});
