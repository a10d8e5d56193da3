import { expect, test } from './fixtures.ts';

test('shots', async ({ openShop }) => {
  test.setTimeout(300_000);
  const shop = await openShop({ demo: true });
  const { page } = shop;
  const shot = (name: string) => page.screenshot({ path: `/tmp/tmp-lookup/shots/${name}.png` });
  await page.getByTestId('question').first().waitFor();
  await shot('reconcile');
  const receipt =
    /UK[A-Z0-9]{8}/.exec(
      (await page.locator('[data-testid=question][aria-selected=true]').textContent()) ?? '',
    )?.[0] ?? '';
  await page.keyboard.press('Alt+2');
  await page.getByRole('heading', { name: 'Is this payment real?' }).waitFor();
  await shot('empty');
  const field = page.getByRole('textbox', { name: 'Receipt or message' });
  await field.fill(
    `${receipt} Confirmed. Ksh9,250.00 paid to DUKA LA MFANO. on 20/11/26 at 1:06 PM.New M-PESA balance is Ksh987,654.32.`,
  );
  await page.keyboard.press('Enter');
  await page.getByTestId('verdict').waitFor();
  await page.waitForTimeout(500);
  await shot('differs');
  await field.fill('UKK9DEMO01');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('verdict')).toContainText('UKK9DEMO01');
  await shot('asked');
  await field.fill('FT26073ABCDE Ksh 300');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForTimeout(500);
  await shot('no-receipt');
  await field.fill(receipt);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('verdict')).toContainText(receipt);
  await page.waitForTimeout(500);
  await shot('settled');
  await page.keyboard.press('h');
  await page.waitForTimeout(500);
  await shot('hold');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await shot('hold-dark');
  await page.keyboard.press('Escape');
  await shot('dark');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.waitForTimeout(6000);
  await shot('1280');
});
