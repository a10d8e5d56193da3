import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRelayFolder, makeToken, SAFARICOM, withRelay } from '#test/helpers/relay.ts';

const RESULT = '{"Result":{"ResultCode":0}}';

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
