import { describe, expect, test } from 'vitest';
import { SHIPPED_CERTIFICATES } from '#main/daraja/known-certificates.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { purposeOf, RELAY_PURPOSE } from '#main/services/safaricom/kept-secrets.ts';
import type { Question } from '#main/services/safaricom/question.ts';
import { usedCertificate } from '#main/services/safaricom/used-certificate.ts';
import type { VaultProblem } from '#main/vault/vault.ts';
import { askStatus, write } from '#test/helpers/asking.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const PROMPT: Question = { product: 'stk-query', shortCode: PAYBILL, checkoutRequestId: 'ws_CO_1' };

/** Nothing was written, nothing was sent, not even for a token. */
function expectUntouched(shop: SafaricomShop): void {
  expect(shop.simulator.journal.calls()).toEqual([]);
  expect(shop.core.ledger.read.get('SELECT count(*) AS n FROM api_calls')).toEqual({ n: 0 });
}

function run(shop: SafaricomShop, sql: string): void {
  write(shop, (db) => void db.run(sql));
}

const forget = (kind: 'app' | 'look-up-operator' | 'passkey') => (shop: SafaricomShop) =>
  shop.parts.secrets.remove(purposeOf(PAYBILL, kind));

describe('nothing is asked', () => {
  const cases: readonly [string, string, (shop: SafaricomShop) => unknown, Question?][] = [
    ['without keys', 'no-app', (shop) => run(shop, `DELETE FROM credentials WHERE kind = 'app'`)],
    [
      'without an operator',
      'no-operator',
      (shop) => run(shop, `DELETE FROM credentials WHERE kind = 'look-up-operator'`),
    ],
    [
      'without a passkey',
      'no-passkey',
      (shop) => run(shop, `DELETE FROM credentials WHERE kind = 'passkey'`),
      PROMPT,
    ],
    ['when the keychain has lost the keys', 'no-app', forget('app')],
    ['when the keychain has lost the operator', 'no-operator', forget('look-up-operator')],
    ['when the keychain has lost the passkey', 'no-passkey', forget('passkey'), PROMPT],
    ['when the keychain has lost the relay', 'no-relay', (shop) => shop.parts.secrets.remove(RELAY_PURPOSE)],
    [
      'when what the keychain holds is of another form',
      'keychain',
      (shop) => shop.parts.secrets.write(purposeOf(PAYBILL, 'app'), '{"key":1}'),
    ],
    [
      'when it is no JSON',
      'keychain',
      (shop) => shop.parts.secrets.write(purposeOf(PAYBILL, 'look-up-operator'), 'hello'),
    ],
    [
      'when the relay ended the pairing',
      'no-relay',
      (shop) => run(shop, `UPDATE relay_pairing SET stopped = 'revoked'`),
    ],
    ['without a certificate', 'no-certificate', (shop) => run(shop, 'UPDATE certificates SET is_used = 0')],
    [
      'with a certificate of the other environment',
      'no-certificate',
      (shop) =>
        write(shop, (db) => void db.run('UPDATE certificates SET pem = ?', SHIPPED_CERTIFICATES.sandbox)),
    ],
    [
      'with a certificate that cannot be read',
      'no-certificate',
      (shop) => run(shop, `UPDATE certificates SET pem = 'nothing'`),
    ],
    [
      'with a password that no certificate can hold',
      'no-certificate',
      (shop) =>
        shop.parts.secrets.write(
          purposeOf(PAYBILL, 'look-up-operator'),
          JSON.stringify({ name: 'x', password: 'p'.repeat(300) }),
        ),
    ],
  ];

  test.each(cases)('%s: %s', async (_, reason, spoil, question) => {
    const shop = await openSafaricomShop();
    await spoil(shop);
    const asked = question
      ? await ask(shop.parts, shop.actor, question, { subject: 'test' })
      : await askStatus(shop);
    expect(asked).toMatchObject({
      type: 'cannot-ask',
      reason,
      why: { id: expect.stringMatching(/^safaricom\./) },
    });
    expectUntouched(shop);
  });

  test('to a relay that was never paired; what needs none is asked', async () => {
    const shop = await openSafaricomShop({ isPaired: false });
    expect(await askStatus(shop)).toMatchObject({ type: 'cannot-ask', reason: 'no-relay' });
    const register: Question = { product: 'c2b-register', shortCode: PAYBILL };
    expect(await ask(shop.parts, shop.actor, register, { subject: 'test' })).toMatchObject({
      reason: 'no-relay',
    });
    expectUntouched(shop);
    expect((await ask(shop.parts, shop.actor, PROMPT, { subject: 'test' })).type).toBe('refused');
  });

  test.each<[VaultProblem, string]>([
    ['locked', 'safaricom.keychain-locked'],
    ['unavailable', 'safaricom.keychain'],
  ])('of a keychain that is %s', async (problem, id) => {
    const shop = await openSafaricomShop();
    const secrets = { ...shop.parts.secrets, read: async () => ({ ok: false as const, problem }) };
    const question: Question = { product: 'balance', shortCode: PAYBILL };
    const asked = await ask({ ...shop.parts, secrets }, shop.actor, question, { subject: 'test' });
    expect(asked).toMatchObject({ type: 'cannot-ask', reason: 'keychain', why: { id } });
    expectUntouched(shop);
  });
});

test('a till is named as the doctor learnt it, or as the question says', async () => {
  const shop = await openSafaricomShop({ credentials: 'working' });
  write(shop, (db) => {
    db.run(
      `INSERT INTO identities (short_code, party, identifier_type, learnt_at) VALUES (?, '600600', '2', 0)`,
      PAYBILL,
    );
  });
  await askStatus(shop);
  const question: Question = {
    product: 'status',
    shortCode: PAYBILL,
    receipt: 'UKK1234567' as never,
    identity: { party: '700700', identifierType: '4' },
  };
  await ask(shop.parts, shop.actor, question, { subject: 'doctor' });
  const bodies = shop.simulator.journal.calls('status').map(({ body }) => body);
  expect(bodies).toMatchObject([
    { PartyA: '600600', IdentifierType: '2' },
    { PartyA: '700700', IdentifierType: '4' },
  ]);
});

test('the environment decides which certificate is used', async () => {
  const shop = await openSafaricomShop();
  const db = shop.core.ledger.read;
  run(shop, 'UPDATE certificates SET is_used = 0');
  expect(usedCertificate(db, 'production')).toBe(SHIPPED_CERTIFICATES.production);
  expect(usedCertificate(db, 'sandbox')).toBe(SHIPPED_CERTIFICATES.sandbox);
  expect(usedCertificate(db, 'demo')).toBeNull();
  write(
    shop,
    (change) =>
      void change.run('UPDATE certificates SET is_used = 1, pem = ?', SHIPPED_CERTIFICATES.production),
  );
  expect(usedCertificate(db, 'production')).toBe(SHIPPED_CERTIFICATES.production);
  expect(usedCertificate(db, 'sandbox')).toBeNull();
});
