import { expect, test } from './fixtures.ts';

test('books of their own speak with a Safaricom on this computer', async ({ openShop, openWorld }) => {
  const world = await openWorld();
  const { page } = await openShop({ safaricom: world });
  await expect(page.getByText('DEMO', { exact: true }).first()).toBeVisible();
});
