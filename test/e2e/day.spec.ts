import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { smallSales, smallStatement } from '../fixtures/small-day.ts';
import { expect, test } from './fixtures.ts';

const tab = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name });
const lastStep = (page: Page) => page.getByTestId('last-step');

let folder: string;
let statement: string;
let sales: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-day-'));
  statement = join(folder, 'Statement 14 March.csv');
  sales = join(folder, 'Mauzo 14 March.csv');
  writeFileSync(
    statement,
    smallStatement([
      { receipt: 'UCE1AAAA01', time: '09:00:00', amount: 100 },
      { receipt: 'UCE1AAAA02', time: '10:00:00', amount: 250 },
      { receipt: 'UCE1AAAA03', time: '11:00:00', amount: 300 },
    ]),
  );
  writeFileSync(
    sales,
    smallSales([
      { reference: 'S1', time: '09:01', amount: 100, receipt: 'UCE1AAAA01' },
      { reference: 'S2', time: '10:02', amount: 250 },
    ]),
  );
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('a clerk brings the day in, works it to zero, takes a step back, and finds it all again', async ({
  openShop,
}) => {
  const shop = await openShop();
  await shop.dropFiles([statement]);
  await shop.page.getByLabel('Name for 1234567').fill('Counter');
  await shop.page.getByRole('button', { name: 'Yes, it is ours' }).click();
  await expect(shop.page.getByText('3 rows: 3 new, 0 already known, 0 refused.')).toBeVisible();
  await shop.dropFiles([sales]);
  await expect(shop.page.getByText('2 rows: 2 new, 0 already known, 0 refused.')).toBeVisible();
  await shop.page.getByRole('button', { name: 'Work through the day' }).last().click();

  // The receipt that the cashier typed settles one; one is likely; one payment was never rung up.
  await expect(tab(shop.page, 'Matched')).toHaveText(/1$/);
  await expect(tab(shop.page, 'To do')).toHaveText(/2$/);
  await shop.page.keyboard.press('Home');
  await acceptLikely(shop.page);
  await expect(tab(shop.page, 'To do')).toHaveText(/1$/);
  await shop.page.keyboard.press('p');
  await shop.page.keyboard.type('the customer comes back on Monday');
  await shop.page.keyboard.press('Enter');
  await expect(tab(shop.page, 'To do')).toHaveText(/0$/);
  await expect(tab(shop.page, 'Parked')).toHaveText(/1$/);

  await shop.page.keyboard.press('Control+z');
  await expect(lastStep(shop.page)).toContainText('Undone');
  await expect(tab(shop.page, 'To do')).toHaveText(/1$/);
  await expect(tab(shop.page, 'Parked')).toHaveText(/0$/);

  await shop.restart();
  await expect(tab(shop.page, 'Matched')).toHaveText(/2$/);
  await expect(tab(shop.page, 'To do')).toHaveText(/1$/);
  await expect(shop.page.getByTestId('question')).toContainText('UCE1AAAA03');

  await shop.dropFiles([statement]);
  await expect(shop.page.getByText('3 rows: 0 new, 3 already known, 0 refused.')).toBeVisible();
  await expect(tab(shop.page, 'Matched')).toHaveText(/2$/);
});

/** Goes to the row that proposes a match, and takes it. */
async function acceptLikely(page: Page): Promise<void> {
  const inFocus = page.locator('[data-testid=question][aria-selected=true]');
  await expect(async () => {
    if (!/UCE1AAAA02/.test((await inFocus.textContent()) ?? '')) await page.keyboard.press('j');
    await expect(inFocus).toContainText('UCE1AAAA02', { timeout: 100 });
  }).toPass({ intervals: [50] });
  await page.keyboard.press('Enter');
}

test('files are also chosen, not only dropped', async ({ openShop }) => {
  const shop = await openShop();
  await shop.chooseFiles(
    () => shop.page.getByRole('button', { name: 'Choose the statement' }).click(),
    [statement],
  );
  await expect(shop.page.getByText('The file speaks of 1234567')).toBeVisible();
});
