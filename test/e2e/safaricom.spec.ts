import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSerious, expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

/** What the Safaricom of the tests has on file, see test/daraja-simulator/shop.ts. */
const CODE = '765432';
const LOOK_UP = { name: 'mfanolook', password: 'Look#Up2026' };

async function addNumber(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Number', { exact: true }).fill(CODE);
  await page.getByLabel('Name of the till').fill('Counter');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Number ${CODE} is yours now`)).toBeVisible();
}

async function openSafaricom(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Safaricom' }).click();
  await expect(page.getByRole('heading', { name: 'Safaricom', level: 1 })).toBeVisible();
  return page.getByRole('region', { name: `Number ${CODE}` });
}

/** The line of one secret, by its name. */
const line = (card: Locator, name: string) =>
  card.getByRole('listitem').filter({ has: card.page().getByRole('heading', { name, exact: true }) });

async function confirmAs(page: Page, password: string): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(question.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
}

async function setApp(page: Page, secret = 'consumer-secret-production'): Promise<void> {
  await page.getByRole('button', { name: 'Set: Daraja app' }).click();
  const dialog = page.getByRole('dialog', { name: `Set the app’s key and secret of ${CODE}` });
  await expect(dialog.getByLabel('Consumer key')).toBeFocused();
  await dialog.getByLabel('Consumer key').fill('consumer-key-production');
  await dialog.getByLabel('Consumer secret').fill(secret);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
}

async function setOperator(page: Page, kind: string, { name, password }: typeof LOOK_UP): Promise<void> {
  await page.getByRole('button', { name: `Set: ${kind}` }).click();
  await page.getByLabel('User name of the operator').fill(name);
  await page.getByLabel('Password of the operator').fill(password);
  await page.getByRole('button', { name: 'Keep it' }).click();
}

test('an owner sets the secrets once, with a password, and never sees them again', async ({ openShop }) => {
  const { page } = await openShop();
  await expect(page).toHaveTitle('Daftari · PRODUCTION');
  await addNumber(page);
  const card = await openSafaricom(page);
  await expect(page.getByText('Nothing is set up yet')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);

  await setApp(page);
  await confirmAs(page, PEOPLE.owner.password);
  await expect(line(card, 'Daraja app')).toContainText('not tried yet');
  await expect(line(card, 'Daraja app')).toContainText('by Amina');

  // A password that Safaricom would not take is warned of, and taken.
  await page.getByRole('button', { name: 'Set: Reversal operator' }).click();
  await page.getByLabel('User name of the operator').fill('mfanoback');
  await page.getByLabel('Password of the operator').fill('Back(2026)');
  await expect(page.getByText('Safaricom refuses brackets')).toBeVisible();
  await expectNothingSerious(page);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(line(card, 'Reversal operator')).toContainText(
    'Opens for Amina, by their own password alone.',
  );

  // One operator for both is said plainly, and needs a tick.
  await page.getByRole('button', { name: 'Set: Look-up operator' }).click();
  await page.getByLabel('User name of the operator').fill('MfanoBack');
  await page.getByLabel('Password of the operator').fill('Back(2026)');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeDisabled();
  await page.getByLabel('I know this, and use one operator for both').check();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(line(card, 'Reversal operator')).toContainText('could send money back without an approver');

  // Replacing it by an operator of its own ends that. The old name is there, the old password is not.
  await page.getByRole('button', { name: 'Change: Look-up operator' }).click();
  await page.getByRole('menuitem', { name: 'Replace…' }).click();
  await expect(page.getByLabel('User name of the operator')).toHaveValue('MfanoBack');
  await expect(page.getByLabel('Password of the operator')).toHaveValue('');
  await page.getByLabel('User name of the operator').fill(LOOK_UP.name);
  await page.getByLabel('Password of the operator').fill(LOOK_UP.password);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(line(card, 'Reversal operator')).not.toContainText('without an approver');
  for (const secret of ['consumer-secret-production', 'Back(2026)', LOOK_UP.password])
    expect(await page.content()).not.toContain(secret);

  await page.getByRole('button', { name: 'Change: Daraja app' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove…' }).click();
  await expect(line(card, 'Daraja app')).toContainText('not set');
  await expectNothingSeriousInBothThemes(page);

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByText(`Removed the app’s key and secret of ${CODE}`)).toBeVisible();
  await expect(page.getByText(`Replaced the look-up operator of ${CODE}`).first()).toBeVisible();
});

test('with a relay and a certificate, Pull and notices are registered and a password is rotated with a check', async ({
  openShop,
  openWorld,
}, info) => {
  const world = await openWorld();
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await addNumber(page);
  const card = await openSafaricom(page);
  await setApp(page);
  await confirmAs(page, PEOPLE.owner.password);
  await setOperator(page, 'Look-up operator', LOOK_UP);
  await expect(line(card, 'Look-up operator')).toContainText('not tried yet');

  // Without a relay there is nothing to register.
  await page.getByRole('button', { name: 'Register: payment notices' }).click();
  await expect(page.getByText('Pair a relay first')).toBeVisible();
  await page.getByLabel('No other system needs').check();
  await expect(
    page.getByRole('dialog').getByRole('button', { name: 'Register', exact: true }),
  ).toBeDisabled();
  await page.keyboard.press('Escape');

  const file = info.outputPath('certificate.cer');
  writeFileSync(file, world.safaricom.certificates.production.pem);
  const notOne = join(info.outputDir, 'not-one.cer');
  writeFileSync(notOne, 'time,amount');
  const load = () => page.getByRole('button', { name: 'Load another…' }).click();
  await shop.chooseFiles(load, [notOne]);
  await expect(page.getByText('This file is no certificate')).toBeVisible();
  await shop.chooseFiles(load, [file]);
  await expect(page.getByText('production.simulator.invalid', { exact: true })).toBeVisible();

  await page.getByLabel('Pairing code').fill(await world.makePairingCode());
  await page.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect(page.getByText('Relay reached just now')).toBeVisible();

  await page.getByRole('button', { name: 'Register: payment notices' }).click();
  const register = page.getByRole('dialog').getByRole('button', { name: 'Register', exact: true });
  await expect(page.getByText('In production the addresses are taken once')).toBeVisible();
  await expect(register).toBeDisabled();
  await page.getByLabel('No other system needs').check();
  await expectNothingSerious(page);
  await register.click();
  await expect(page.getByText('Safaricom now sends notices of payments to your relay.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(line(card, 'Payment notices (C2B)').getByText('registered', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Register: Pull' }).click();
  await page.getByLabel('Safaricom number of the account').fill('0722000404');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Safaricom now hands over payments')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(line(card, 'Pull')).toContainText('Number ending in 404');

  world.safaricom.operators.changePassword(LOOK_UP.name, 'Mpya#2027');
  await page.getByRole('button', { name: 'Change: Look-up operator' }).click();
  await page.getByRole('menuitem', { name: 'Rotate, step by step…' }).click();
  const rotate = page.getByRole('dialog', { name: `Rotate the look-up operator of ${CODE}` });
  await rotate.getByRole('button', { name: 'I have the new one: go on' }).click();
  await rotate.getByLabel('Password of the operator').fill('Mpya#2026');
  await rotate.getByRole('button', { name: 'Next' }).click();
  await expect(rotate).toContainText('in memory and not in use yet');
  await rotate.getByRole('button', { name: 'Check: ask for the balance once' }).click();
  await expect(rotate).toContainText('Safaricom refused it', { timeout: 30_000 });
  await expectNothingSerious(page);
  await rotate.getByRole('button', { name: 'Type it again' }).click();
  await rotate.getByLabel('Password of the operator').fill('Mpya#2027');
  await rotate.getByRole('button', { name: 'Next' }).click();
  await rotate.getByRole('button', { name: 'Check: ask for the balance once' }).click();
  await expect(rotate).toContainText('Safaricom took it', { timeout: 30_000 });
  await rotate.getByRole('button', { name: 'Put it into use', exact: true }).click();
  await expect(rotate).toBeHidden();
  await expect(line(card, 'Look-up operator')).toContainText('working');
  await expectNothingSeriousInBothThemes(page);
});

test('an auditor reads how it stands and changes nothing; a clerk does not see it', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  await page.getByRole('link', { name: 'Safaricom' }).click();
  await expect(page.getByText('Which numbers are yours?')).toBeVisible();
  await expect(page.getByRole('button', { name: /Load another|Set:|Pair/ })).toHaveCount(0);
  await expectNothingSeriousInBothThemes(page);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Your name').fill(PEOPLE.clerk.name);
  await page.getByLabel('Password', { exact: true }).fill(PEOPLE.clerk.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'Reconcile' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Safaricom' })).toBeHidden();
  await page.evaluate(() => {
    window.location.hash = '#/safaricom';
  });
  await expect(page.getByText('Your role does not open this screen')).toBeVisible();
});

test('the screen is for everybody to use at 200 %', async ({ openShop }) => {
  const { page } = await openShop();
  await addNumber(page);
  await page.setViewportSize({ width: 683, height: 384 });
  const card = await openSafaricom(page);
  await expect(card.getByRole('button', { name: 'Set: Passkey' })).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  await card.getByRole('button', { name: 'Set: Look-up operator' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
});
