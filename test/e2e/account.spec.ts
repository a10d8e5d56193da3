import type { Locator, Page } from '@playwright/test';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import { finishFirstRun, OWNER_PASSWORD, press, readKit, typeGroups } from './first-run.ts';
import { expect, test } from './fixtures.ts';
import { signIn } from './shop.ts';

const menu = (page: Page) => page.getByRole('navigation');
const readText = async (locator: Locator) => (await locator.textContent()) ?? '';
const password = (page: Page | Locator) => page.getByLabel('Password', { exact: true });

test('a second factor is switched on after the password, asked at the next sign-in, and replaced by a spare code', async ({
  openShop,
}) => {
  const { page } = await openShop({ as: 'manager' });
  await page.getByRole('link', { name: /Otieno/ }).click();
  await expect(page.getByRole('heading', { name: 'Your login' })).toBeVisible();
  await expectNothingSeriousInBothThemes(page);

  // Called off: nothing happens, and nothing is said.
  await press(page, 'Set up the second factor');
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toHaveCount(0);

  await press(page, 'Set up the second factor');
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(password(question)).toBeFocused();
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(question).toContainText('That did not fit.');
  await expectNothingSeriousInBothThemes(page);
  await password(question).fill(PEOPLE.manager.password);
  await page.keyboard.press('Enter');
  const enrol = page.getByRole('dialog', { name: 'Set up the second factor' });
  const secret = await readText(enrol.locator('code'));
  await expect(enrol.getByLabel('The six digits')).toBeFocused();
  await page.keyboard.type(codeOf(secret));
  await page.keyboard.press('Enter');
  const spare = page.getByRole('dialog', { name: 'Your spare codes' });
  await expect(spare.getByRole('listitem')).toHaveCount(10);
  const codes = await spare.getByRole('listitem').allTextContents();
  expect(new Set(codes).size).toBe(10);
  await expectNothingSeriousInBothThemes(page);
  await press(spare, 'I have kept them');
  await expect(page.getByText('10 spare codes left.')).toBeVisible();

  await press(page, 'Sign out');
  const startSignIn = async () => {
    await page.getByLabel('Your name').fill(PEOPLE.manager.name);
    await password(page).fill(PEOPLE.manager.password);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Code from your authenticator app')).toBeFocused();
  };
  await startSignIn();
  await expectNothingSeriousInBothThemes(page);
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That did not fit.')).toBeVisible();
  // Each code counts once, so the one after it.
  await page.keyboard.type(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeVisible();

  await press(page, 'Sign out');
  await startSignIn();
  await page.keyboard.type(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeVisible();
  await page.getByRole('link', { name: /Otieno/ }).click();
  await expect(page.getByText('9 spare codes left.')).toBeVisible();

  // To switch it off, both are asked for.
  await press(page, 'Switch the second factor off');
  const remove = page.getByRole('dialog', { name: 'Switch the second factor off' });
  await press(remove, 'Switch the second factor off');
  await password(question).fill(PEOPLE.manager.password);
  await question.getByLabel('Code from your authenticator app').fill(codes[1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('off', { exact: true })).toBeVisible();
});

test('one changes one’s own password', async ({ openShop }) => {
  const { page } = await openShop({ as: 'clerk' });
  await page.getByRole('link', { name: /Njeri/ }).click();
  await press(page, 'Change the password');
  await expect(page.getByLabel('Password until now')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Type the password that you use now.')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  await page.getByLabel('Password until now').fill(PEOPLE.clerk.password);
  await page.getByLabel('New password').fill('nine quiet avocados');
  // Shown, it need not be typed twice.
  await page.getByRole('button', { name: 'Show what you type' }).nth(1).click();
  await expect(page.getByLabel('The same once more')).toHaveCount(0);
  await press(page, 'Save the password');
  await expect(page.getByText('Your password was changed.')).toBeVisible();
  await press(page, 'Sign out');
  await signIn(page, { name: PEOPLE.clerk.name, password: 'nine quiet avocados' });
  await expect(menu(page)).toContainText('Njeri · clerk');
});

test('the owner makes a new recovery code', async ({ openShop }) => {
  const { page } = await openShop({ people: 'none' });
  const first = await finishFirstRun(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await press(page, 'Make a new recovery code');
  await password(page.getByRole('dialog', { name: 'Is it you?' })).fill(OWNER_PASSWORD);
  await page.keyboard.press('Enter');
  const code = await readKit(page);
  expect(code).not.toEqual(first);
  await expectNothingSeriousInBothThemes(page);
  await press(page, 'I have it on paper');
  await typeGroups(page, code);
  await expect(page.getByText('The new recovery code counts from now on.')).toBeVisible();
});
