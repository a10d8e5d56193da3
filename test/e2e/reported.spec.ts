import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { call, connect, goTo, TILL, writeCertificate } from './connected.ts';
import { expect, test } from './fixtures.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-e2e-reported-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a payment is reported by its notice, and settled when Pull lists it', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  const { receipt } = world.safaricom.pay({ cents: 320_000, shortCode: TILL, kind: 'buy-goods' });

  await goTo(page, 'Reconcile');
  const row = page.getByTestId('question').filter({ hasText: receipt });
  await expect(row).toContainText('reported');
  await expect(page.getByText('KES 3,200.00 reported, not yet on a statement')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  await page.keyboard.press('d');
  const details = page.getByRole('dialog');
  await expect(details).toContainText('Reported through the relay only');
  await expect(details).toContainText('M-PESA notice, carried by the relay');
  await page.keyboard.press('Escape');

  await call(page, 'registration:pull', { shortCode: TILL, nominatedNumber: '0722000000' });
  await goTo(page, 'Statements');
  await page.getByRole('tab', { name: 'Calendar' }).click();
  const pull = page.getByRole('region', { name: `Pull for ${TILL}` });
  await pull.getByRole('button', { name: 'Ask now' }).click();
  await expect(pull).toContainText('1 payment');
  await expect(page.getByRole('button', { name: /Pull, in part/ }).first()).toBeVisible();
  await expectNothingSeriousInBothThemes(page);

  await goTo(page, 'Reconcile');
  await expect(row).toBeVisible();
  await expect(row).not.toContainText('reported');
  await expect(page.getByText('reported, not yet on a statement')).toHaveCount(0);
});

test('the owner says above which amount Safaricom is asked at once', async ({ openShop }) => {
  const { page } = await openShop();
  await page.getByRole('link', { name: 'Settings' }).click();
  const amount = page.getByLabel('Ask Safaricom at once above');
  await expect(amount).toHaveValue('10,000.00');
  await amount.fill('many');
  await expect(page.getByText('Type an amount, such as 10,000.')).toBeVisible();
  await amount.fill('5,000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Ask Safaricom at once above')).toHaveValue('5,000.00');
});
