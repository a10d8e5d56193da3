import { writeFileSync } from 'node:fs';
import net, { type Socket } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DemoWorld } from '../../main/demo/open-demo-world.ts';
import { PEOPLE } from '../helpers/people.ts';
import { press } from './first-run.ts';
import { expect } from './fixtures.ts';
import type { Shop } from './shop.ts';

/** The numbers that the shop of the simulator has. */
export const TILL = '1234567';
export const PAYBILL = '765432';

type Bridge = {
  readonly call: Record<string, (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>;
};

/** Asks main as the page would. Fails the test on a refusal. */
export async function call(page: Page, channel: string, input: unknown): Promise<void> {
  const answer = await page.evaluate(
    async ([name, what]) => {
      const { daftari } = window as unknown as { daftari: Bridge };
      return daftari.call[name as string]?.(what);
    },
    [channel, input] as const,
  );
  expect(answer, channel).toMatchObject({ ok: true });
}

/** Says which numbers are the shop's, without the screens: they have a journey of their own. */
export async function claimNumbers(page: Page): Promise<void> {
  await call(page, 'tills:add', { number: TILL, name: 'Counter', tillId: null });
  await call(page, 'tills:add', { number: PAYBILL, name: 'Invoices', tillId: null });
}

/** The file that Safaricom would give. */
export function writeCertificate({ safaricom }: DemoWorld, folder: string): string {
  const file = join(folder, 'safaricom.cer');
  writeFileSync(file, safaricom.certificates.production.pem);
  return file;
}

/** Connects a shop that knows its numbers with its Safaricom and its relay, quickly; ends on the Safaricom screen. */
export async function connect(shop: Shop, world: DemoWorld, certificate: string): Promise<void> {
  const { page } = shop;
  const [app] = world.safaricom.shop.apps;
  const [operator] = world.safaricom.shop.operators;
  if (app === undefined || operator === undefined) throw new Error('Safaricom has no such shop');
  await claimNumbers(page);
  await call(page, 'access:confirm', { password: PEOPLE.owner.password, code: null });
  for (const shortCode of [TILL, PAYBILL]) {
    const keys = { kind: 'app', key: app.consumerKey, secret: app.consumerSecret };
    await call(page, 'credential:set', { shortCode, credential: keys });
    const secret = { form: 'plain', password: operator.password };
    const lookUp = { kind: 'look-up-operator', name: operator.name, secret };
    const rest = { since: null, acceptsOneOperator: false };
    await call(page, 'credential:set', { shortCode, credential: { ...lookUp, ...rest } });
  }
  await call(page, 'relay:pair', { code: await world.makePairingCode() });
  for (const shortCode of [TILL, PAYBILL])
    await call(page, 'registration:notices', { shortCode, isAware: true });
  await goTo(page, 'Safaricom');
  await shop.chooseFiles(() => press(page, 'Load another…'), [certificate]);
  await expect(page.getByText('production.simulator.invalid', { exact: true })).toBeVisible();
}

/** Through the menu, to the screen of that name. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();
}

/** Types the password again where a dialog asks for it. */
export async function confirmAs(page: Page, role: keyof typeof PEOPLE): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Is it you?' });
  await dialog.getByLabel('Password', { exact: true }).fill(PEOPLE[role].password);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

export type Cable = {
  /** What stands between the shop and its Safaricom. */
  readonly origin: string;
  readonly unplug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
};

/** A cable that can be pulled out: nothing answers at its end then, as when a shop is offline. */
export async function layCable(to: string): Promise<Cable> {
  const target = Number(new URL(to).port);
  const open = new Set<Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.once('close', () => open.delete(one));
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server.listen(port, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
    });
  const port = await listen(0);
  return {
    origin: `http://127.0.0.1:${port}`,
    unplug: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    plugIn: async () => {
      await listen(port);
    },
  };
}
