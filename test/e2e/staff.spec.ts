import type { Page } from '@playwright/test';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

const people = (page: Page) => page.getByRole('table', { name: 'People who may come in' });
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function openStaff(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Staff' }).click();
  await expect(people(page)).toBeVisible();
}

/** The password once more, typed at once: the question has the focus. */
async function confirmAs(page: Page, password: string): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(question.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
}

async function chooseAct(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `What to do about ${name}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

test('an owner adds a person, who comes in with a starting password and sees only what the role may', async ({
  openShop,
}) => {
  const { page } = await openShop();
  await openStaff(page);
  await page.keyboard.press('n');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('Wanjiru');
  await page.keyboard.press('Enter');
  await confirmAs(page, PEOPLE.owner.password);
  const starting = page.getByRole('dialog', { name: 'Starting password for Wanjiru' });
  const password = (await starting.getByLabel('Starting password').textContent()) ?? '';
  expect(password).toMatch(/^[a-z]{6}-[a-z]{6}-[a-z]{6}$/);
  await page.keyboard.press('Escape');
  await expect(starting).toBeVisible();
  await starting.getByRole('button', { name: 'I have it, close' }).click();
  await expect(row(page, 'Wanjiru')).toContainText('has to choose a password');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Your name').fill('wanjiru');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('New password', { exact: true }).fill('nine slow tortoises');
  await page.getByLabel('The same once more').fill('nine slow tortoises');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Reconcile' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Staff' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeHidden();
  for (const address of ['#/staff', '#/audit']) {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, address);
    await expect(page.getByText('Your role does not open this screen')).toBeVisible();
  }
});

test('a role, an approval and a login are changed, each with a sentence, a password and a trace', async ({
  openShop,
}) => {
  const { page } = await openShop();
  const { name } = PEOPLE.clerk;
  await openStaff(page);
  await chooseAct(page, name, 'Change role…');
  const dialog = page.getByRole('dialog', { name: `Change the role of ${name}` });
  await expect(dialog.getByRole('button', { name: 'Change role' })).toBeDisabled();
  await dialog.getByLabel('Manager').check();
  await expect(dialog.getByText('An open session ends at once')).toBeVisible();
  await dialog.getByRole('button', { name: 'Change role' }).click();

  // Thinking better of it closes the question, and nothing has happened.
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeHidden();
  await expect(dialog).toBeVisible();
  await expect(row(page, name)).toContainText('Clerk');
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await confirmAs(page, PEOPLE.owner.password);
  await expect(row(page, name)).toContainText('Manager');

  await chooseAct(page, name, 'Approving reversals…');
  const approving = page.getByRole('dialog', { name: `${name} and reversals` });
  await expect(approving.getByRole('button', { name: 'Save' })).toBeDisabled();
  await approving.getByRole('switch', { name: 'May approve reversals' }).press('Space');
  await approving.getByLabel('At most for one reversal, KES').fill('5,000');
  await approving.getByLabel('At most in one day, KES').fill('2000');
  await expect(approving.getByText('Not less than for one reversal.')).toBeVisible();
  await expect(approving.getByRole('button', { name: 'Save' })).toBeDisabled();
  await approving.getByLabel('At most in one day, KES').fill('20000');
  await expect(approving.getByRole('button', { name: 'Save' })).toBeDisabled();
  await approving.getByLabel('I have read this, and let the password alone do for now').check();
  await approving.getByRole('button', { name: 'Save' }).click();
  // The password counts for two minutes: it is not asked again.
  await expect(approving).toBeHidden();
  await expect(row(page, name)).toContainText('up to KES 5,000.00 each, KES 20,000.00 a day');

  await chooseAct(page, name, 'Disable…');
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  const gone = page.getByRole('table', { name: 'May no longer come in' });
  await expect(gone.getByRole('row').filter({ hasText: name })).toContainText('disabled');
  await expect(people(page).getByRole('row').filter({ hasText: name })).toBeHidden();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PEOPLE.clerk.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reconcile' })).toBeHidden();
});

test('an auditor reads who may do what, and can change none of it', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  await openStaff(page);
  await expect(row(page, PEOPLE.auditor.name)).toContainText('you');
  await expect(page.getByRole('button', { name: 'Add a person' })).toBeHidden();
  await expect(page.getByRole('button', { name: /What to do about/ })).toHaveCount(0);
  const rights = page.getByRole('table', { name: 'Who may do what' });
  await expect(rights.getByRole('row').filter({ hasText: 'Read and verify the audit log' })).toContainText(
    'yesyesnoyes',
  );
  await expectNothingSeriousInBothThemes(page);
});

test('the staff screen is for everybody to read, in both themes and at 200 %', async ({ openShop }) => {
  const { page } = await openShop();
  await openStaff(page);
  await expectNothingSeriousInBothThemes(page);
  await page.setViewportSize({ width: 683, height: 384 });
  await expect(page.getByRole('heading', { name: 'Staff' })).toBeVisible();
  await page.getByRole('button', { name: `What to do about ${PEOPLE.clerk.name}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Disable…' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectNothingSeriousInBothThemes(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add a person' })).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
});
