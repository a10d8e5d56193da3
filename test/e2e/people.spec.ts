import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { smallStatement } from '../fixtures/small-day.ts';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import {
  finishFirstRun,
  nameOwner,
  nameShop,
  OWNER_PASSWORD,
  press,
  readKit,
  typeGroups,
} from './first-run.ts';
import { expect, test } from './fixtures.ts';
import { signIn } from './shop.ts';

const menu = (page: Page) => page.getByRole('navigation');
const readText = async (locator: Locator) => (await locator.textContent()) ?? '';
const password = (page: Page | Locator) => page.getByLabel('Password', { exact: true });

test('a new shop comes from nothing to its first screen, in either language, by keyboard', async ({
  openShop,
}) => {
  const { page } = await openShop({ people: 'none' });
  await page.getByText('Kiswahili').click();
  await expect(page.getByRole('heading', { name: 'Karibu. Hili ni duka gani?' })).toBeVisible();
  await page.getByText('English').click();
  await expect(page.getByText('Step 1 of 4')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);

  // What is missing is said at the field, and the cursor waits there.
  await press(page, 'Go on');
  await expect(page.getByLabel('Name of the shop')).toBeFocused();
  await expect(page.getByText('Give the shop its name.')).toBeVisible();
  await page.getByLabel('PDF by e-mail').check();
  await expect(page.getByRole('listitem').filter({ hasText: '*234#' })).toBeVisible();
  await nameShop(page);

  await page.getByLabel('Your name').fill('Amina');
  await page.getByLabel('New password').fill('password');
  await expect(page.getByRole('status').filter({ hasText: 'Too short' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  await nameOwner(page);

  const code = await readKit(page);
  await expectNothingSeriousInBothThemes(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: 'Recovery kit of Duka la Amina' })).toBeVisible();
  await expect(page.getByText('Step 3 of 4')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  await press(page, 'I have it on paper');
  await typeGroups(page, Array<string>(8).fill('ZZZZ'));
  await expect(page.getByText('This is not what the paper should say.').first()).toBeVisible();
  await typeGroups(page, code);

  await expect(page.getByRole('img', { name: 'Code to scan with the authenticator app' })).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  const secret = await readText(page.locator('code'));
  await page.getByLabel('The six digits').fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'This is not the code' })).toBeVisible();
  await page.getByLabel('The six digits').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The books of Duka la Amina are open' })).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(10);
  await press(page, 'I have kept them');
  await expect(page.getByRole('heading', { name: 'Bring in your first day' })).toBeVisible();
  await expect(menu(page)).toContainText('Amina · owner');
});

test('the first run can be left and taken up; half made, nothing is usable; the phone can wait, in words', async ({
  openShop,
}) => {
  const shop = await openShop({ people: 'none' });
  await nameShop(shop.page);
  await nameOwner(shop.page);
  const first = await readKit(shop.page);
  await shop.restart();
  const { page } = shop;
  // The shop is remembered; the owner and the code are not.
  await expect(page.getByRole('heading', { name: 'Who is the owner?' })).toBeVisible();
  await press(page, 'Back');
  await expect(page.getByLabel('Name of the shop')).toHaveValue('Duka la Amina');
  await page.keyboard.press('Enter');
  await nameOwner(page);
  const code = await readKit(page);
  expect(code).not.toEqual(first);
  // Going back and on again without a change keeps the code that may be on paper already.
  await press(page, 'Back');
  await press(page, 'Go on');
  expect(await readKit(page)).toEqual(code);
  await press(page, 'I have it on paper');
  await typeGroups(page, code);

  await press(page, 'Not now');
  await expect(page.getByText('whoever learns your password can sign in as the owner')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Finish without it' })).toBeDisabled();
  await page.getByLabel('I understand that').check();
  await expectNothingSeriousInBothThemes(page);
  await press(page, 'Finish without it');
  await press(page, 'Open the books');
  await expect(page.getByRole('heading', { name: 'Bring in your first day' })).toBeVisible();
  await shop.restart();
  await signIn(shop.page, { name: 'amina', password: OWNER_PASSWORD });
  await expect(menu(shop.page)).toContainText('Amina · owner');
});

test('the language of the last step is the language of the books', async ({ openShop }) => {
  const { page } = await openShop({ people: 'none' });
  await nameShop(page);
  await nameOwner(page);
  const code = await readKit(page);
  await press(page, 'I have it on paper');
  await typeGroups(page, code);
  await page.getByText('Kiswahili').click();
  await press(page, 'Sio sasa');
  await page.getByLabel('Nimeelewa').check();
  await press(page, 'Maliza bila hilo');
  await press(page, 'Fungua vitabu vyangu');
  await expect(page.getByRole('heading', { name: 'Ingiza siku yako ya kwanza' })).toBeVisible();
  await press(page, 'Toka');
  await expect(page.getByLabel('Jina lako')).toBeFocused();
});

test('a person keeps the language of the log-in until signing out; only the owner sets it for all', async ({
  openShop,
}) => {
  const { page } = await openShop({ as: 'nobody' });
  await page.getByText('Kiswahili').click();
  await page.getByLabel('Jina lako').fill(PEOPLE.clerk.name);
  await page.getByLabel('Nenosiri', { exact: true }).fill(PEOPLE.clerk.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Mipangilio' }).click();
  await expect(page.getByText('Ni kwako tu, hadi utakapotoka.')).toBeVisible();
  await expect(page.getByLabel('Jina la duka')).toHaveCount(0);
  await expectNothingSeriousInBothThemes(page);
  await page.getByText('Giza', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Daftari imefungwa' })).toBeVisible();
  await page.keyboard.type(PEOPLE.clerk.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Mipangilio' })).toBeVisible();
  await press(page, 'Toka');

  await signIn(page, PEOPLE.owner);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('Kiswahili', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Mipangilio' })).toBeVisible();
  await press(page, 'Toka');
  await expect(page.getByLabel('Jina lako')).toBeFocused();
});

test('an auditor is offered nothing that the role may not do', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  const offers = page.getByRole('button', { name: /Bring in files|Choose the (statement|sales)|Add a sale/ });
  for (const screen of ['Reconcile', 'Statements', 'Sales', 'Settings']) {
    await page.getByRole('link', { name: screen }).click();
    await expect(page.locator('main h1').first()).toBeVisible();
    await expect(offers).toHaveCount(0);
  }
  await page.getByRole('link', { name: 'Sales' }).click();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'What the keys do' });
  await expect(keys).toContainText('Lock');
  await expect(keys).not.toContainText(/Bring in files|Add a sale/);
});

test('a wrong name and a wrong password are refused in the same words, and then one waits', async ({
  openShop,
}) => {
  const { page } = await openShop({ as: 'nobody' });
  await expect(page.getByLabel('Your name')).toBeFocused();
  await expectNothingSeriousInBothThemes(page);
  await press(page, 'Sign in');
  await expect(page.getByText('Write your name.')).toBeVisible();
  const problem = page.getByRole('alert').filter({ hasText: /\w/ });
  const said = new Set<string>();
  for (const name of ['Nobody at all', PEOPLE.owner.name]) {
    await page.getByLabel('Your name').fill(name);
    await password(page).fill('not the password');
    await page.keyboard.press('Enter');
    await expect(problem).toContainText('That did not fit.');
    await expect(password(page)).toBeFocused();
    said.add(await readText(problem));
  }
  expect(said.size).toBe(1);
  await expectNothingSeriousInBothThemes(page);

  const send = page.locator('button[type=submit]');
  for (let i = 0; i < 3; i += 1) {
    await expect(send).toHaveText('Sign in');
    await password(page).fill(`another guess ${i}`);
    await page.keyboard.press('Enter');
    await expect(send).not.toHaveAttribute('data-loading');
  }
  await page.keyboard.press('Enter');
  await expect(problem).toContainText('Too many tries.');
  await expect(send).toContainText(/Wait \d+ second/);
  await expect(send).toHaveText('Sign in', { timeout: 30_000 });
  await password(page).fill(PEOPLE.owner.password);
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeVisible();
});

test('the window is locked from anywhere and unlocked by keyboard; the page forgets the books', async ({
  openShop,
}) => {
  const { page } = await openShop({ as: 'clerk' });
  await page.getByRole('link', { name: 'Sales' }).click();
  await press(page.locator('main'), 'Add a sale N');
  await page.getByRole('dialog').getByRole('textbox').first().fill('A secret of the shop');
  await page.keyboard.press('Control+l');

  await expect(page.getByRole('heading', { name: 'Daftari is locked' })).toBeVisible();
  await expect(page.getByText(`${PEOPLE.clerk.name}clerk`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(menu(page)).toHaveCount(0);
  await expect(password(page)).toBeFocused();
  await expectNothingSeriousInBothThemes(page);

  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That did not fit.')).toBeVisible();
  await page.keyboard.type(PEOPLE.clerk.password);
  await page.keyboard.press('Enter');
  // Where the person was, without what was half typed.
  await expect(page.getByRole('link', { name: 'Sales' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await press(page, 'Lock');
  await press(page, 'Not you? Sign out');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await signIn(page, PEOPLE.auditor);
  await expect(menu(page)).toContainText('Baraka · auditor');
});

test('a file that still waited for an answer is not forgotten in silence', async ({ openShop }) => {
  const shop = await openShop();
  const folder = mkdtempSync(join(tmpdir(), 'daftari-people-'));
  const file = join(folder, 'Statement.csv');
  writeFileSync(file, smallStatement([{ receipt: 'UCE1AAAA01', time: '09:00:00', amount: 100, name: 'A' }]));
  await shop.dropFiles([file]);
  await expect(shop.page.getByRole('button', { name: 'Yes, it is ours' })).toBeVisible();
  await shop.page.keyboard.press('Control+l');
  await password(shop.page).fill(PEOPLE.owner.password);
  await shop.page.keyboard.press('Enter');
  await expect(shop.page.getByText('1 file was still waiting when Daftari was locked.')).toBeVisible();
  rmSync(folder, { recursive: true });
});

test('the recovery code gives the owner a new password', async ({ openShop }) => {
  const { page } = await openShop({ people: 'none' });
  const code = await finishFirstRun(page);
  await press(page, 'Sign out');

  await press(page, "Forgot the owner's password?");
  await expect(page.getByLabel('Group 1 of 8')).toBeFocused();
  await expectNothingSeriousInBothThemes(page);
  // As a person copies it from paper: small letters, dots between, one sign wrong first.
  const wrong = [...code.slice(0, 7), code[7] === 'ZZZZ' ? 'YYYY' : 'ZZZZ'];
  await page.getByLabel('Group 1 of 8').fill(wrong.join('.').toLowerCase());
  await page.getByLabel("The owner's name").fill('AMINA');
  await page.getByLabel('New password').fill('violet tractor lemon');
  await page.getByLabel('The same once more').fill('violet tractor lemon');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Recovery code' }).getByRole('alert')).toHaveText(/\w/);
  await page.getByLabel('Group 8 of 8').fill(code[7] ?? '');
  await press(page, 'Save the password');
  await expect(page.getByRole('status').filter({ hasText: 'The new password is set.' })).toBeVisible();
  await page.getByLabel('Your name').fill('Amina');
  await password(page).fill(OWNER_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('That did not fit.')).toBeVisible();
  await password(page).fill('violet tractor lemon');
  await page.keyboard.press('Enter');
  await expect(menu(page)).toContainText('Amina · owner');
});

test('in the demo each invented person can be tried', async ({ openShop }) => {
  const { page } = await openShop({ demo: true });
  await press(page, 'Sign out');
  await expectNothingSeriousInBothThemes(page);
  await press(page, /clerk/);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu(page)).toContainText('clerk');
  await expect(page.getByRole('link', { name: 'Staff' })).toHaveCount(0);
});
