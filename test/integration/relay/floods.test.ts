import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { makeToken, refusedOf, SAFARICOM, withRelay } from '#test/helpers/relay.ts';

const RESULT = '{"Result":{"ResultCode":0}}';

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
