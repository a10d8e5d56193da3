import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
import { posted, spoiled } from '#test/daraja-simulator/fault.ts';
import { askStatus, callEntries, callOf } from '#test/helpers/asking.ts';
import { openSafaricomShop, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

/** F17: the power goes between what is written and what is sent. Nothing is asked twice, nothing is forgotten. */

const lastCall = (shop: SafaricomShop) =>
  shop.core.ledger.read.get<{ id: number; state: string; why: string | null; token: string }>(
    `SELECT id, state, why, result_token AS token FROM api_calls WHERE product = 'status' ORDER BY id DESC`,
  );

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('between asking and the acknowledgement: it is lost, not asked again, and answered by its callback', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  const { simulator } = shop;
  const payment = simulator.pay({ cents: 700_00, shortCode: '765432' });
  simulator.next('status', spoiled.slowReply(HOUR));
  const asking = askStatus(shop, payment.receipt);
  await until(() => simulator.journal.calls('status').length === 1);
  expect(lastCall(shop)).toMatchObject({ state: 'intended' });
  const crashing = shop.crash();
  await simulator.advance(HOUR);
  const after = await crashing;
  await asking.catch(() => undefined);
  expect(lastCall(after)).toMatchObject({ state: 'lost', why: '{"id":"safaricom.lost-restart"}' });
  expect(callEntries(after).at(-1)).toMatchObject({
    action: 'call.ended',
    staffId: 0,
    details: { state: 'lost' },
  });
  expect(simulator.journal.calls('status')).toHaveLength(1);
  await simulator.settle();
  await after.collect();
  expect(lastCall(after)).toMatchObject({ state: 'answered' });
});

test('between the acknowledgement and the result: the answer is collected at the next start', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  shop.simulator.next('status', posted.delayed(MINUTE));
  const asked = await askStatus(shop);
  const after = await shop.crash();
  expect(callOf(after, asked)).toMatchObject({ state: 'accepted' });
  await after.simulator.advance(MINUTE);
  await after.collect();
  expect(callOf(after, asked)).toMatchObject({ state: 'answered', code: '2032' });
});

test('a program that ends in order waits for what is in flight, and writes how it ended', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  const { simulator } = shop;
  simulator.next('status', spoiled.slowReply(MINUTE));
  const asking = askStatus(shop);
  const waiting = askStatus(shop, 'UKK7654321');
  await until(() => simulator.journal.calls('status').length === 1);
  const reopening = shop.reopen();
  await simulator.advance(MINUTE);
  const [asked, called] = await Promise.all([asking, waiting]);
  const after = await reopening;
  expect(callOf(after, asked)).toMatchObject({ state: 'accepted' });
  expect(called).toMatchObject({ type: 'not-sent', why: { id: 'safaricom.not-sent-aborted' } });
  expect(callOf(after, called)).toMatchObject({ state: 'not-sent' });
  expect(simulator.journal.calls('status')).toHaveLength(1);
});
