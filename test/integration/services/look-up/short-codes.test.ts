import { expect, test } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { write } from '#test/helpers/asking.ts';
import { openCounter } from '#test/helpers/counter.ts';
import { unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

const UNKNOWN = posted.answeredWith('2032', 'The transaction receipt number does not exist.');
const REFUSED = posted.answeredWith('2001', 'The initiator information is invalid.');

/** Time passes, Safaricom answers, and what it answered is in the books. */
async function collect(shop: SafaricomShop): Promise<void> {
  await shop.simulator.advance(MINUTE);
  await shop.collect();
  await matchChangedDays(shop.core, PROGRAM);
}

/** Which short codes were asked about, in order. */
const asked = ({ core }: SafaricomShop) =>
  core.ledger.read
    .all<{ code: string }>(`SELECT short_code AS code FROM api_calls WHERE product = 'status' ORDER BY id`)
    .map(({ code }) => code);

async function open() {
  const shop = await openSafaricomShop();
  const { receipt } = shop.simulator.pay({ cents: 750_00, shortCode: PAYBILL, kind: 'pay-bill' });
  return { shop, counter: openCounter(shop), receipt };
}

test('what Safaricom does not know for one short code is asked for the next, once each', async () => {
  const { shop, counter, receipt } = await open();
  shop.simulator.next('status', UNKNOWN);
  const found = await counter.lookUp(receipt);
  expect(asked(shop)).toEqual([TILL]);
  await collect(shop);
  await counter.lookUps.settle();
  expect(asked(shop)).toEqual([TILL, PAYBILL]);
  expect(counter.show(found)).toMatchObject({ kind: 'no-answer', asking: { state: 'waiting' } });
  await collect(shop);
  expect(counter.show(found)).toMatchObject({ kind: 'reported', amountCents: 750_00 });
  expect(asked(shop)).toEqual([TILL, PAYBILL]);
});

test('only when all have answered it is not known, and those asked are named; asked again, each is asked again', async () => {
  const { shop, counter } = await open();
  const found = await counter.lookUp('UCE6DEMO77');
  await collect(shop);
  await counter.lookUps.settle();
  expect(counter.show(found).kind).toBe('no-answer');
  await collect(shop);
  await counter.lookUps.settle();
  expect(counter.show(found)).toMatchObject({
    kind: 'not-known',
    text: { values: { numbers: `${TILL}, ${PAYBILL}` } },
    asking: { state: 'answered' },
  });
  expect(asked(shop)).toEqual([TILL, PAYBILL]);
  unwrap(counter.lookUps.again(shop.actor, found.id));
  await counter.lookUps.settle();
  for (let i = 0; i < 3; i++) {
    await collect(shop);
    await counter.lookUps.settle();
  }
  expect(asked(shop)).toEqual([TILL, PAYBILL, TILL, PAYBILL]);
  expect(counter.show(found)).toMatchObject({ kind: 'not-known', asking: { state: 'answered' } });
});

test('the power goes between the one and the next: the next is asked after the start', async () => {
  const { shop, counter, receipt } = await open();
  shop.simulator.next('status', UNKNOWN);
  const found = await counter.lookUp(receipt);
  await shop.simulator.advance(MINUTE);
  // Taken with nobody there to hear of it, as when the program ends right behind it.
  const first = await shop.reopen();
  await first.collect();
  expect(asked(first)).toEqual([TILL]);
  const second = await first.reopen();
  const later = openCounter(second);
  await later.lookUps.settle();
  expect(asked(second)).toEqual([TILL, PAYBILL]);
  await collect(second);
  expect(later.show(found)).toMatchObject({ kind: 'reported', asking: { state: 'answered' } });
});

test('an operator that was refused hides no other: the question goes on, and later ones do not begin with it', async () => {
  const { shop, counter, receipt } = await open();
  // By their names: one operator for both would be stopped for both.
  write(shop, (db) =>
    db.run(
      `UPDATE credentials SET name = 'another' WHERE kind = 'look-up-operator' AND short_code = ?`,
      PAYBILL,
    ),
  );
  shop.simulator.next('status', REFUSED);
  const found = await counter.lookUp(receipt);
  await collect(shop);
  await counter.lookUps.settle();
  expect(asked(shop)).toEqual([TILL, PAYBILL]);
  await collect(shop);
  expect(counter.show(found)).toMatchObject({ kind: 'reported' });
  const next = await counter.lookUp('UCE6DEMO77');
  expect(asked(shop)).toEqual([TILL, PAYBILL, PAYBILL]);
  await collect(shop);
  await counter.lookUps.settle();
  expect(counter.show(next)).toMatchObject({ kind: 'not-known', text: { values: { numbers: PAYBILL } } });
});

test('two people who wait for the same are put on together, by one question', async () => {
  const { shop, counter, receipt } = await open();
  shop.simulator.next('status', UNKNOWN);
  const first = await counter.lookUp(receipt);
  const second = await counter.lookUp(receipt);
  await collect(shop);
  await counter.lookUps.settle();
  await collect(shop);
  await counter.lookUps.settle();
  expect(asked(shop)).toEqual([TILL, PAYBILL]);
  for (const each of [first, second]) expect(counter.show(each).kind).toBe('reported');
});
