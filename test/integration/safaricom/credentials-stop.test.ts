import { describe, expect, test } from 'vitest';
import { type CredentialRow, selectCredential } from '#main/db/queries/credentials.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { clearRefusal } from '#main/services/safaricom/credential-news.ts';
import { purposeOf } from '#main/services/safaricom/kept-secrets.ts';
import { whyNotAsk } from '#main/services/safaricom/may-ask.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { posted, unreached } from '#test/daraja-simulator/fault.ts';
import { askBalance, askStatus, callOf, write } from '#test/helpers/asking.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

const standing = (shop: SafaricomShop, kind: CredentialKind = 'look-up-operator', shortCode = PAYBILL) =>
  selectCredential(shop.core.ledger.read, shortCode, kind) as CredentialRow;

async function keep(shop: SafaricomShop, kind: 'app' | 'look-up-operator' | 'passkey', secret: object) {
  await shop.parts.secrets.write(purposeOf(PAYBILL, kind), JSON.stringify(secret));
}

async function answer(shop: SafaricomShop): Promise<void> {
  await shop.simulator.settle();
  await shop.collect();
}

describe('an operator', () => {
  test('whose password is wrong is tried once, and then not until the owner acts', async () => {
    const shop = await openSafaricomShop();
    await keep(shop, 'look-up-operator', { name: 'mfanolook', password: 'not it' });
    expect(await askStatus(shop)).toMatchObject({ type: 'accepted' });
    await answer(shop);
    expect(standing(shop)).toMatchObject({
      state: 'refused',
      stateAt: shop.simulator.now(),
      why: { id: 'safaricom.credential-refused-by', values: { said: expect.stringContaining('(2001)') } },
    });
    for (const asked of [
      await askStatus(shop),
      await askBalance(shop),
      await askBalance(shop, { isBackground: true }),
    ])
      expect(asked).toMatchObject({ type: 'cannot-ask', reason: 'credential-refused' });
    expect(shop.simulator.journal.calls('status')).toHaveLength(1);
    expect(shop.simulator.journal.calls('balance')).toEqual([]);
    // What needs no operator goes on.
    expect(standing(shop, 'app').state).toBe('working');
  });

  describe('that two numbers have', () => {
    const askTill = (shop: SafaricomShop) =>
      ask(shop.parts, shop.actor, { product: 'balance', shortCode: TILL }, { subject: 'x' });

    test.each(['untried', 'working'] as const)('and is %s, is stopped for both', async (credentials) => {
      const shop = await openSafaricomShop({ credentials });
      shop.simulator.next('status', posted.answeredWith('2001', 'No.'));
      await askStatus(shop);
      await answer(shop);
      const why = { id: 'safaricom.credential-refused-by' };
      expect(standing(shop)).toMatchObject({ state: 'refused', why });
      expect(standing(shop, 'look-up-operator', TILL)).toMatchObject({ state: 'refused', why });
      expect(await askTill(shop)).toMatchObject({ type: 'cannot-ask', reason: 'credential-refused' });
      expect(shop.simulator.journal.calls('balance')).toEqual([]);
    });

    test('is tried by one question at a time, whichever number it is about', async () => {
      const shop = await openSafaricomShop();
      const asked = await Promise.all([askStatus(shop), askTill(shop)]);
      expect(asked).toMatchObject([{ type: 'accepted' }, { type: 'cannot-ask', reason: 'being-tried' }]);
      await answer(shop);
      // What one number's password has shown, the other's has not.
      expect(standing(shop).state).toBe('working');
      expect(standing(shop, 'look-up-operator', TILL).state).toBe('untried');
      expect((await askStatus(shop)).type).toBe('accepted');
      expect((await askTill(shop)).type).toBe('accepted');
    });

    test('is not tried with a new password for one while the other waits', async () => {
      const shop = await openSafaricomShop();
      await askTill(shop);
      const candidate = { name: 'MfanoLook', password: 'Look#Up2026' };
      expect(await askStatus(shop, undefined, { subject: `rotation:${PAYBILL}`, candidate })).toMatchObject({
        reason: 'being-tried',
      });
    });

    test('goes on where another name, or a newer password, was typed', async () => {
      const latency = { least: MINUTE, most: MINUTE };
      const shop = await openSafaricomShop({ credentials: 'working', simulator: { rules: { latency } } });
      shop.simulator.next('status', posted.answeredWith('2001', 'No.'));
      await askStatus(shop);
      await shop.simulator.advance(1_000);
      write(shop, (db) => {
        db.run(
          `UPDATE credentials SET set_at = ?, state = 'untried', state_at = NULL
           WHERE kind = 'look-up-operator' AND short_code = ?`,
          shop.simulator.now(),
          TILL,
        );
      });
      await shop.simulator.advance(MINUTE);
      await shop.collect();
      expect(standing(shop).state).toBe('refused');
      expect(standing(shop, 'look-up-operator', TILL).state).toBe('untried');
    });

    test('is stopped at the other number, too, where it was replaced at its own in the meantime', async () => {
      const latency = { least: MINUTE, most: MINUTE };
      const shop = await openSafaricomShop({ credentials: 'working', simulator: { rules: { latency } } });
      shop.simulator.next('status', posted.answeredWith('2001', 'No.'));
      await askStatus(shop);
      await shop.simulator.advance(1_000);
      write(shop, (db) => {
        db.run(
          `UPDATE credentials SET name = 'another', set_at = ? WHERE kind = 'look-up-operator' AND short_code = ?`,
          shop.simulator.now(),
          PAYBILL,
        );
      });
      await shop.simulator.advance(MINUTE);
      await shop.collect();
      expect(standing(shop).state).toBe('working');
      expect(standing(shop, 'look-up-operator', TILL).state).toBe('refused');
    });

    test('mended for one is not mended for the other', async () => {
      const shop = await openSafaricomShop({ credentials: 'working' });
      shop.simulator.next('status', posted.answeredWith('2001', 'No.'));
      await askStatus(shop);
      await answer(shop);
      write(shop, (db) => clearRefusal(db, PAYBILL, 'look-up-operator', shop.simulator.now()));
      expect((await askStatus(shop)).type).toBe('accepted');
      await answer(shop);
      expect(standing(shop).state).toBe('working');
      expect(await askTill(shop)).toMatchObject({ reason: 'credential-refused' });
    });
  });

  test.each(['2001', '18', '20', '21', '8006', 'TP40153'])('is stopped by %s', async (code) => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    shop.simulator.next('balance', posted.answeredWith(code, 'No.'));
    await askBalance(shop);
    await answer(shop);
    expect(standing(shop).state).toBe('refused');
    expect(await askStatus(shop)).toMatchObject({ type: 'cannot-ask', reason: 'credential-refused' });
  });

  test.each(['1', '17', '22', '26', '2032', '2006', 'SFC_IC0003', '100000003', 'NEW99'])(
    'is not stopped by %s',
    async (code) => {
      const shop = await openSafaricomShop({ credentials: 'working' });
      shop.simulator.next('balance', posted.answeredWith(code, 'No.'));
      await askBalance(shop);
      await answer(shop);
      expect(standing(shop).state).toBe('working');
      expect((await askStatus(shop)).type).toBe('accepted');
    },
  );

  test('works once an answer has shown it: a receipt that is not found is one too', async () => {
    const shop = await openSafaricomShop();
    await askStatus(shop);
    expect(standing(shop).state).toBe('untried');
    await answer(shop);
    expect(standing(shop)).toMatchObject({ state: 'working', why: null });
  });

  test('is refused at once where Safaricom says so at once', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next(
      'status',
      unreached.error(400, '400.002.02', 'Bad Request - Invalid SecurityCredential'),
    );
    expect(await askStatus(shop)).toMatchObject({
      type: 'refused',
      why: { id: 'safaricom.refused-operator' },
    });
    expect(standing(shop).state).toBe('refused');
    const { kind, subject } = shop.core.ledger.read.get<{ kind: string; subject: string }>(
      'SELECT kind, subject FROM alerts',
    ) ?? { kind: '', subject: '' };
    expect([kind, subject]).toEqual(['credential-refused', `credential:${PAYBILL}:1`]);
  });

  test('that was never proved has one question open at a time', async () => {
    const shop = await openSafaricomShop();
    const asked = await Promise.all([askStatus(shop), askBalance(shop), askStatus(shop)]);
    expect(asked.map((each) => each.type).sort()).toEqual(['accepted', 'cannot-ask', 'cannot-ask']);
    expect(asked.find((each) => each.type === 'cannot-ask')).toMatchObject({ reason: 'being-tried' });
    await answer(shop);
    const more = await Promise.all([askStatus(shop), askBalance(shop), askStatus(shop)]);
    expect(more.map((each) => each.type)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('one operator that is being tried holds up no other', async () => {
    const shop = await openSafaricomShop();
    const { now } = shop.simulator;
    write(shop, (db) => {
      db.run(
        `INSERT INTO credentials (short_code, kind, name, form, set_at, set_by, due_at)
         VALUES (?, 'reversal-operator', 'mfanoback', 'plain', ?, 1, ?)`,
        PAYBILL,
        now(),
        now(),
      );
    });
    await askStatus(shop);
    const wish = { shortCode: PAYBILL, isBackground: false, candidate: null };
    const { read } = shop.core.ledger;
    expect(whyNotAsk(read, { ...wish, product: 'balance' })).toBe('being-tried');
    expect(whyNotAsk(read, { ...wish, product: 'reversal' })).toBeNull();
  });

  test('an answer to a question of before says nothing of the password of now', async () => {
    const latency = { least: MINUTE, most: MINUTE };
    const shop = await openSafaricomShop({ simulator: { rules: { latency } } });
    await keep(shop, 'look-up-operator', { name: 'mfanolook', password: 'not it' });
    const asked = await askStatus(shop);
    await shop.simulator.advance(1_000);
    write(shop, (db) => {
      db.run(
        `UPDATE credentials SET set_at = ?, state = 'untried', state_at = NULL WHERE kind = 'look-up-operator'`,
        shop.simulator.now(),
      );
    });
    await shop.simulator.advance(MINUTE);
    await shop.collect();
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '2001' });
    expect(standing(shop).state).toBe('untried');
  });

  test('the owner, having put it right in the portal, has it tried again; a late refusal of before does not stop that', async () => {
    const latency = { least: MINUTE, most: MINUTE };
    const shop = await openSafaricomShop({ credentials: 'working', simulator: { rules: { latency } } });
    shop.simulator.next('status', posted.answeredWith('8006', 'Locked.'));
    shop.simulator.next('balance', posted.answeredWith('8006', 'Locked.'));
    await askStatus(shop);
    await shop.simulator.advance(30_000);
    await askBalance(shop);
    await shop.simulator.advance(30_000);
    await shop.collect();
    expect(standing(shop).state).toBe('refused');
    await shop.simulator.advance(1_000);
    write(shop, (db) => clearRefusal(db, PAYBILL, 'look-up-operator', shop.simulator.now()));
    await shop.simulator.advance(MINUTE);
    await shop.collect();
    expect(standing(shop).state).toBe('untried');
    await askStatus(shop);
    await shop.simulator.advance(MINUTE);
    await shop.collect();
    expect(standing(shop).state).toBe('working');
  });

  test('a good answer that comes after a refusal does not put it to work again', async () => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    shop.simulator.next('status', posted.delayed(MINUTE));
    shop.simulator.next('balance', posted.answeredWith('2001', 'No.'));
    await askStatus(shop);
    await askBalance(shop);
    await answer(shop);
    expect(standing(shop).state).toBe('refused');
    await shop.simulator.advance(MINUTE);
    await shop.collect();
    expect(standing(shop).state).toBe('refused');
  });

  test('a ready-made credential goes out as it was pasted', async () => {
    const shop = await openSafaricomShop();
    const securityCredential = 'R'.repeat(344);
    await keep(shop, 'look-up-operator', { name: 'mfanolook', securityCredential });
    await askStatus(shop);
    expect(shop.simulator.journal.calls('status')[0]?.body).toMatchObject({
      SecurityCredential: securityCredential,
    });
  });
});

describe('an operator that is to replace another', () => {
  test('is asked with in its place, and what comes of it changes nothing about the one in use', async () => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    const candidate = { name: 'mfanolook', password: 'mistyped' };
    const subject = `rotation:${PAYBILL}`;
    const asked = await askStatus(shop, undefined, { subject, candidate });
    await answer(shop);
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '2001' });
    expect(standing(shop).state).toBe('working');
    shop.simulator.next('status', unreached.error(400, '400.002.02', 'Invalid SecurityCredential'));
    expect(await askStatus(shop, undefined, { subject, candidate })).toMatchObject({ type: 'refused' });
    expect(standing(shop).state).toBe('working');
    expect((await askStatus(shop)).type).toBe('accepted');
  });

  test('may be tried where the one in use is refused, one question at a time', async () => {
    const shop = await openSafaricomShop({ credentials: 'working' });
    write(shop, (db) => {
      db.run(`UPDATE credentials SET state = 'refused' WHERE kind = 'look-up-operator'`);
    });
    const candidate = { name: 'mfanolook', password: 'Look#Up2026' };
    const subject = `rotation:${PAYBILL}`;
    const asked = await askStatus(shop, undefined, { subject, candidate });
    expect(asked.type).toBe('accepted');
    expect(await askStatus(shop, undefined, { subject, candidate })).toMatchObject({ reason: 'being-tried' });
    await answer(shop);
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '2032' });
    expect(standing(shop).state).toBe('refused');
  });
});

describe('the app’s keys and the passkey', () => {
  test('keys that are refused stop everything of the number, and the owner hears of it', async () => {
    const shop = await openSafaricomShop();
    await keep(shop, 'app', { key: 'no', secret: 'body' });
    const pull = () =>
      ask(
        shop.parts,
        shop.actor,
        {
          product: 'pull-query',
          shortCode: PAYBILL,
          from: shop.simulator.now(),
          to: shop.simulator.now(),
          offset: 0,
        },
        { subject: 'pull', isBackground: true },
      );
    expect(await pull()).toMatchObject({ type: 'not-sent', why: { id: 'safaricom.not-sent-keys-refused' } });
    expect(standing(shop, 'app')).toMatchObject({ state: 'refused' });
    expect(await pull()).toMatchObject({ type: 'cannot-ask', reason: 'credential-refused' });
    expect(await askStatus(shop)).toMatchObject({ type: 'cannot-ask', reason: 'credential-refused' });
    expect(shop.simulator.journal.calls('token')).toHaveLength(1);
    expect(shop.core.ledger.read.get('SELECT kind FROM alerts')).toEqual({ kind: 'credential-refused' });
  });

  test('a gateway in trouble stops nothing', async () => {
    const shop = await openSafaricomShop();
    shop.simulator.next('token', unreached.gatewayPage());
    expect(await askStatus(shop)).toMatchObject({
      type: 'not-sent',
      why: { id: 'safaricom.not-sent-no-token-status' },
    });
    expect(standing(shop, 'app').state).toBe('untried');
  });

  test('a passkey that is wrong is refused at once', async () => {
    const shop = await openSafaricomShop();
    await keep(shop, 'passkey', { passkey: 'another' });
    const prompt = { product: 'stk-query', shortCode: PAYBILL, checkoutRequestId: 'ws_CO_1' } as const;
    const asked = await ask(shop.parts, shop.actor, prompt, { subject: 'test' });
    expect(asked).toMatchObject({ type: 'refused', why: { id: 'safaricom.refused-passkey' } });
    expect(standing(shop, 'passkey').state).toBe('refused');
    expect(await ask(shop.parts, shop.actor, prompt, { subject: 'test' })).toMatchObject({
      type: 'cannot-ask',
    });
    expect((await askStatus(shop)).type).toBe('accepted');
  });
});
