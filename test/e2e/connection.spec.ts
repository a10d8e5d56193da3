import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { claimNumbers, confirmAs, goTo, PAYBILL, TILL, writeCertificate } from './connected.ts';
import { press } from './first-run.ts';
import { expect, test } from './fixtures.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-connection-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The card of one number on the Safaricom screen. */
const cardOf = (page: Page, number: string) => page.getByRole('region', { name: `Number ${number}` });

test('the owner connects the shop with Safaricom, each secret typed once and never seen again', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const { safaricom } = world;
  const [app] = safaricom.shop.apps;
  const [operator] = safaricom.shop.operators;
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await claimNumbers(page);
  await goTo(page, 'Safaricom');
  await expect(page.getByText('Nothing is set up yet')).toBeVisible();

  const card = cardOf(page, TILL);
  await card.getByRole('button', { name: 'Set: Daraja app' }).click();
  await page.getByLabel('Consumer key').fill(app?.consumerKey ?? '');
  await page.getByLabel('Consumer secret').fill(app?.consumerSecret ?? '');
  await press(page, 'Keep it');
  await confirmAs(page, 'owner');
  await expect(page.getByText('Kept: the app’s key and secret')).toBeVisible();

  await card.getByRole('button', { name: 'Set: Look-up operator' }).click();
  await page.getByLabel('User name of the operator').fill(operator?.name ?? '');
  await page.getByLabel('Password of the operator').fill(operator?.password ?? '');
  await press(page, 'Keep it');
  await expect(card.getByText(`User name ${operator?.name}`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const secret of [app?.consumerSecret, operator?.password])
    expect(await page.content()).not.toContain(secret);

  await shop.chooseFiles(() => press(page, 'Load another…'), [writeCertificate(world, folder)]);
  await expect(page.getByText('production.simulator.invalid', { exact: true })).toBeVisible();

  // A code that somebody copied with a slip, then the right one.
  const code = await world.makePairingCode();
  await page.getByLabel('Pairing code').fill(code.slice(0, -1) + (code.endsWith('7') ? '8' : '7'));
  await press(page, 'Pair');
  await expect(page.getByText('A character of the code is wrong or missing.')).toBeVisible();
  await page.getByLabel('Pairing code').fill(` ${code.toLowerCase().replaceAll('-', ' ')}\n`);
  await press(page, 'Pair');
  await expect(page.getByText('Relay reached just now')).toBeVisible();

  await card.getByRole('button', { name: 'Register: payment notices' }).click();
  await page.getByLabel('No other system needs the notices of this number').check();
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByText('Safaricom now sends notices of payments to your relay.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expectNothingSeriousInBothThemes(page);

  // What a customer pays now is reported within seconds.
  const payment = safaricom.pay({ cents: 1_240_00, shortCode: TILL, kind: 'buy-goods' });
  await goTo(page, 'Callbacks');
  await expect(page.getByRole('row').filter({ hasText: payment.receipt })).toContainText('Matched');
  await shop.restart();
  await goTo(shop.page, 'Safaricom');
  await expect(cardOf(shop.page, TILL).getByText('registered', { exact: true })).toBeVisible();
  await expect(cardOf(shop.page, PAYBILL)).toBeVisible();
});
