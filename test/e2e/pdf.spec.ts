import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusinessDay } from '../../shared/domain/time.ts';
import { inventStatement } from '../fixtures/statement-files.ts';
import { statementPdf } from '../fixtures/statement-pdf.ts';
import { expect, test } from './fixtures.ts';

const till = inventStatement({
  seed: 4,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 12,
});

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-pdf-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a locked PDF asks for its password, comes in, and shows its code to check', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  const file = join(folder, 'statement.pdf');
  writeFileSync(file, statementPdf([till], { password: '29384756' }));
  await expect(page.getByRole('navigation')).toBeVisible();
  await shop.dropFiles([file]);
  const line = page
    .getByRole('region', { name: 'Files being brought in' })
    .getByRole('listitem')
    .filter({ hasText: 'statement.pdf' });

  await expect(line).toContainText('This PDF is locked');
  await line.getByLabel('Password of this file').fill('12345678');
  await line.getByRole('button', { name: 'Go on' }).click();
  await expect(line).toContainText('That is not its password');
  await line.getByLabel('Password of this file').fill('29384756');
  await page.keyboard.press('Enter');

  await line.getByRole('button', { name: 'Yes, it is ours' }).click();
  const name = line.getByLabel(/^Name for/);
  await expect(name).toBeFocused();
  await name.fill('Main counter');
  await page.keyboard.press('Enter');
  await expect(line).toContainText(`${till.movements.length} rows`);

  await page.getByRole('navigation').getByRole('link', { name: 'Statements' }).click();
  await page.getByRole('row').filter({ hasText: 'statement.pdf' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('ZZ9Y6NLU');
  // The tick shows what the ledger says, so it comes with the answer and not with the click.
  await drawer.getByLabel('Safaricom confirmed this code').click();
  await expect(drawer).toContainText('The owner compared the verification code');
});
