import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeYearFile } from '../bench/ledger/year-file.ts';
import { askMeanwhile, describeTimes } from './answer-times.ts';
import { expect, test } from './fixtures.ts';

/** So many lines of a year. `DAFTARI_SCALE=1000000` takes minutes, and says how long the window waited for answers. */
const LINES = Number(process.env.DAFTARI_SCALE ?? 20_000);
const isMeasured = process.env.DAFTARI_SCALE !== undefined;
const LONG = isMeasured ? 15 * 60_000 : 90_000;
const IN_WORDS = LINES.toLocaleString('en');

test.use({ actionTimeout: 30_000 });

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-scale-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const panel = (page: Page) => page.getByRole('region', { name: 'Files being brought in' });
const lineOf = (page: Page, words: string) =>
  panel(page).getByRole('listitem').filter({ hasText: words }).last();
const goTo = async (page: Page, screen: string) => {
  await page.getByRole('navigation').getByRole('link', { name: screen }).click();
  await expect(page.locator('main h1').first()).toBeVisible();
};

/** Asks for what the screens ask for while `act` runs, and looks at every screen once meanwhile. */
async function workMeanwhile(page: Page, during: string, act: () => Promise<void>): Promise<void> {
  const asking = await askMeanwhile(page);
  await act();
  const times = await asking.stop();
  expect(Object.keys(times)).toContain('settings:save');
  if (isMeasured) console.log(`  ${IN_WORDS} lines, ${describeTimes(during, times)}`);
}

async function lookAtScreens(page: Page): Promise<void> {
  for (const screen of ['Sales', 'Reconcile', 'Statements']) await goTo(page, screen);
}

async function clearPanel(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Clear what is finished' }).click();
}

test('a year of a busy shop comes in, is stopped, comes again, is searched and undone, and no screen waits', async ({
  openShop,
}) => {
  test.setTimeout(isMeasured ? 60 * 60_000 : 300_000);
  const path = join(folder, 'year.csv');
  writeYearFile(path, { lines: LINES, days: 365, lastDay: '2026-10-31' });
  const shop = await openShop();
  const { page } = shop;
  await shop.dropFiles([path]);
  const line = lineOf(page, 'year.csv');
  await line.getByRole('button', { name: 'Yes, it is ours' }).click();
  await page.keyboard.type('Main counter');
  await page.keyboard.press('Enter');

  await expect(line.getByRole('progressbar')).toBeVisible();
  await line.getByRole('button', { name: 'Stop bringing in year.csv' }).click();
  await expect(line).toContainText('Nothing of this file was kept', { timeout: LONG });
  await clearPanel(page);

  await shop.dropFiles([path]);
  await workMeanwhile(page, 'while it comes in and is matched', async () => {
    await expect(lineOf(page, 'year.csv').getByRole('progressbar')).toBeVisible();
    await lookAtScreens(page);
    await expect(lineOf(page, 'year.csv')).toContainText(`${IN_WORDS} new`, { timeout: LONG });
  });
  await clearPanel(page);

  await shop.dropFiles([path]);
  await workMeanwhile(page, 'while it comes again', async () => {
    await expect(lineOf(page, 'year.csv')).toContainText(`0 new, ${IN_WORDS} already known`, {
      timeout: LONG,
    });
  });
  await clearPanel(page);

  await workMeanwhile(page, 'with all of it behind the screens', async () => {
    await goTo(page, 'Reconcile');
    const rows = page.getByTestId('question');
    await expect(rows.first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('UJV');
    await expect(rows.first()).toContainText('UJV');
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await lookAtScreens(page);
  });

  // The newest file first: its rows are also in the other one, and stay; then they go.
  await undo(page, 0, `${IN_WORDS} stay because another file`);
  await undo(page, 1, `${IN_WORDS} rows went`);
});

/** Undoes the file of a row of the list, newest first, after its plan. */
async function undo(page: Page, row: number, words: string): Promise<void> {
  await goTo(page, 'Statements');
  await page.getByRole('row').filter({ hasText: 'year.csv' }).nth(row).getByRole('button').first().click();
  const detail = page.getByRole('dialog', { name: 'Imported file' });
  await detail.getByRole('button', { name: 'Undo this import' }).click();
  const plan = page.getByRole('dialog', { name: 'Undo year.csv?' });
  const confirm = plan.getByRole('button', { name: 'Undo the import' });
  await expect(confirm).toBeEnabled({ timeout: LONG });
  await workMeanwhile(page, 'while a file is undone', async () => {
    await confirm.click();
    await expect(panel(page)).toContainText(words, { timeout: LONG });
  });
  await page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
  await clearPanel(page);
}
