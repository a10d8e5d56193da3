import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TILL } from '#main/demo/book.ts';
import { openDemoWorld } from '#main/demo/open-demo-world.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { makeShop, readCode, SAFARICOM, send } from '#test/helpers/relay.ts';

test('a shop can pair with the relay of the demo, hears of payments through it, and nothing goes on afterwards', async () => {
  const folder = freshFolder();
  const world = await openDemoWorld(join(folder, 'around'));
  const code = readCode(await world.makePairingCode());
  expect(code.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const shop = await makeShop(code.origin, code);
  await shop.pair();

  const month = world.safaricom.book.payments();
  expect(month.length).toBeGreaterThan(1_000);
  const confirmationUrl = `${code.origin}/${code.path}/c2b/confirmation`;
  await world.safaricom.post(confirmationUrl, { TransID: 'UKS1234567', BusinessShortCode: TILL });
  const { messages } = await shop.messages(0);
  expect(messages.map(({ sealed }) => shop.open(sealed).facts)).toMatchObject([
    { kind: 'confirmation', from: SAFARICOM },
  ]);
  // Whoever is not Safaricom is turned away, also on this computer.
  const refused = await send(code.origin, { target: `/${code.path}/c2b/confirmation`, body: '{}' });
  expect(refused.status).toBe(404);

  await world.close();
  for (const origin of [code.origin, world.safaricom.origin])
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
  rmSync(folder, { recursive: true });
});
