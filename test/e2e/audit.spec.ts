import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

/** A sales file in which one customer's number stands in full. */
const SALES = `time,amount,reference,phone,customer
2026-03-14 08:01:00,100,S-1,0712345404,ALICE EXAMPLE
2026-03-14 08:31:00,150,S-2,0712***405,BRIAN EXAMPLE
`;

let folder: string;
let file: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-audit-'));
  file = join(folder, 'Mauzo.csv');
  writeFileSync(file, SALES);
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const log = (page: Page) => page.getByRole('table', { name: 'Audit log' });
const entry = (page: Page, words: string | RegExp) => log(page).getByRole('row').filter({ hasText: words });

async function openLog(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(entry(page, 'Signed in').first()).toBeVisible();
}

test('a full number is one key, one number for half a minute and one entry', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await shop.dropFiles([file]);
  await expect(page.getByText('2 rows: 2 new, 0 already known, 0 refused.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Sales' }).click();
  const sales = page.getByRole('table', { name: 'Sales' });
  const first = sales.getByRole('row').filter({ hasText: 'ALICE EXAMPLE' });
  await expect(first).toContainText('0712 ••• 404');

  // Nothing is in focus yet: the key shows nobody's number.
  await page.keyboard.press('v');
  await expect(first).toContainText('0712 ••• 404');
  await first.getByRole('button').focus();
  await page.keyboard.press('v');
  await expect(first).toContainText('0712 345 404');
  await expect(page.getByText('You can show 29 more today.')).toBeVisible();

  await first.getByRole('button').press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Sale' });
  await expect(drawer).toContainText('0712 345 404');
  await drawer.getByRole('button', { name: 'In the audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  await expect(entry(page, 'Looked at the full phone number of sale')).toHaveCount(1);
  await expect(log(page).getByRole('row')).toHaveCount(2);

  // Locking takes it off the screen, half a minute or not.
  await page.keyboard.press('Control+l');
  await page.getByLabel('Password', { exact: true }).fill(PEOPLE.owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Sales' }).click();
  await expect(first).toContainText('0712 ••• 404');
});

test('a clerk has no such key, and no way to the log', async ({ openShop }) => {
  const shop = await openShop({ as: 'clerk' });
  const { page } = shop;
  await shop.dropFiles([file]);
  await expect(page.getByText('2 rows: 2 new, 0 already known, 0 refused.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Sales' }).click();
  const first = page.getByRole('row').filter({ hasText: 'ALICE EXAMPLE' });
  await first.getByRole('button').press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Sale' });
  await expect(drawer).toContainText('0712 ••• 404');
  await expect(drawer.getByRole('button', { name: 'Show number' })).toBeHidden();
  await expect(drawer.getByRole('button', { name: 'In the audit log' })).toBeHidden();
  await page.keyboard.press('v');
  await expect(drawer).toContainText('0712 ••• 404');
});

test('the log says who did what, before and after, and narrows to it', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name of the shop').fill('Duka la Amina');
  await page.getByLabel('Name of the shop').press('Enter');
  await openLog(page);
  const saved = entry(page, 'Duka la Amina');
  await expect(saved).toContainText(PEOPLE.owner.name);

  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Settings' }).click();
  await expect(entry(page, 'Signed in')).toHaveCount(0);
  await expect(saved).toBeVisible();

  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Audit log' }).click();
  await page.keyboard.press('j');
  await expect(page.locator('[data-row="0"]')).toBeFocused();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('row').filter({ hasText: 'Name of the shop' })).toContainText(
    'Duka la Amina',
  );
  await expect(drawer.getByText('settings.saved')).toBeHidden();
  await drawer.getByText('Technical part').click();
  await expect(drawer.getByText('settings.saved')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('/');
  await page.keyboard.type('no such word anywhere');
  await expect(page.getByText('No such entry')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(entry(page, 'Signed in').first()).toBeVisible();
});

test('the log is verified, against a code too, and a wrong code is said', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  await openLog(page);
  const head = page.getByRole('region', { name: 'The log now' });
  const code = (await head.getByText(/^\d+-[0-9A-Z-]+$/).textContent()) ?? '';
  await page.getByRole('button', { name: 'Verify now' }).click();
  const dialog = page.getByRole('dialog', { name: 'Has anybody changed the log?' });
  await dialog.getByRole('button', { name: 'Verify' }).click();
  await expect(dialog.locator('[data-verdict=done]')).toContainText('Proved up to entry');

  await dialog.getByLabel('A code written down earlier').fill(code.toLowerCase().replaceAll('-', ' '));
  await dialog.getByRole('button', { name: 'Verify again' }).click();
  await expect(dialog.locator('[data-verdict=done]')).toContainText('The printed head stands in it');

  await dialog.getByLabel('A code written down earlier').fill(code.replace(/^\d+/, '9999'));
  await dialog.getByRole('button', { name: 'Verify again' }).click();
  await expect(dialog.getByText('a sign is missing or mistyped')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
});

test('an auditor takes a copy away, after the password, and the copy is in the log', async ({
  openShop,
  host,
}) => {
  const { page } = await openShop({ as: 'auditor' });
  await openLog(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the audit log' });
  await dialog.getByLabel('JSON lines').check();
  await dialog.getByRole('button', { name: 'Make the copy' }).click();
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  await page.keyboard.type(PEOPLE.auditor.password);
  await page.keyboard.press('Enter');
  const save = dialog.getByRole('button', { name: 'Save the file…' });
  await expect(save).toBeVisible();
  // Electron's own dialog is the system's; what it does with the answer has tests of its own.
  if (host === 'browser') {
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(download.suggestedFilename()).toMatch(/^daftari-audit-\d{4}-\d{2}-\d{2}\.jsonl$/);
    const path = join(folder, 'copy.jsonl');
    await download.saveAs(path);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ action: 'audit.exported' });
    await expect(dialog).toBeHidden();
  } else {
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: /newer entr/ }).click();
  await expect(entry(page, /[Ee]xported|copy/).first()).toBeVisible();
});

test('the audit screen is for everybody to read, in both themes and at 200 %', async ({ openShop }) => {
  const { page } = await openShop();
  await openLog(page);
  await expectNothingSeriousInBothThemes(page);
  await page.setViewportSize({ width: 683, height: 384 });
  await expectNothingSeriousInBothThemes(page);
  await page.getByRole('heading', { name: 'Audit log' }).click();
  await page.keyboard.press('j');
  await expect(page.locator('[data-row="0"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
});
