import { beforeEach, describe, expect, test } from 'vitest';
import { writeSetting } from '#main/db/queries/settings.ts';
import type { Session } from '#main/ipc/session.ts';
import { revealPhone } from '#main/services/reveal-phone.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Counter, openCounter } from '#test/helpers/counter.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

const PAYER = { number: '254712345404', name: 'AMINA WANJIKU EXAMPLE' };
const OTHER_PHONE = '0722999888';

let shop: SafaricomShop;
let counter: Counter;
let session: Session;
let receipt: string;
beforeEach(async () => {
  shop = await openSafaricomShop();
  counter = openCounter(shop);
  const { staffId } = shop.actor;
  session = { id: 'session-1', staffId, name: 'Amina', role: 'owner', window: 'main', confirmedUntil: null };
  ({ receipt } = shop.simulator.pay({ cents: 500_00, shortCode: TILL, kind: 'buy-goods', payer: PAYER }));
});

const reveal = (id: number) => revealPhone(shop.core, session, { type: 'look-up', id });
async function answered(text: string) {
  const found = await counter.lookUp(text);
  await shop.simulator.advance(MINUTE);
  await shop.collect();
  return counter.show(found);
}
function setLimit(limit: string) {
  unwrap(
    shop.core.ledger.act(shop.actor, 'settings.saved', 'settings', (db) => {
      writeSetting(db, 'reveals-a-day', limit);
      return succeed({ value: undefined, details: {} });
    }),
  );
}
/** Everything the books say in clear, the personal columns left out. */
function openTexts(): string {
  const { read } = shop.core.ledger;
  const tables = ['audit_entries', 'steps', 'alerts', 'reviews', 'look_ups'].flatMap((table) => [
    ...read.all(
      table === 'look_ups'
        ? 'SELECT receipt, why, marks, stated_payee FROM look_ups'
        : `SELECT * FROM ${table}`,
    ),
  ]);
  return JSON.stringify(tables);
}

describe('S24: a full number of an answer', () => {
  test('is masked until it is revealed, and the log says who looked and never at what', async () => {
    const found = await answered(receipt);
    expect(found.customer).toEqual({ name: 'A. W. E.', phone: '0712 ••• 404', hasFullPhone: true });
    expect(JSON.stringify(found)).not.toMatch(/345404|WANJIKU/);
    expect(unwrap(reveal(found.id))).toMatchObject({ phone: '0712 345 404' });
    const entries = shop.core.ledger.read.all<{ subject: string; details: string }>(
      `SELECT subject, details FROM audit_entries WHERE action = 'phone.revealed'`,
    );
    expect(entries).toEqual([{ subject: `look-up:${found.id}`, details: '{"type":"look-up"}' }]);
  });

  test('costs as much of the day’s limit as any other', async () => {
    setLimit('1');
    const found = await answered(receipt);
    expect(unwrap(reveal(found.id))).toMatchObject({ leftToday: 0 });
    const refused = reveal(found.id);
    expect(codeOf(refused)).toBe('privacy/limit');
    expect(JSON.stringify(refused)).not.toMatch(/345/);
    const payment = found.payment?.id ?? 0;
    expect(codeOf(revealPhone(shop.core, session, { type: 'payment', id: payment }))).toBe('privacy/limit');
  });

  test('is not what a pasted message says, and a look-up that is not there has none', async () => {
    const text = `UCE6DEMO09 Confirmed.on 14/3/26 at 1:06 PM Ksh20.00 received from ${OTHER_PHONE} JANE PASTED. New Account balance is Ksh1300.22.`;
    const found = await counter.lookUp(text);
    expect(codeOf(reveal(found.id))).toBe('ledger/not-found');
    expect(codeOf(reveal(4711))).toBe('ledger/not-found');
    expect(JSON.stringify(found)).not.toMatch(/999888|1300/);
  });
});

test('names, numbers and balances of messages and answers stand in no entry, step or alert', async () => {
  const text = `${receipt} Confirmed. Ksh500.00 sent to KIOSK CANARY ${OTHER_PHONE} on 14/3/26 at 1:06 PM. New M-PESA balance is Ksh7,654,321.00.`;
  const found = await answered(text);
  unwrap(await counter.hold(found, { note: 'canary note' }));
  await counter.hold(await counter.lookUp(receipt, { staffId: 0, session: null }));
  expect(counter.alerts()).toHaveLength(1);
  expect(openTexts()).not.toMatch(/345404|999888|WANJIKU|7,?654,?321|"note":"canary note"/);
});
