import { describe, expect, test } from 'vitest';
import { listRegistrations, registerC2b, registerPull } from '#main/services/credentials/register.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { replyJson } from '#test/daraja-simulator/wire/reply.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const NUMBER = '0722 000 404';
const pull = (shop: SafaricomShop, nominatedNumber = NUMBER) =>
  registerPull(shop.parts, shop.actor, { shortCode: PAYBILL, nominatedNumber });
const notices = (shop: SafaricomShop, shortCode = PAYBILL) =>
  registerC2b(shop.parts, shop.actor, { shortCode });
const listed = (shop: SafaricomShop) => unwrap(listRegistrations(shop.parts)).registrations;

/** What Safaricom was sent for a product, the last time. */
function sent(shop: SafaricomShop, product: 'pull-register' | 'c2b-register'): Record<string, string> {
  const call = shop.simulator.journal.calls(product).at(-1);
  return call?.body as Record<string, string>;
}

describe('Pull', () => {
  test('is registered with the number in the form that Safaricom takes, of which the end is kept', async () => {
    const shop = await openSafaricomShop();
    expect(unwrap(await pull(shop))).toEqual({ outcome: 'registered', why: null });
    expect(sent(shop, 'pull-register')).toMatchObject({
      ShortCode: PAYBILL,
      RequestType: 'Pull',
      NominatedNumber: '254722000404',
    });
    expect(listed(shop)).toMatchObject([
      { shortCode: PAYBILL, kind: 'pull', state: 'registered', details: '404' },
    ]);
    const everything = JSON.stringify([
      shop.core.ledger.read.all('SELECT * FROM registrations'),
      shop.core.ledger.read.all(`SELECT * FROM audit_entries WHERE action = 'registration.noted'`),
    ]);
    expect(everything).not.toContain('722000404');
  });

  test('may be registered again: 1001 is as good as 1000', async () => {
    const shop = await openSafaricomShop();
    unwrap(await pull(shop));
    expect(unwrap(await pull(shop))).toEqual({ outcome: 'registered', why: null });
  });

  test('that Safaricom refuses is not registered, in its own words', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('pull-register', {
      name: 'refused',
      instead: () => replyJson(200, { 'Response Status': '1005', ResponseDescription: 'Not permitted' }),
    });
    expect(unwrap(await pull(shop))).toMatchObject({
      outcome: 'refused',
      why: { values: { said: 'Not permitted (1005)' } },
    });
    expect(listed(shop)).toEqual([]);
  });

  test('needs a Safaricom number', async () => {
    const shop = await openSafaricomShop();
    for (const number of ['', '0722', '12345678901', '0222000404', '+1 722 000 404'])
      expect(codeOf(await pull(shop, number))).toBe('credential/bad-input');
    expect(shop.simulator.journal.calls('pull-register')).toEqual([]);
  });

  test('whose answer was lost is unknown, and known again when it is repeated', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('pull-register', spoiled.replyLost());
    expect(unwrap(await pull(shop))).toMatchObject({ outcome: 'lost' });
    expect(listed(shop)).toMatchObject([{ state: 'unknown' }]);
    unwrap(await pull(shop));
    expect(listed(shop)).toMatchObject([{ state: 'registered' }]);
    // What we have done is not undone by a silence.
    shop.simulator.next('pull-register', spoiled.replyLost());
    unwrap(await pull(shop));
    expect(listed(shop)).toMatchObject([{ state: 'registered' }]);
  });
});

describe('payment notices', () => {
  test('go to the relay, and complete payments whatever it does', async () => {
    const shop = await openSafaricomShop();
    expect(unwrap(await notices(shop))).toEqual({ outcome: 'registered', why: null });
    const body = sent(shop, 'c2b-register');
    expect(body.ResponseType).toBe('Completed');
    expect(body.ConfirmationURL).toMatch(/^https:\/\/.+\/c2b\/confirmation$/);
    const [row] = listed(shop);
    expect(row).toMatchObject({ kind: 'c2b', state: 'registered', details: shop.inbox?.code.origin });
    // The secret path of the relay is in the keychain alone.
    expect(JSON.stringify(row)).not.toContain(shop.inbox?.code.path);
    expect(unwrap(listRegistrations(shop.parts)).relay).toBe(shop.inbox?.code.origin);
  });

  test('that somebody else has registered are left alone, and said to be theirs', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('c2b-register', {
      name: 'a POS was first',
      instead: () =>
        replyJson(500, { errorCode: '500.003.1001', errorMessage: 'Urls are already registered' }),
    });
    expect(unwrap(await notices(shop))).toMatchObject({
      outcome: 'elsewhere',
      why: { id: 'registration.elsewhere' },
    });
    expect(listed(shop)).toMatchObject([{ state: 'elsewhere' }]);
  });

  test('that we registered ourselves stay ours when they are registered again', async () => {
    const shop = await openSafaricomShop();
    unwrap(await notices(shop));
    const [before] = listed(shop);
    await shop.simulator.advance(MINUTE);
    expect(unwrap(await notices(shop))).toMatchObject({
      outcome: 'registered',
      why: { id: 'registration.already-ours', values: { at: { at: before?.at } } },
    });
    expect(listed(shop)).toMatchObject([{ state: 'registered' }]);
  });

  test('may be registered anew in the sandbox', async () => {
    const shop = await openSafaricomShop({ environment: 'sandbox' });
    unwrap(await notices(shop));
    expect(unwrap(await notices(shop))).toEqual({ outcome: 'registered', why: null });
  });

  test('need a relay, and nothing is asked before', async () => {
    const shop = await openSafaricomShop({ isPaired: false });
    expect(codeOf(await notices(shop))).toBe('access/out-of-order');
    expect(unwrap(await pull(shop))).toMatchObject({ outcome: 'cannot-ask' });
    expect(shop.simulator.journal.calls('c2b-register')).toEqual([]);
    expect(listed(shop)).toEqual([]);
  });

  test('are for a number of the shop, and for an app that has the product', async () => {
    const shop = await openSafaricomShop();
    expect(codeOf(await notices(shop, '600000'))).toBe('ledger/not-found');
    shop.simulator.next('c2b-register', unreached.spikeArrest());
    expect(unwrap(await notices(shop))).toMatchObject({ outcome: 'refused' });
    expect(listed(shop)).toEqual([]);
    const bare = await openSafaricomShop({ credentials: 'none' });
    expect(unwrap(await notices(bare))).toMatchObject({
      outcome: 'cannot-ask',
      why: { id: 'safaricom.no-app' },
    });
  });
});
