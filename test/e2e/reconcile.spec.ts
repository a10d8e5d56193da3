import type { Locator, Page } from '@playwright/test';
import { expectNothingSerious } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

const question = (page: Page) => page.getByTestId('question');
const inFocus = (page: Page) => page.locator('[data-testid=question][aria-selected=true]');
const lastStep = (page: Page) => page.getByTestId('last-step');
async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

async function tabCount(page: Page, tab: string): Promise<number> {
  const button = page.getByRole('toolbar').getByRole('button', { name: tab });
  await expect(button).toHaveText(/\d/);
  return Number((await textOf(button)).replace(/\D/g, ''));
}

/** Moves down until the row in focus says `words`. */
async function goToRow(page: Page, words: RegExp) {
  await page.keyboard.press('Home');
  await expect(async () => {
    if (!words.test(await textOf(inFocus(page)))) await page.keyboard.press('j');
    expect(await textOf(inFocus(page))).toMatch(words);
  }).toPass({ intervals: [50] });
}

test.describe('the reconcile screen, by keyboard alone', () => {
  test('accepts, refuses, chooses, parks and undoes', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    await expect(question(page).first()).toBeVisible();
    const open = await tabCount(page, 'To do');

    await goToRow(page, /receipt mistyped/);
    const accepted = await inFocus(page).getAttribute('data-key');
    await page.keyboard.press('Enter');
    await expect(lastStep(page)).toContainText('Accepted');
    expect(await inFocus(page).getAttribute('data-key')).not.toBe(accepted);
    await expect.poll(() => tabCount(page, 'To do')).toBe(open - 1);

    await page.keyboard.press('Control+z');
    await expect(lastStep(page)).toContainText('Undone');
    await expect.poll(() => tabCount(page, 'To do')).toBe(open);

    await goToRow(page, /equal answers/);
    const matched = await tabCount(page, 'Matched');
    await page.keyboard.press('1');
    await expect.poll(() => tabCount(page, 'Matched')).toBe(matched + 1);

    const parked = await tabCount(page, 'Parked');
    await goToRow(page, /amount differs/);
    await page.keyboard.press('p');
    await page.keyboard.type('ask the evening cashier');
    await page.keyboard.press('Enter');
    await expect.poll(() => tabCount(page, 'Parked')).toBe(parked + 1);
  });

  test('takes each of several fast answers for the row it was meant for', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    await goToRow(page, /likely/);
    const meant: string[] = [];
    for (let n = 0; n < 2; n++) {
      await goToRow(page, /receipt mistyped|same amount and time/);
      const receipt = /UK[A-Z0-9]{8}/.exec(await textOf(inFocus(page)))?.[0] ?? 'no receipt in the row';
      meant.push(receipt);
      await page.keyboard.press('Enter');
    }
    await expect(lastStep(page)).toContainText(meant[1] ?? '');
    await page.keyboard.press('Control+Shift+Z');
    const log = page.getByRole('dialog');
    for (const receipt of meant) await expect(log.getByText(`Accepted ${receipt}`)).toBeVisible();
  });

  test('a difference is matched only with a note', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    await goToRow(page, /amount differs/);
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByTestId('sum-meter')).toContainText('to find');
    await expect(dialog.getByRole('button', { name: 'Match with the difference' })).toBeDisabled();
    await dialog.getByLabel('Why do the amounts differ?').fill('discount for a torn bag');
    await page.keyboard.press('Enter');
    await expect(lastStep(page)).toContainText('by hand');
  });

  test('accepts all that is likely after a preview, and one undo takes it back', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    await expect(question(page).first()).toBeVisible();
    const open = await tabCount(page, 'To do');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('listitem').first()).toBeVisible();
    const count = await dialog.getByRole('listitem').count();
    await page.keyboard.press('Enter');
    await expect(lastStep(page)).toContainText(`Accepted ${count} matches`);
    // At once, as a quick hand would.
    await page.keyboard.press('Control+z');
    await expect(lastStep(page)).toContainText('Undone');
    await expect.poll(() => tabCount(page, 'To do')).toBe(open);
  });

  test('finds while one types, and letters in the field are only letters', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const receipt = /UK[A-Z0-9]{8}/.exec(await textOf(inFocus(page)))?.[0] ?? 'none';
    await page.keyboard.press('/');
    await page.keyboard.type(receipt.slice(0, 7).toLowerCase());
    await expect(page.getByRole('textbox', { name: 'Receipt, reference' })).toHaveValue(
      receipt.slice(0, 7).toLowerCase(),
    );
    await expect(inFocus(page)).toContainText(receipt);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('is accessible in both themes, dialogs included', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(question(page).first()).toBeVisible();
      await expectNothingSerious(page);
      for (const key of ['m', 'd', 'a', '?', 'Control+Shift+Z']) {
        await page.keyboard.press(key);
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNothingSerious(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    }
  });
});
