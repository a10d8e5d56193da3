import { expect, test } from 'vitest';
import { numbersPaid, payingNumber } from '#main/db/queries/paying-number.ts';
import { readAskedPayment } from '#main/db/queries/reversal-facts.ts';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { checkReversal } from '#main/services/reversals/request-reversal.ts';
import { unwrap } from '#test/helpers/results.ts';
import { openReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';
import { PAYBILL } from '#test/helpers/safaricom-shop.ts';

const OTHER = '100200';

/** A till with two numbers: the customer paid to the one, and everything is set up for the other. */
async function twoNumbers() {
  const reversals = await openReversalShop();
  const { shop, paid } = reversals;
  const { payment, paymentId } = await paid(1_250_00);
  const { tillId } = readAskedPayment(shop.core.ledger.read, paymentId) ?? { tillId: 0 };
  write(shop, (db) => {
    const added = `INSERT INTO till_numbers (number, till_id, seen_in, added_at) VALUES (?, ?, 'test', 0)`;
    db.run(added, OTHER, tillId);
  });
  touchRelay(shop);
  return { ...reversals, payment, paymentId, about: { id: paymentId, tillId }, db: shop.core.ledger.read };
}

const moveCredentials = `UPDATE credentials SET short_code = '${OTHER}' WHERE short_code = '${PAYBILL}'`;

test('money goes back from the number that it was paid to, or not at all', async () => {
  const { shop, session, paymentId, about, db } = await twoNumbers();
  expect(numbersPaid(db, about)).toEqual([PAYBILL]);
  expect(payingNumber(db, about)).toBe(PAYBILL);
  write(shop, (change) => change.run(moveCredentials));
  expect(payingNumber(db, about)).toBe(PAYBILL);
  const asked = { paymentId, method: 'daraja' } as const;
  const { problems } = unwrap(checkReversal(shop.core, session('clerk'), asked));
  expect(problems.map(({ id }) => id)).toEqual(['reversal.no.no-operator']);
});

test('a notice of Safaricom’s names the number, too', async () => {
  const { shop, payment, about, db } = await twoNumbers();
  write(shop, (change) => {
    change.run(moveCredentials);
    const callback = change.run(
      `INSERT INTO callbacks (inbox, sequence, taken_at, kind, body, body_hmac, outcome, why, receipt, short_code)
       VALUES ('0123456789abcdef', 900, 1, 'confirmation', '{}', zeroblob(32), 'matched', '{}', ?, ?)`,
      payment.receipt,
      OTHER,
    ).lastId;
    change.run(
      `INSERT INTO sightings (movement_id, kind, channel, first_at, last_at, callback_id)
       VALUES (?, 'confirmation', 'relay', 1, 1, ?)`,
      about.id,
      callback,
    );
  });
  // Two say two: the one from which it can be done.
  expect(numbersPaid(db, about)).toEqual([OTHER, PAYBILL]);
  expect(payingNumber(db, about)).toBe(OTHER);
});

test('of a file that was taken back, and of none, any number of the till may be it', async () => {
  const { shop, about, db } = await twoNumbers();
  write(shop, (change) => {
    change.run(`UPDATE imports SET state = 'undone'`);
    change.run(moveCredentials);
  });
  expect(numbersPaid(db, about)).toEqual([]);
  expect(payingNumber(db, about)).toBe(OTHER);
  write(shop, (change) => change.run(`UPDATE imports SET state = 'done'`));
});

test('a request that names a number which turns out to be another is not approved', async () => {
  const { shop, paymentId, request, approval, parts } = await twoNumbers();
  const id = await request(paymentId);
  write(shop, (change) => change.run(`UPDATE reversals SET short_code = '${OTHER}'`));
  expect(await approveReversal(parts, approval(id))).toMatchObject({
    ok: false,
    error: { message: { id: 'reversal.no.other-number' } },
  });
  expect(shop.simulator.journal.calls('reversal')).toEqual([]);
});
