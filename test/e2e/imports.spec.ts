import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dayStatement, salesFile } from '../helpers/shop-files.ts';
import { expectNothingSerious } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import type { Shop } from './shop.ts';

const PAYMENTS = [
  { receipt: 'UCE1A2B3C4', time: '08:01:20', amount: 450 },
  { receipt: 'UCE2B3C4D5', time: '09:15:00', amount: 1250 },
  { receipt: 'UCE3C4D5E6', time: '10:42:10', amount: 700 },
];

const SALES = [
  { time: '2026-03-14 08:00:00', amount: 450, reference: 'S-1', receipt: 'UCE1A2B3C4' },
  { time: '2026-03-14 09:14:00', amount: 1250, reference: 'S-2', receipt: 'UCE2B3C4D5' },
  { time: '2026-03-14 12:00:00', amount: 80, reference: 'S-3', tender: 'cash' },
];

/** A till's own export: nobody knows its columns, and its dates can be read in two ways. */
const OWN_COLUMNS = `Siku,Bei ya jumla,Hati
03/04/2026 10:15,"1,250.00",K-1
04/04/2026 11:00,abc,K-2
`;

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-files-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const panel = (page: Page) => page.getByRole('region', { name: 'Files being brought in' });
const lineOf = (page: Page, file: string) => panel(page).getByRole('listitem').filter({ hasText: file });
const rowOf = (page: Page, words: string | RegExp) => page.getByRole('row').filter({ hasText: words });

/** Drops files as soon as the window takes them. */
async function drop(shop: Shop, ...files: readonly string[]) {
  await expect(shop.page.getByRole('navigation')).toBeVisible();
  await shop.dropFiles(files);
}

/** The first statement of a till: its number is not known yet. */
async function sayItIsOurs(page: Page, file: string) {
  const line = lineOf(page, file);
  await expect(line).toContainText('The file speaks of 1234567');
  await line.getByRole('button', { name: 'Yes, it is ours' }).click();
  await expect(line).toContainText('Give it a name');
  // What is wrong has the focus: one goes on typing there, and no letter is taken for a key of the screen.
  await page.keyboard.type('Main counter');
  await page.keyboard.press('Enter');
  await expect(line).toContainText('already known');
}

test.describe('bringing files in', () => {
  test('several at once: results, refusals and questions, each in words', async ({ openShop }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(
      shop,
      write('statement.csv', dayStatement(PAYMENTS)),
      write('empty.csv', ''),
      write('sales.csv', salesFile(SALES)),
    );
    await sayItIsOurs(page, 'statement.csv');
    await expect(lineOf(page, 'statement.csv')).toContainText('3 rows: 3 new, 0 already known, 0 refused.');
    await expect(lineOf(page, 'statement.csv')).toContainText('Adds up');
    await expect(lineOf(page, 'empty.csv')).toContainText('This file is empty');
    await expect(lineOf(page, 'sales.csv')).toContainText('3 new');

    await panel(page).getByRole('button', { name: 'Make this small' }).click();
    await expect(panel(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Sales' }).click();
    await page.getByRole('button', { name: /^Show the files/ }).click();
    await expect(panel(page)).toBeFocused();
    await expect(lineOf(page, 'empty.csv')).toBeVisible();
  });

  test('the same file again changes nothing', async ({ openShop }) => {
    const shop = await openShop();
    const file = write('statement.csv', dayStatement(PAYMENTS));
    await drop(shop, file);
    await sayItIsOurs(shop.page, 'statement.csv');
    await panel(shop.page).getByRole('button', { name: 'Clear what is finished' }).click();
    await drop(shop, file);
    await expect(lineOf(shop.page, 'statement.csv')).toContainText(
      '3 rows: 0 new, 3 already known, 0 refused.',
    );
  });

  test('columns nobody knows are chosen once, seen as they will be read, and remembered', async ({
    openShop,
  }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(shop, write('own.csv', OWN_COLUMNS));
    await lineOf(page, 'own.csv').getByRole('button', { name: 'Choose the columns' }).click();
    const screen = page.getByRole('dialog', { name: 'Columns of own.csv' });
    const bringIn = screen.getByRole('button', { name: 'Bring in this file' });
    await screen.getByLabel('Meaning of Siku').selectOption('Time or date');
    await screen.getByLabel('Meaning of Bei ya jumla').selectOption('Leave out');
    await expect(screen.getByRole('status')).toContainText('Still needed: Amount');
    await expect(bringIn).toBeDisabled();

    await screen.getByLabel('Meaning of Bei ya jumla').selectOption('Amount');
    await expect(rowOf(page, '03/04/2026 10:15')).toContainText('3 Apr 20264 Mar 2026');
    await expect(bringIn).toBeDisabled();
    await screen.getByText('Day first', { exact: true }).last().click();
    await expect(screen.getByRole('row').filter({ hasText: '3 Apr 2026, 10:15' })).toContainText('1,250.00');
    await expect(screen.getByRole('status')).toContainText('1 can be read, 1 cannot');
    await expectNothingSerious(page);
    await bringIn.click();
    await expect(lineOf(page, 'own.csv')).toContainText('1 new, 0 already known, 1 refused');

    await drop(shop, write('own again.csv', OWN_COLUMNS.replace('10:15', '16:30')));
    await expect(lineOf(page, 'own again.csv')).toContainText('1 new');
  });
});

test.describe('the statements screen', () => {
  test('shows what a file proves, and undoes it after a plan', async ({ openShop }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(shop, write('statement.csv', dayStatement(PAYMENTS)));
    await sayItIsOurs(page, 'statement.csv');
    await lineOf(page, 'statement.csv').getByRole('button', { name: 'See the file' }).click();
    const detail = page.getByRole('dialog', { name: 'Imported file' });
    await expect(detail.getByRole('row', { name: 'Money in' })).toContainText('2,400.00');
    await expect(detail).toContainText('Nothing beside this file vouches for it');
    await expectNothingSerious(page);

    await detail.getByRole('button', { name: 'Undo this import' }).click();
    const plan = page.getByRole('dialog', { name: 'Undo statement.csv?' });
    await expect(plan).toContainText('3 rows go');
    await expect(plan).not.toContainText('0 rows');
    await plan.getByRole('button', { name: 'Undo the import' }).click();
    await expect(panel(page)).toContainText('Undone: 3 rows went');
    await expect(detail).toContainText('Its rows no longer count');
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'statement.csv')).toContainText('Undone');
  });

  test('a line that a newer file changed waits for a decision, which can be undone', async ({ openShop }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(shop, write('first.csv', dayStatement(PAYMENTS)));
    await sayItIsOurs(page, 'first.csv');
    const changed = PAYMENTS.map((row) => (row.receipt === 'UCE3C4D5E6' ? { ...row, amount: 900 } : row));
    await drop(shop, write('second.csv', dayStatement(changed)));
    await lineOf(page, 'second.csv').getByRole('button', { name: 'Check what differs' }).click();
    const question = page.getByRole('article', { name: 'A payment line changed' });
    await expect(question.getByRole('row', { name: 'Amount' })).toContainText('KES 700.00KES 900.00');
    await question.getByRole('button', { name: 'Keep what the ledger has' }).click();
    await expect(question).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(question).toBeVisible();
  });

  test('the calendar says what is covered and opens the day', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    await page.getByRole('link', { name: 'Statements' }).click();
    await page.getByRole('tab', { name: 'Calendar' }).click();
    await page
      .getByRole('button', { name: /Whole day/ })
      .first()
      .click();
    await expect(page).toHaveURL(/#\/reconcile\/\d{4}-\d{2}-\d{2}$/);
  });

  test('is accessible in both themes', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('link', { name: 'Statements' }).click();
      for (const tab of ['Files', 'Calendar', 'To check']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
        await expect(page.locator('[class*=Skeleton]')).toHaveCount(0);
        await expectNothingSerious(page);
      }
    }
  });
});

test.describe('the sales screen', () => {
  test('a sale typed, corrected and voided by keyboard says so for ever', async ({ openShop }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(shop, write('sales.csv', salesFile(SALES)));
    await expect(lineOf(page, 'sales.csv')).toContainText('3 new');
    await panel(page).getByRole('button', { name: 'Clear what is finished' }).click();
    await page.getByRole('link', { name: 'Sales' }).click();
    await expect(rowOf(page, 'S-3')).toContainText('Not M-PESA');

    await page.keyboard.press('n');
    await page.keyboard.type('ten');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Add a sale' });
    await expect(form).toContainText('Type an amount such as');
    await form.getByLabel('Amount (KES)').fill('1,500');
    await form.getByLabel('Reference').fill('T-1');
    await page.keyboard.press('Enter');
    await expect(form).toHaveCount(0);
    await expect(rowOf(page, 'T-1')).toContainText('Typed');
    await expect(rowOf(page, 'T-1')).toContainText('1,500.00');

    await rowOf(page, 'T-1').getByRole('button').click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const edit = page.getByRole('dialog', { name: 'Edit the sale' });
    await edit.getByLabel('Amount (KES)').fill('1600');
    await page.keyboard.press('Enter');
    await expect(edit).toContainText('Write in a few words why');
    await edit.getByLabel('Why is it changed?').fill('the price was wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Sale', exact: true })).toContainText('KES 1,600.00');

    await page.getByRole('button', { name: 'Void…' }).click();
    await page.getByLabel('Why is it void?').fill('the customer left');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Void this sale?' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'T-1')).toContainText('Void');

    await shop.restart();
    await shop.page.getByRole('link', { name: 'Sales' }).click();
    await expect(rowOf(shop.page, 'T-1')).toContainText('Typed');
  });

  test('narrows as one types, and says when nothing fits', async ({ openShop }) => {
    const shop = await openShop();
    const { page } = shop;
    await drop(shop, write('sales.csv', salesFile(SALES)));
    await expect(lineOf(page, 'sales.csv')).toContainText('3 new');
    await page.getByRole('link', { name: 'Sales' }).click();
    await expect(rowOf(page, /S-\d/)).toHaveCount(3);
    await page.keyboard.press('/');
    await page.keyboard.type('s-2');
    await expect(rowOf(page, /S-\d/)).toHaveCount(1);
    await page.keyboard.type('99');
    await expect(page.getByText('No sale fits')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect(rowOf(page, /S-\d/)).toHaveCount(3);
  });

  test('is accessible in both themes', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('link', { name: 'Sales' }).click();
      await expect(rowOf(page, 'Matched').first()).toBeVisible();
      await expectNothingSerious(page);
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog', { name: 'Add a sale' })).toBeVisible();
      await expectNothingSerious(page);
      await page.keyboard.press('Escape');
    }
  });
});
