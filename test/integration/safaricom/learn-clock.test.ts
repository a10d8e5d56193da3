import { expect, test } from 'vitest';
import { readSetting } from '#main/db/queries/settings.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { HOUR, SECOND, type UtcMs } from '#shared/domain/time.ts';
import { askBalance } from '#test/helpers/asking.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const known = (shop: SafaricomShop) => readSetting(shop.core.ledger.read, 'clock-offset-ms');
const entries = (shop: SafaricomShop) =>
  shop.core.ledger.read.all(`SELECT details FROM audit_entries WHERE action = 'clock.learnt' ORDER BY seq`);

/** Asks while Safaricom's clock is so far from ours. */
function askWithGap(shop: SafaricomShop, ms: number) {
  const line = { ...shop.parts.line, clockGap: () => ({ ms, at: shop.simulator.now() as UtcMs }) };
  const question = { product: 'balance', shortCode: PAYBILL } as const;
  return ask({ ...shop.parts, line }, shop.actor, question, { subject: 'balance' });
}

test('how far the clock is off is learnt from each answer, and written down when it changes', async () => {
  const shop = await openSafaricomShop({ environment: 'production', credentials: 'working' });
  await askBalance(shop);
  expect(known(shop)).toBeNull();
  await askWithGap(shop, 7 * HOUR);
  expect(known(shop)).toBe(String(7 * HOUR));
  await askWithGap(shop, 7 * HOUR + 9 * SECOND);
  expect(known(shop)).toBe(String(7 * HOUR));
  await askWithGap(shop, -30 * SECOND);
  expect(known(shop)).toBe(String(-30 * SECOND));
  await askWithGap(shop, 4 * SECOND);
  expect(known(shop)).toBe('0');
  expect(entries(shop)).toEqual([
    { details: '{"seconds":25200}' },
    { details: '{"seconds":-30}' },
    { details: '{"seconds":0}' },
  ]);
});

test('a demo learns nothing of its own clock', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  await askWithGap(shop, 7 * HOUR);
  expect(known(shop)).toBeNull();
});
