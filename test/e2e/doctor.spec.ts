import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { posted } from '../daraja-simulator/fault.ts';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { connect, goTo, PAYBILL, TILL, writeCertificate } from './connected.ts';
import { press } from './first-run.ts';
import { expect, test } from './fixtures.ts';
import { signIn } from './shop.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-doctor-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = (page: Page) => page.getByRole('list', { name: 'What was checked' }).getByRole('listitem');
const line = (page: Page, words: string | RegExp) => lines(page).filter({ hasText: words });

async function openDoctor(page: Page): Promise<void> {
  await goTo(page, 'Safaricom');
  await page.getByRole('tab', { name: 'Doctor' }).click();
  await expect(line(page, 'The keychain keeps secrets')).toBeVisible();
}

test('the doctor says what is wrong, the worst first, and asks Safaricom only when told to', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  const asked = () => world.safaricom.journal.calls('balance').length;
  await openDoctor(page);
  await expect(page.locator('[data-level=failure]')).toHaveCount(0);
  await expect(line(page, `Look-up operator · ${TILL}`)).toContainText('No question was asked');
  expect(asked()).toBe(0);
  await line(page, 'Ledger file').getByRole('button', { name: 'Check now' }).click();
  await expect(line(page, 'Ledger file')).toContainText('The whole ledger file was read');

  world.safaricom.next('balance', posted.answeredWith('8006', 'API Password is locked.'));
  await line(page, `Look-up operator · ${TILL}`).getByRole('button', { name: 'Ask Safaricom' }).click();
  // Both numbers have the same operator: what stops it for one stops it for the other.
  await expect(page.getByRole('heading', { name: /^2 failures/ })).toBeVisible();
  await expect(lines(page).first()).toContainText('The operator is locked');
  await expect(lines(page).first()).toContainText(`The same operator is set for ${PAYBILL}, too`);
  await expect(lines(page).first()).toContainText('8006 API Password is locked.');
  await expectNothingSeriousInBothThemes(page);
  expect(asked()).toBe(1);

  // One that was refused is not tried again, whichever number it is about.
  await press(page, 'Check with Safaricom');
  await expect(page.getByRole('status').filter({ hasText: `Safaricom refused` })).toBeVisible();
  await expect(line(page, `Look-up operator · ${PAYBILL}`)).toContainText('did not accept the operator');
  expect(asked()).toBe(1);

  // No copy is known until somebody says that there is one.
  await line(page, 'Copy of the books').getByRole('button', { name: 'I have made a copy' }).click();
  await expect(line(page, 'Copy of the books')).toContainText('The newest copy of the books is of');
  await lines(page).first().getByRole('link', { name: 'Go to Set-up' }).click();
  await expect(page.getByRole('region', { name: `Number ${TILL}` })).toBeVisible();
});

test('the balance stands under the day, with its time, beside the books', async ({ openShop, openWorld }) => {
  const world = await openWorld();
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  world.safaricom.pay({ cents: 1_240_00, shortCode: TILL, kind: 'buy-goods' });
  await goTo(page, 'Reconcile');
  const balance = page.getByRole('region', { name: 'Balance of Counter' });
  await expect(balance).toContainText('was not asked for the balance yet');
  await balance.getByRole('button', { name: 'Ask now' }).click();
  await expect(balance).toContainText('KES 1,240.00');
  await expect(balance).toContainText(/as of \d\d:\d\d, asked by Amina/);
  await expect(balance.getByText('Not comparable with the books.')).toHaveCount(1);
  await expectNothingSeriousInBothThemes(page);
  await balance.getByRole('button', { name: 'All accounts' }).click();
  const drawer = page.getByRole('dialog', { name: 'Balance of Counter' });
  await expect(drawer).toContainText('1,240.00 available');
  await expectNothingSeriousInBothThemes(page);
  await page.keyboard.press('Escape');

  // Whoever only reads sees it and cannot ask; a clerk sees nothing of it.
  await press(page, 'Sign out');
  await signIn(page, PEOPLE.auditor);
  await expect(balance).toContainText('KES 1,240.00');
  await expect(balance.getByRole('button', { name: 'Ask now' })).toHaveCount(0);
  await press(page, 'Sign out');
  await signIn(page, PEOPLE.clerk);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(balance).toHaveCount(0);
});
