import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** What the owner of the first run, Amina, signs in with. */
export const OWNER_PASSWORD = 'mango bicycle river ten';

export const press = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name }).click();

export async function nameShop(page: Page): Promise<void> {
  await page.getByLabel('Name of the shop').fill('Duka la Amina');
  await page.getByLabel('Till or PayBill number 1').fill('5123456');
  await page.getByLabel('Name of number 1').fill('Counter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Who is the owner?' })).toBeVisible();
}

export async function nameOwner(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Amina');
  await page.getByLabel('New password').fill(OWNER_PASSWORD);
  await page.getByLabel('The same once more').fill(OWNER_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recovery-code')).toBeVisible();
}

export async function readKit(page: Page): Promise<string[]> {
  const groups = page.getByTestId('recovery-code').locator('code');
  await expect(groups).toHaveCount(8);
  return groups.allTextContents();
}

/** Types the two groups that the page asks for, as a hand would from paper. */
export async function typeGroups(page: Page, code: readonly string[]): Promise<void> {
  const fields = await page.getByRole('textbox', { name: /^Group \d$/ }).all();
  expect(fields).toHaveLength(2);
  for (const field of fields) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    await field.fill((code[Number(/\d/.exec(label)?.[0]) - 1] ?? '').toLowerCase());
  }
  await page.keyboard.press('Enter');
}

/** From the untouched books to the second factor's step; returns the recovery code. */
async function setUpTo4(page: Page): Promise<string[]> {
  await nameShop(page);
  await nameOwner(page);
  const code = await readKit(page);
  await press(page, 'I have it on paper');
  await typeGroups(page, code);
  await expect(page.getByText('Step 4 of 4')).toBeVisible();
  return code;
}

/** From the untouched books to the first screen, without a second factor; returns the recovery code. */
export async function finishFirstRun(page: Page): Promise<string[]> {
  const code = await setUpTo4(page);
  await press(page, 'Not now');
  await page.getByLabel('I understand that').check();
  await press(page, 'Finish without it');
  await press(page, 'Open the books');
  return code;
}
