import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { smallStatement } from '../fixtures/small-day.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import type { Shop } from './shop.ts';

const PAID = 'UCE1AAAA01';
const verdict = (page: Page) => page.getByTestId('verdict');
const field = (page: Page) => page.getByRole('textbox', { name: 'Receipt or message' });
const recent = (page: Page) => page.getByTestId('recent');

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-look-up-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** Three payments, and sales for two of them; nothing is set up with Safaricom. */
async function bringDayIn(shop: Shop): Promise<void> {
  const statement = join(folder, 'Statement.csv');
  const sales = join(folder, 'Sales.csv');
  const payments = [1250, 300, 900].map((amount, i) => ({
    receipt: `UCE1AAAA0${i + 1}`,
    time: `1${i}:00:00`,
    amount,
    name: 'AMINA W EXAMPLE',
  }));
  const rows = [
    '2026-03-14 11:01:00,300,S-2,UCE1AAAA02',
    '2026-03-14 18:00:00,1250,S-1,',
    '2026-03-14 18:05:00,40,S-4,',
  ];
  writeFileSync(statement, smallStatement(payments));
  writeFileSync(sales, ['time,amount,reference,receipt', ...rows].join('\n'));
  await shop.dropFiles([statement]);
  await shop.page.getByLabel('Name for 1234567').fill('Counter');
  await shop.page.getByRole('button', { name: 'Yes, it is ours' }).click();
  const outcome = shop.page.getByText('3 rows: 3 new, 0 already known, 0 refused.');
  await expect(outcome).toBeVisible();
  await shop.dropFiles([sales]);
  await expect(outcome).toHaveCount(2);
  await shop.page.getByRole('button', { name: 'Work through the day' }).last().click();
  await expect(shop.page.getByTestId('question').first()).toBeVisible();
}

async function openScreen(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: 'Is this payment real?' })).toBeVisible();
}

async function lookUp(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
  await expect(field(page)).toHaveValue('');
}

/** A paste while nothing that takes text has the focus. */
function pasteAnywhere(page: Page, text: string): Promise<void> {
  return page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

const message = (amount: string) =>
  `${PAID} Confirmed. Ksh${amount} paid to COUNTER. on 14/3/26 at 10:00 AM.New M-PESA balance is Ksh987,654.32.`;

test('the shop’s own books answer: real, held, used, another amount, not there', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop);
  await openScreen(page);
  await expect(field(page)).toBeFocused();
  await expectNothingSeriousInBothThemes(page);

  await lookUp(page, message('1,250.00'));
  await expect(verdict(page)).toHaveAttribute('data-kind', 'settled');
  await expect(verdict(page)).toContainText('Real, and not used yet');
  await expect(verdict(page)).toContainText('Is this customer A. W. E.');
  await expect(page.getByText('987,654')).toHaveCount(0);
  await expectNothingSeriousInBothThemes(page);

  // The card has the focus, so its keys work at once.
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /S-4/ }).check();
  await expect(dialog).toContainText('The payment is of KES 1,250.00, the sale of KES 40.00.');
  await expectNothingSeriousInBothThemes(page);
  await dialog.getByRole('radio', { name: 'A sale that is not rung up yet' }).check();
  await dialog.getByRole('button', { name: 'Hold for a sale' }).click();
  await expect(dialog).toContainText('came in on an earlier day');
  await dialog.getByRole('radio', { name: /S-1/ }).check();
  await dialog.getByRole('button', { name: 'Hold for a sale' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(verdict(page)).toContainText('Real, and held for S-1');
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(verdict(page)).toHaveAttribute('data-kind', 'settled');

  await pasteAnywhere(page, 'UCE1AAAA02');
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('UCE1AAAA02');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Real, but already used for S-2');
  await expect(page.getByRole('button', { name: 'Hold for a sale' })).toHaveCount(0);

  await lookUp(page, message('12,500.00'));
  await expect(verdict(page)).toContainText('The message says KES 12,500.00, but KES 1,250.00 came in');

  await lookUp(page, 'UCE1AAAA0I');
  await expect(verdict(page)).toHaveAttribute('data-kind', 'could-not-ask');
  await expect(verdict(page)).toContainText('not set up to ask Safaricom');
  await expect(page.getByText(`One slip away: ${PAID}`)).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
  await expect(recent(page)).toHaveCount(4);
  await recent(page).last().click();
  await expect(verdict(page)).toHaveAttribute('data-kind', 'settled');

  await shop.restart();
  await openScreen(shop.page);
  await expect(recent(shop.page)).toHaveCount(4);
});

test('what is no receipt is searched by amount and time', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop);
  await openScreen(page);
  await lookUp(page, 'FT26073ABCDE');
  await expect(verdict(page)).toContainText('This is not an M-PESA receipt');
  await expect(verdict(page)).toContainText('Perhaps it is a bank’s or another network’s');
  await page.getByLabel('Amount').fill('900');
  await page.getByLabel('About when').fill('14.3.2026');
  await expect(page.getByText('Write it like 2026-03-14 10:42.')).toBeVisible();
  await page.getByLabel('About when').fill('2026-03-14 11:30');
  await page.getByRole('button', { name: 'Search' }).click();
  await expectNothingSeriousInBothThemes(page);
  await page.getByRole('button', { name: 'Look up UCE1AAAA03' }).click();
  await expect(verdict(page)).toContainText('Real, and not used yet');
});

test('a text that plays tricks is read, or not, and runs nowhere', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop);
  await openScreen(page);
  await lookUp(page, `<img src=x onerror="document.title='owned'"> UC\u0415\u200b1AAAA01 Confirmed.`);
  await expect(verdict(page)).toContainText(PAID);
  await expect(page.getByText('only look like ours')).toBeVisible();
  await expect(page.getByText('characters that show nothing')).toBeVisible();
  await lookUp(page, '=HYPERLINK("http://x.example")');
  await expect(verdict(page)).toHaveAttribute('data-kind', 'not-a-receipt');
  await field(page).fill(`${PAID} Confirmed. ${'Confirmed. '.repeat(20_000)}`);
  await field(page).press('Enter');
  await expect(verdict(page)).toContainText(PAID);
  await expect(page.getByText('only its beginning was read')).toBeVisible();
  expect(await page.title()).not.toContain('owned');
});

test('F looks a row up, and Safaricom’s answer comes in under the eyes', async ({ openShop }) => {
  const { page } = await openShop({ demo: true });
  await expect(page.getByTestId('question').first()).toBeVisible();
  const words = (await page.locator('[data-testid=question][aria-selected=true]').textContent()) ?? '';
  const receipt = /UK[A-Z0-9]{8}/.exec(words)?.[0] ?? 'none';
  await page.keyboard.press('f');
  await expect(verdict(page)).toContainText(receipt);
  await page.keyboard.press('a');
  await expect(page.getByText('Safaricom answered: completed.')).toBeVisible({ timeout: 60_000 });
  await expect(verdict(page)).toHaveAttribute('data-tone', 'good');
  await page.keyboard.press('g');
  await expect(page.getByTestId('question').first()).toBeVisible();

  await openScreen(page);
  await lookUp(page, 'UKS9DEMO01');
  await expect(verdict(page)).toContainText('no answer yet');
  await expect(verdict(page)).toContainText('Safaricom does not know it (yet)', { timeout: 60_000 });
  await expect(recent(page).first()).toContainText('not known yet');
  await expectNothingSeriousInBothThemes(page);
});

test('an auditor reads what was looked up and asks nothing', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  await openScreen(page);
  await expect(field(page)).toHaveCount(0);
  await expect(page.getByText('Asking is for those who work at the counter')).toBeVisible();
  await expect(page.getByText('Nothing has been looked up yet.')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);
});
