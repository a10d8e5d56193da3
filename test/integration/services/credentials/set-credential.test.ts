import { describe, expect, test } from 'vitest';
import { selectCredential, sharesOperator } from '#main/db/queries/credentials.ts';
import { unsealAll } from '#main/db/queries/sealed.ts';
import { actorOf } from '#main/services/core.ts';
import { readAppKeys, readOperator, readPasskey } from '#main/services/safaricom/kept-secrets.ts';
import type { VaultProblem } from '#main/vault/vault.ts';
import { say } from '#shared/domain/message.ts';
import { type BusinessDay, DAY, startOfDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import {
  APP,
  CODE,
  type CredentialShop,
  LOOK_UP,
  NAME,
  openCredentialShop,
  operator,
  PASSKEY,
  PASSWORD,
  REVERSAL,
} from '#test/helpers/credential-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const READY = Buffer.alloc(256, 7).toString('base64');

function lastSet({ core }: CredentialShop): { subject: string; staffId: number; details: unknown } {
  const entry = core.ledger.read.get<{ subject: string; staffId: number; details: string }>(
    `SELECT subject, staff_id AS staffId, details FROM audit_entries WHERE action = 'credential.set' ORDER BY seq DESC`,
  );
  if (!entry) throw new Error('nothing was set');
  return { ...entry, details: unsealAll(core.ledger.read, JSON.parse(entry.details)) };
}

function refuse(shop: CredentialShop, kind: 'app' | 'look-up-operator'): void {
  const refused = shop.core.ledger.act(actorOf(shop.owner), 'test.refused', 'test', (db) => {
    const why = JSON.stringify(say('safaricom.no-relay'));
    db.run(`UPDATE credentials SET state = 'refused', state_at = 1, state_why = ? WHERE kind = ?`, why, kind);
    return succeed({ value: undefined, details: {} });
  });
  unwrap(refused);
}

describe('a secret that is typed', () => {
  test('lies in the keychain, and the books know that it does, since when and by whom', async () => {
    const shop = await openCredentialShop();
    for (const credential of [APP, LOOK_UP, PASSKEY]) unwrap(await shop.set(credential));
    const { secrets } = shop.parts;
    expect(await readAppKeys(secrets, CODE)).toMatchObject({
      value: { key: APP.key, secret: APP.secret },
    });
    expect(await readOperator(secrets, CODE)).toMatchObject({ value: { name: NAME, password: PASSWORD } });
    expect(await readPasskey(secrets, CODE)).toMatchObject({ value: PASSKEY.passkey });
    const { credentials, till } = await shop.view();
    expect(till).toBe('Counter');
    expect(credentials['look-up-operator']).toMatchObject({
      name: NAME,
      form: 'plain',
      setBy: 'Amina',
      days: 0,
      left: expect.toBeOneOf([89, 90]),
      standing: 'fresh',
      state: 'untried',
      why: null,
      kept: 'yes',
    });
    expect(credentials.app).toMatchObject({ name: null, left: expect.toBeOneOf([364, 365]), kept: 'yes' });
    expect(credentials.passkey).toMatchObject({ left: expect.toBeOneOf([364, 365]), kept: 'yes' });
    expect(credentials['reversal-operator']).toBeNull();
  });

  test('never comes back, and stands nowhere in the books or the log', async () => {
    const shop = await openCredentialShop();
    for (const credential of [APP, LOOK_UP, PASSKEY, REVERSAL]) unwrap(await shop.set(credential));
    const shown = JSON.stringify(await shop.view());
    for (const secret of [APP.key, APP.secret, PASSWORD, PASSKEY.passkey, 'Rudisha%2026']) {
      expect(shown).not.toContain(secret);
      expect(shop.everything()).not.toContain(secret);
    }
  });

  test('is an entry that says what and by whom, with the name of the operator sealed', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    expect(lastSet(shop)).toEqual({
      subject: `credential:${CODE}`,
      staffId: shop.owner.staffId,
      details: {
        secret: 'look-up-operator',
        how: 'first',
        acceptsOneOperator: false,
        before: null,
        after: { operator: NAME, form: 'plain', dueAt: expect.any(Number) },
      },
    });
    unwrap(await shop.set(operator('look-up-operator', 'another', PASSWORD)));
    expect(lastSet(shop)).toMatchObject({
      details: { how: 'replaced', before: { operator: NAME }, after: { operator: 'another' } },
    });
  });

  test('may be a ready-made SecurityCredential', async () => {
    const shop = await openCredentialShop();
    const secret = { form: 'ready-made', securityCredential: `${READY}\n` } as const;
    unwrap(await shop.set({ ...LOOK_UP, secret }));
    expect(await readOperator(shop.parts.secrets, CODE)).toMatchObject({
      value: { name: NAME, securityCredential: READY },
    });
    expect((await shop.view()).credentials['look-up-operator']?.form).toBe('ready-made');
  });

  test('is due 90 days after Safaricom took it, whenever it is typed here', async () => {
    const shop = await openCredentialShop();
    const day = new Date(shop.core.now() - 80 * DAY).toISOString().slice(0, 10) as BusinessDay;
    unwrap(await shop.set({ ...LOOK_UP, since: day }));
    const view = (await shop.view()).credentials['look-up-operator'];
    expect(view?.dueAt).toBe(startOfDay(day) + 90 * DAY);
    expect(view?.standing).toBe('due-soon');
    // A date of the future makes it no younger than now.
    unwrap(await shop.set({ ...LOOK_UP, since: '2099-01-01' as BusinessDay }));
    expect((await shop.view()).credentials['look-up-operator']).toMatchObject({
      days: 0,
      left: expect.toBeOneOf([89, 90]),
    });
  });

  test('of another form is refused in words, and nothing is kept', async () => {
    const shop = await openCredentialShop();
    for (const credential of [
      { ...APP, secret: '' },
      { ...LOOK_UP, name: 'two words' },
      { ...LOOK_UP, secret: { form: 'plain', password: ' ' } as const },
      { ...LOOK_UP, secret: { form: 'ready-made', securityCredential: 'short' } as const },
      { ...PASSKEY, passkey: 'p k\u0000' },
    ])
      expect(codeOf(await shop.set(credential))).toBe('credential/bad-input');
    expect(await shop.vault.items()).toEqual({});
    expect(shop.core.ledger.read.all('SELECT 1 FROM credentials')).toEqual([]);
  });

  test('is for a number of the shop', async () => {
    const shop = await openCredentialShop();
    expect(codeOf(await shop.set(APP, '600000'))).toBe('ledger/not-found');
    expect(await shop.vault.items()).toEqual({});
  });

  test('in the place of a refused one is untried again', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    refuse(shop, 'look-up-operator');
    expect((await shop.view()).credentials['look-up-operator']).toMatchObject({
      state: 'refused',
      why: say('safaricom.no-relay'),
    });
    unwrap(await shop.set(operator('look-up-operator', NAME, 'Mpya#2027')));
    expect((await shop.view()).credentials['look-up-operator']).toMatchObject({
      state: 'untried',
      stateAt: null,
      why: null,
    });
  });
});

describe('a keychain that does not do its part', () => {
  test.each<VaultProblem>(['locked', 'unavailable', 'not-kept', 'too-large'])(
    '(%s) keeps nothing and leaves no row, in words of its own',
    async (problem) => {
      const shop = await openCredentialShop();
      shop.vault.fail = { write: problem };
      const answer = await shop.set(APP);
      expect(answer).toMatchObject({
        error: { code: 'credential/keychain', message: { id: `credential.keychain.${problem}` } },
      });
      expect(shop.core.ledger.read.all('SELECT 1 FROM credentials')).toEqual([]);
      shop.vault.fail = {};
      expect(await shop.vault.items()).toEqual({});
    },
  );

  test('and does not answer before a write leaves the old secret as it was', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(APP));
    shop.vault.fail = { read: 'locked' };
    expect(codeOf(await shop.set({ ...APP, secret: 'NewSecret' }))).toBe('credential/keychain');
    expect((await shop.view()).credentials.app?.kept).toBe('cannot-look');
    shop.vault.fail = {};
    expect(await readAppKeys(shop.parts.secrets, CODE)).toMatchObject({ value: { secret: APP.secret } });
  });

  test('and does not take a new secret leaves the old row as it was', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    shop.vault.fail = { write: 'unavailable' };
    expect(codeOf(await shop.set(operator('look-up-operator', 'other', 'Mpya#2027')))).toBe(
      'credential/keychain',
    );
    expect(selectCredential(shop.core.ledger.read, CODE, 'look-up-operator')?.name).toBe(NAME);
  });

  test('has lost what the books know of: the view says so', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(APP));
    await shop.parts.secrets.remove(`safaricom/${CODE}/app`);
    expect((await shop.view()).credentials.app?.kept).toBe('no');
    await shop.parts.secrets.write(`safaricom/${CODE}/app`, 'not ours');
    expect((await shop.view()).credentials.app?.kept).toBe('no');
  });
});

describe('books that do not take the row', () => {
  const breakRow = (shop: CredentialShop) => {
    const act = shop.core.ledger.act;
    const ledger = {
      ...shop.core.ledger,
      act: (...given: Parameters<typeof act>) => {
        if (given[1] === 'credential.set') throw new Error('the disk is full');
        return act(...given);
      },
    };
    return { ...shop.parts, core: { ...shop.core, ledger } } as typeof shop.parts;
  };

  test('get the new secret taken back out of the keychain', async () => {
    const shop = await openCredentialShop();
    const { setCredential } = await import('#main/services/credentials/set-credential.ts');
    const credential = {
      kind: 'app',
      name: null,
      form: 'plain',
      since: null,
      secret: { key: 'a', secret: 'b' },
    } as const;
    const setting = { shortCode: CODE, credential, acceptsOneOperator: false };
    await expect(setCredential(breakRow(shop), actorOf(shop.owner), setting)).rejects.toThrow('disk');
    expect(await shop.vault.items()).toEqual({});

    unwrap(await shop.set(APP));
    await expect(setCredential(breakRow(shop), actorOf(shop.owner), setting)).rejects.toThrow('disk');
    expect(await readAppKeys(shop.parts.secrets, CODE)).toMatchObject({ value: { secret: APP.secret } });
  });

  test('were cut off after the keychain: a stray secret is nobody’s, and the next one overwrites it', async () => {
    const shop = await openCredentialShop();
    await shop.parts.secrets.write(`safaricom/${CODE}/app`, '{"key":"stray","secret":"stray"}');
    expect((await shop.view()).credentials.app).toBeNull();
    unwrap(await shop.set(APP));
    expect(await readAppKeys(shop.parts.secrets, CODE)).toMatchObject({ value: { key: APP.key } });
  });

  test('were cut off while an operator was replaced: the new password goes out under its own name', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    const other = { name: 'newlook', password: 'Mpya#2027' };
    await shop.parts.secrets.write(`safaricom/${CODE}/look-up-operator`, JSON.stringify(other));
    expect(await readOperator(shop.parts.secrets, CODE)).toMatchObject({ value: other });
  });
});

describe('one operator for both', () => {
  test('is refused until the owner says that they know what it means', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    const both = operator('reversal-operator', NAME.toUpperCase(), PASSWORD);
    expect(codeOf(await shop.set(both))).toBe('credential/one-operator');
    expect(sharesOperator(shop.core.ledger.read, CODE)).toBe(false);
    unwrap(await shop.set({ ...both, acceptsOneOperator: true }));
    expect(sharesOperator(shop.core.ledger.read, CODE)).toBe(true);
    expect((await shop.view()).sharesOperator).toBe(true);
    expect(lastSet(shop)).toMatchObject({ details: { acceptsOneOperator: true } });
  });

  test('is asked for from the other side too, and ends with another name', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(REVERSAL));
    const both = operator('look-up-operator', 'mfanoback', 'Rudisha%2026');
    expect(codeOf(await shop.set(both))).toBe('credential/one-operator');
    unwrap(await shop.set({ ...both, acceptsOneOperator: true }));
    unwrap(await shop.set(LOOK_UP));
    expect((await shop.view()).sharesOperator).toBe(false);
  });
});

describe('removing', () => {
  test('forgets the row and the secret', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(APP));
    const removed = await shop.desk.remove(actorOf(shop.owner), { shortCode: CODE, kind: 'app' });
    expect(unwrap(removed)).toEqual({ isGone: true });
    expect((await shop.view()).credentials.app).toBeNull();
    expect(await shop.vault.items()).toEqual({});
    expect(codeOf(await shop.desk.remove(actorOf(shop.owner), { shortCode: CODE, kind: 'app' }))).toBe(
      'credential/not-set',
    );
  });

  test('does nothing while the keychain does not answer', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(APP));
    shop.vault.fail = { read: 'locked' };
    const of = { shortCode: CODE, kind: 'app' } as const;
    expect(codeOf(await shop.desk.remove(actorOf(shop.owner), of))).toBe('credential/keychain');
    shop.vault.fail = {};
    expect((await shop.view()).credentials.app?.kept).toBe('yes');
  });

  test('says so where the keychain does not let go: no row is left without its secret', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(APP));
    shop.vault.fail = { remove: 'unavailable' };
    const removed = await shop.desk.remove(actorOf(shop.owner), { shortCode: CODE, kind: 'app' });
    expect(unwrap(removed)).toEqual({ isGone: false });
    expect((await shop.view()).credentials.app).toBeNull();
  });
});

describe('trying again', () => {
  test('clears a refusal, which is on the record', async () => {
    const shop = await openCredentialShop();
    unwrap(await shop.set(LOOK_UP));
    const of = { shortCode: CODE, kind: 'look-up-operator' } as const;
    expect(codeOf(await shop.desk.retry(actorOf(shop.owner), of))).toBe('access/out-of-order');
    refuse(shop, 'look-up-operator');
    unwrap(await shop.desk.retry(actorOf(shop.owner), of));
    expect((await shop.view()).credentials['look-up-operator']).toMatchObject({
      state: 'untried',
      why: null,
    });
    expect(
      shop.core.ledger.read.all(`SELECT 1 FROM audit_entries WHERE action = 'credential.retried'`),
    ).toHaveLength(1);
  });

  test('has nothing to do with what is not set', async () => {
    const shop = await openCredentialShop();
    const of = { shortCode: CODE, kind: 'passkey' } as const;
    expect(codeOf(await shop.desk.retry(actorOf(shop.owner), of))).toBe('credential/not-set');
  });
});
