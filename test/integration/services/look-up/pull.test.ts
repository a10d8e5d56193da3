import { expect, test } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { HOUR, MINUTE, SECOND, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import { unreached } from '#test/daraja-simulator/fault.ts';
import { openCounter } from '#test/helpers/counter.ts';
import { openPulledShop } from '#test/helpers/pulled-shop.ts';
import { TILL } from '#test/helpers/simulator-caller.ts';

const pay = (shop: Awaited<ReturnType<typeof openPulledShop>>, cents = 750_00) =>
  shop.simulator.pay({ cents, shortCode: TILL, kind: 'buy-goods' });

/** `14/3/26 at 1:06 PM`, as messages write it. */
function messageTime(at: number): string {
  const [day = '', clock = ''] = toIsoNairobi(at as UtcMs).split('T');
  const [year = '', month = '', date = ''] = day.split('-');
  const hour = Number(clock.slice(0, 2));
  return `${Number(date)}/${Number(month)}/${year.slice(2)} at ${hour % 12 || 12}:${clock.slice(3, 5)} ${hour < 12 ? 'AM' : 'PM'}`;
}

test('where Pull is registered its list answers at once, and what it shows is settled', async () => {
  const shop = await openPulledShop();
  const counter = openCounter(shop);
  const { receipt } = pay(shop);
  await shop.simulator.advance(10 * SECOND);
  const found = await counter.lookUp(receipt);
  expect(found).toMatchObject({ kind: 'settled', tone: 'good', asking: { state: 'answered' } });
  expect(found.evidence).toContainEqual(expect.objectContaining({ channel: 'direct', sign: 'good' }));
  expect(shop.simulator.journal.calls('status')).toHaveLength(0);
});

test('of hours ago it is asked around the time that the message gives', async () => {
  const shop = await openPulledShop();
  const counter = openCounter(shop);
  const { receipt, at } = pay(shop);
  await shop.simulator.advance(5 * HOUR);
  const text = `${receipt} Confirmed. Ksh750.00 paid to DUKA LA MFANO. on ${messageTime(at)}.New M-PESA balance is Ksh1.00.`;
  expect(await counter.lookUp(text)).toMatchObject({ kind: 'settled', amountCents: 75_000 });
});

test('what the list lacks, or a Pull that cannot tell, is asked about as before', async () => {
  const shop = await openPulledShop();
  const counter = openCounter(shop);
  const { receipt } = pay(shop);
  await shop.simulator.advance(10 * SECOND);
  shop.simulator.next('pull-query', unreached.hungUp());
  const found = await counter.lookUp(receipt);
  expect(found).toMatchObject({ kind: 'no-answer' });
  await shop.simulator.advance(MINUTE);
  await shop.collect();
  await matchChangedDays(shop.core, PROGRAM);
  expect(counter.show(found)).toMatchObject({ kind: 'reported', amountCents: 75_000 });
  await shop.simulator.advance(HOUR);
  const unknown = await counter.lookUp('UCE6DEMO77');
  expect(unknown).toMatchObject({ kind: 'no-answer' });
});
