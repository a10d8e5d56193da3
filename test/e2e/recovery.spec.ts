import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { finishFirstRun, OWNER_PASSWORD, press } from './first-run.ts';
import { expect, test } from './fixtures.ts';
import { signIn } from './shop.ts';

test('books whose key is gone from the keychain open with the recovery code, and the next time without it', async ({
  openShop,
}) => {
  const shop = await openShop({ people: 'none' });
  const code = await finishFirstRun(shop.page);
  await shop.loseKey();

  const { page } = shop;
  const reason = page.getByTestId('startup-failure');
  await expect(reason).toHaveAttribute('data-code', 'startup/key-missing');
  await expect(page.getByText('Duka la Amina')).toBeHidden();
  await expectNothingSeriousInBothThemes(page);
  await press(page, 'I have the recovery code');
  await expect(page.getByLabel('Group 1 of 8')).toBeFocused();
  await expectNothingSeriousInBothThemes(page);

  // As it is copied from paper: in one go, small letters, one sign wrong first.
  const wrong = code.with(7, code[7] === 'ZZZZ' ? 'YYYY' : 'ZZZZ');
  await page.getByLabel('Group 1 of 8').fill(wrong.join(' ').toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Recovery code' }).getByRole('alert')).toContainText(
    'This code does not open these books.',
  );
  await page.getByLabel('Group 8 of 8').fill(code[7] ?? '');
  await press(page, 'Open the books');
  await signIn(page, { name: 'Amina', password: OWNER_PASSWORD });
  await expect(page.getByRole('navigation')).toContainText('Amina · owner');

  await shop.restart();
  await expect(shop.page.getByLabel('Your name')).toBeVisible();
});
