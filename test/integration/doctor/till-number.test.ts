import { expect, test } from 'vitest';
import { lastCalls } from '#main/db/queries/api-calls.ts';
import { readIdentity } from '#main/db/queries/asking.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { HOUR } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import { change, doctorOf } from '#test/helpers/doctor-shop.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

/** A till that answers to these identifier types only. */
async function openTill(types: readonly string[]): Promise<SafaricomShop> {
  const shop = inventShop('production');
  const shortCodes = shop.shortCodes.map((code) =>
    code.number === TILL ? { ...code, identifierTypes: types } : code,
  );
  // The store's number belongs to the same organisation.
  const operators = shop.operators.map((each) => ({ ...each, shortCodes: [...each.shortCodes, '600111'] }));
  const opened = await openSafaricomShop({
    environment: 'production',
    credentials: 'working',
    simulator: { shop: { ...shop, shortCodes, operators } },
    collects: true,
  });
  // The pairing was not in the books yet when the inbox looked first.
  opened.desk.wake();
  return opened;
}

/** A payment of some hours ago. */
async function oldPayment(shop: SafaricomShop): Promise<Receipt> {
  const { receipt } = shop.simulator.pay({ cents: 800_00, shortCode: TILL });
  await shop.simulator.advance(3 * HOUR);
  return receipt as Receipt;
}

/** Runs the doctor while Safaricom answers. */
async function tryReceipt(shop: SafaricomShop, receipt: string) {
  const { doctor, told } = doctorOf(shop, undefined, { patienceMs: 20_000 });
  const asked = doctor.ask(shop.actor, { shortCode: TILL, receipt });
  if (!asked.ok) throw new Error(asked.error.message.id);
  let isOver = false;
  const done = doctor.settle().then(() => {
    isOver = true;
  });
  while (!isOver) {
    await shop.simulator.settle();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await done;
  return { doctor, told: told('till-number').filter((line) => line.includes(TILL)) };
}

function triesOf(shop: SafaricomShop): string[] {
  return lastCalls(shop.core.ledger.read, 'status', TILL, 9)
    .reverse()
    .map(({ request }) => JSON.parse(request) as Record<string, string>)
    .map(({ PartyA, IdentifierType }) => `${PartyA}/${IdentifierType}`);
}

test('a till that answers as an organisation needs one try, and is remembered', async () => {
  const shop = await openTill(['4']);
  const receipt = await oldPayment(shop);
  const { told } = await tryReceipt(shop, receipt);
  expect(told).toEqual([`ok doctor.till-number.learnt ${TILL}`]);
  expect(triesOf(shop)).toEqual([`${TILL}/4`]);
  expect(readIdentity(shop.core.ledger.read, TILL)).toEqual({ party: TILL, identifierType: '4' });
});

test('one that answers as a till needs two; from then on every question is asked so', async () => {
  const shop = await openTill(['2']);
  const receipt = await oldPayment(shop);
  const { told } = await tryReceipt(shop, receipt);
  expect(told).toEqual([`ok doctor.till-number.learnt ${TILL}`]);
  expect(triesOf(shop)).toEqual([`${TILL}/4`, `${TILL}/2`]);
  await ask(
    shop.parts,
    shop.actor,
    { product: 'status', shortCode: TILL, receipt },
    { subject: 'look-up:1' },
  );
  expect(triesOf(shop).at(-1)).toBe(`${TILL}/2`);
});

test('two tries are all that one receipt is worth; the next receipt goes on with the other numbers', async () => {
  const shop = await openTill([]);
  change(shop, (db) =>
    db.run(
      `INSERT INTO till_numbers (number, till_id, seen_in, added_at)
       SELECT '600111', till_id, 'settings', added_at FROM till_numbers WHERE number = ?`,
      TILL,
    ),
  );
  const first = await oldPayment(shop);
  const { told } = await tryReceipt(shop, first);
  expect(told).toEqual([`warning doctor.till-number.not-found ${TILL} +`]);
  expect(triesOf(shop)).toEqual([`${TILL}/4`, `${TILL}/2`]);

  const { doctor } = await tryReceipt(shop, first);
  expect(doctor.show().notAsked).toMatchObject([
    { shortCode: TILL, why: { id: 'doctor.till-number.no-more' } },
  ]);
  expect(triesOf(shop)).toHaveLength(2);

  await tryReceipt(shop, await oldPayment(shop));
  expect(triesOf(shop).slice(2)).toEqual(['600111/4', '600111/2']);
});

test('an answer that comes after a restart is still learnt from', async () => {
  const shop = await openTill(['4']);
  const receipt = await oldPayment(shop);
  shop.simulator.next('status', posted.delayed(HOUR));
  const { doctor } = doctorOf(shop, undefined, { patienceMs: 0 });
  doctor.ask(shop.actor, { shortCode: TILL, receipt });
  await doctor.settle();
  const again = await shop.reopen();
  expect(doctorOf(again).told('till-number')).toContain(`not-checked doctor.till-number.waiting ${TILL}`);
  await again.simulator.advance(HOUR);
  await again.collect();
  expect(doctorOf(again).told('till-number')).toContain(`ok doctor.till-number.learnt ${TILL}`);
});

test('a receipt is tried with the numbers of one short code only', async () => {
  const shop = await openTill(['4']);
  const { doctor } = doctorOf(shop);
  expect(doctor.ask(shop.actor, { shortCode: null, receipt: 'UKS5J2K991' })).toMatchObject({
    ok: false,
    error: { message: { id: 'doctor.till-number.which', values: { codes: `${TILL}, ${PAYBILL}` } } },
  });
  expect(doctor.ask(shop.actor, { shortCode: TILL, receipt: 'nonsense!' })).toMatchObject({
    ok: false,
    error: { message: { id: 'doctor.till-number.no-receipt' } },
  });
});
