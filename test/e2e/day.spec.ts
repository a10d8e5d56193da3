import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { smallSales, smallStatement } from '../fixtures/small-day.ts';
import { expect, test } from './fixtures.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-day-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const inFocus = (page: Page) => page.locator('[data-testid=question][aria-selected=true]');

async function expectTab(page: Page, tab: string, count: number): Promise<void> {
  await expect(page.getByRole('toolbar').getByRole('button', { name: tab })).toHaveText(`${tab} ${count}`);
}

test('the day: drop a statement, drop the sales, work to zero, undo, restart, all still there', async ({
  openShop,
}) => {
  const shop = await openShop();
  const statement = write(
    'statement.csv',
    smallStatement([
      { receipt: 'UCE0DEMO01', time: '08:00:00', amount: 150 },
      { receipt: 'UCE0DEMO02', time: '09:00:00', amount: 720 },
      { receipt: 'UCE0DEMO03', time: '10:00:00', amount: 333 },
    ]),
  );
  const sales = write(
    'sales.csv',
    smallSales([
      { reference: 'S-1', time: '08:01:00', amount: 150, receipt: 'UCE0DEMO01' },
      { reference: 'S-2', time: '09:02:00', amount: 720 },
      { reference: 'S-3', time: '16:00:00', amount: 300 },
    ]),
  );
  await expect(shop.page.getByRole('link', { name: 'Reconcile' })).toBeVisible();

  await test.step('drop the statement, and say that its number is ours', async () => {
    await shop.dropFiles([statement]);
    await shop.page.getByLabel('Name for 1234567').fill('Main counter');
    await shop.page.getByRole('button', { name: 'Yes, it is ours' }).click();
    await expect(shop.page.getByText('3 rows: 3 new, 0 already known, 0 refused.')).toBeVisible();
  });

  await test.step('drop the sales', async () => {
    await shop.dropFiles([sales]);
    await expect(
      shop.page.getByRole('region', { name: 'Files being brought in' }).getByText('2 done'),
    ).toBeVisible();
    await shop.page.getByRole('button', { name: 'Work through the day' }).last().click();
    await expectTab(shop.page, 'Matched', 1);
    await expectTab(shop.page, 'To do', 3);
  });

  await test.step('accept the likely one, match the rest by hand with a note', async () => {
    await inFocus(shop.page).waitFor();
    await shop.page.keyboard.press('Enter');
    await expectTab(shop.page, 'Matched', 2);
    await expect(inFocus(shop.page)).toContainText('UCE0DEMO03');
    await shop.page.keyboard.press('m');
    const dialog = shop.page.getByRole('dialog');
    await dialog.getByText('S-3').click();
    await dialog.getByRole('textbox', { name: /why/i }).fill('paid 33 too much');
    await dialog.getByRole('button', { name: /^Match/ }).click();
    await expectTab(shop.page, 'To do', 0);
    await expectTab(shop.page, 'Matched', 3);
  });

  await test.step('undo the last, and take the file up again after a restart', async () => {
    await shop.page.keyboard.press('Control+z');
    await expectTab(shop.page, 'To do', 2);
    await shop.restart();
    await expectTab(shop.page, 'To do', 2);
    await expectTab(shop.page, 'Matched', 2);
  });

  await test.step('the same file again changes nothing', async () => {
    await shop.dropFiles([statement]);
    await expect(shop.page.getByText('3 rows: 0 new, 3 already known, 0 refused.')).toBeVisible();
    await expectTab(shop.page, 'Matched', 2);
  });
});

test('a file that cannot be read says why, and a good one beside it is taken', async ({ openShop }) => {
  const shop = await openShop();
  const photo = write('statement.csv', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR');
  const empty = write('empty.csv', '');
  const sales = write('sales.csv', smallSales([{ reference: 'S-1', time: '08:01:00', amount: 150 }]));
  await expect(shop.page.getByRole('link', { name: 'Reconcile' })).toBeVisible();
  await shop.dropFiles([photo, empty, sales]);
  const panel = shop.page.getByRole('region', { name: 'Files being brought in' });
  await expect(panel.getByText('1 row: 1 new, 0 already known, 0 refused.')).toBeVisible();
  await expect(panel.getByText(/2 files not taken/).first()).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'empty.csv' })).toContainText(/empty/i);
});
