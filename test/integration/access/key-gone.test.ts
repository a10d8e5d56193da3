import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openRecoveryKits } from '#main/access/recovery-kit.ts';
import { readLedgerFile, writeLedgerFile } from '#main/db/ledger-file.ts';
import { silentLog } from '#main/log/log.ts';
import { openKeyRecovery } from '#main/services/recover-key.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import type { Vault } from '#main/vault/vault.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { ask, finishFirstRun, OWNER, SHOP, signInOwner } from '#test/helpers/first-run.ts';
import {
  freshPlace,
  hasFile,
  keyOf,
  ledgerIdOf,
  openThere,
  type Place,
  profileOf,
  withDatabase,
} from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';

const WRONG = 'ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD';

/** A shop whose first run is over, closed. */
async function makeShop(): Promise<Place & { code: string }> {
  const place = freshPlace();
  const app = await openThere(place);
  const { code } = await finishFirstRun(app, { withTotp: false });
  await app.close();
  return { ...place, code };
}

const keyItem = (place: Place) => `${ledgerIdOf(place)}/database-key`;

async function startupCode(place: Place): Promise<string> {
  const startup = (await openThere(place)).startup();
  return startup.state === 'failed' ? startup.failure.code : 'ready';
}

/** The files that hold the books, as they are. */
function filesOf(place: Place): Record<string, string> {
  return Object.fromEntries(
    ['ledger.db', 'ledger.json', 'recovery.json'].map((name) => [
      name,
      readFileSync(join(profileOf(place), name)).toString('base64'),
    ]),
  );
}

describe('books whose key is gone from the keychain', () => {
  it('open with the recovery code alone, and the next time without it', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    expect(app.startup()).toMatchObject({ state: 'failed', failure: { code: 'startup/key-missing' } });
    expect(unwrap(await ask(app, 'access:state', {}))).toMatchObject({
      phase: 'recovery',
      environment: 'production',
      shopName: '',
      person: null,
    });
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('ok');
    expect(app.startup()).toEqual({ state: 'ready' });
    expect(unwrap(await ask(app, 'access:state', {}))).toMatchObject({
      phase: 'signed-out',
      shopName: SHOP.shopName,
    });
    expect(codeOf(await signInOwner(app))).toBe('ok');
    await app.close();
    expect(await startupCode(shop)).toBe('ready');
  });

  it('take the code however it was copied', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    const copied = ` ${shop.code.toLowerCase().replaceAll(' ', '-').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(codeOf(await ask(app, 'recovery:open', { code: copied }))).toBe('ok');
  });

  it('open with it too where the keychain has the key of other books', async () => {
    const shop = await makeShop();
    await shop.vault.write(keyItem(shop), randomBytes(32).toString('base64'));
    const app = await openThere(shop);
    expect(app.startup()).toMatchObject({ failure: { code: 'startup/wrong-key' } });
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('ok');
    expect(codeOf(await signInOwner(app))).toBe('ok');
  });

  it('say on the record that the code was used, and after how many wrong ones', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    for (let n = 0; n < 2; n += 1)
      expect(codeOf(await ask(app, 'recovery:open', { code: WRONG }))).toBe('recovery/wrong-code');
    unwrap(await ask(app, 'recovery:open', { code: shop.code }));
    await app.close();
    const noted = await withDatabase(shop, (db) =>
      db
        .prepare('SELECT staff_id AS staffId, details FROM audit_entries WHERE action = ?')
        .all('recovery.key-restored'),
    );
    expect(noted).toEqual([{ staffId: null, details: '{"wrongTries":2}' }]);
  });

  it('answer nothing else, and change nothing, until the right code comes', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const before = filesOf(shop);
    const app = await openThere(shop);
    expect(codeOf(await ask(app, 'recovery:open', { code: WRONG }))).toBe('recovery/wrong-code');
    expect(codeOf(await ask(app, 'recovery:open', { code: 'ABCD' }))).toBe('recovery/wrong-code');
    expect(codeOf(await ask(app, 'access:sign-in', { ...OWNER, code: null }))).toBe('startup/key-missing');
    expect(codeOf(await ask(app, 'setup:show', {}))).toBe('startup/key-missing');
    expect(codeOf(await ask(app, 'setup:save-shop', SHOP))).toBe('startup/key-missing');
    const reset = { code: shop.code, name: OWNER.name, password: 'four tall baobab trees' };
    expect(codeOf(await ask(app, 'recovery:reset-owner', reset))).toBe('startup/key-missing');
    expect(codeOf(await ask(app, 'app:state', {}))).toBe('ipc/signed-out');
    expect(codeOf(await app.call({ window: null }, 'recovery:open', { code: shop.code }))).toBe(
      'ipc/untrusted-sender',
    );
    expect(codeOf(await app.call({ window: 'main' }, 'recovery:open', { code: 7 }))).toBe('ipc/malformed');
    await app.close();
    expect(filesOf(shop)).toEqual(before);
    expect(unwrapVault(await shop.vault.read(keyItem(shop)))).toBeNull();
  });

  it('open once when the code comes twice at once', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    const codes = await Promise.all([1, 2].map(() => ask(app, 'recovery:open', { code: shop.code })));
    expect(codes.map(codeOf)).toEqual(['ok', 'access/out-of-order']);
    expect(codeOf(await signInOwner(app))).toBe('ok');
  });

  it('point at the group that is mistyped', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    const groups = shop.code.split(' ').with(3, 'AB*D');
    const answer = await ask(app, 'recovery:open', { code: groups.join(' ') });
    expect(answer).toMatchObject({
      error: { message: { id: 'recovery.group-not-a-symbol', values: { group: 4 } } },
    });
  });
});

function unwrapVault(answer: Awaited<ReturnType<Vault['read']>>): string | null {
  if (!answer.ok) throw new Error(answer.problem);
  return answer.value;
}

describe('the wait between codes', () => {
  it('grows, is told, and ends', async () => {
    const shop = await makeShop();
    await shop.vault.remove(keyItem(shop));
    let at = Date.UTC(2026, 10, 20) as number;
    const recovery = openKeyRecovery({
      profile: profileOf(shop),
      keys: shop.vault,
      kits: openRecoveryKits(WEAK_COST),
      now: () => at as UtcMs,
      log: silentLog,
    });
    const restore = async (code: string) => {
      const restored = await recovery?.restoreKey(code);
      return restored === undefined ? 'no kit' : codeOf(restored);
    };
    const slips = await Promise.all([1, 2, 3, 4, 5].map(() => restore('ABCD')));
    expect(new Set(slips)).toEqual(new Set(['recovery/wrong-code']));
    // After each wrong code: the seconds in which not even the right one is looked at.
    for (const seconds of [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await restore(WRONG)).toBe('recovery/wrong-code');
      if (seconds === 0) continue;
      at += seconds * 1_000 - 1;
      expect(await restore(shop.code)).toBe('access/wait');
      at += 1;
    }
    expect(await restore(shop.code)).toBe('ok');
  });
});

/** F18: what a keychain may do on the morning after. */
describe('a keychain that does not answer as it should', () => {
  const refusing = (problem: 'locked' | 'unavailable'): Vault => ({
    read: async () => ({ ok: false, problem }),
    write: async () => ({ ok: false, problem }),
    remove: async () => ({ ok: false, problem }),
  });

  it.each([
    ['locked', 'startup/keychain-locked'],
    ['unavailable', 'startup/no-keychain'],
  ] as const)('%s: keeps its own message, and no code is asked', async (problem, code) => {
    const shop = await makeShop();
    const app = await openThere({ folder: shop.folder, vault: refusing(problem) });
    expect(app.startup()).toMatchObject({ failure: { code } });
    expect(codeOf(await ask(app, 'access:state', {}))).toBe(code);
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe(code);
  });

  it.each([
    ['emptied and made again', {}],
    ['of another user of this computer', { 'other/database-key': 'x' }],
  ])('%s: the code is asked', async (_, items) => {
    const shop = await makeShop();
    const vault = openMemoryVault();
    for (const [name, secret] of Object.entries(items)) await vault.write(name, secret);
    const app = await openThere({ folder: shop.folder, vault });
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('recovery');
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('ok');
  });

  it.each([
    ['locked', 'startup/keychain-locked'],
    ['not-kept', 'startup/no-keychain'],
  ] as const)(
    'that does not keep the key (%s) is told apart, and the code can be sent again',
    async (problem, code) => {
      const shop = await makeShop();
      await shop.vault.remove(keyItem(shop));
      let mayWrite = false;
      const vault: Vault = {
        ...shop.vault,
        write: async (name, secret) => (mayWrite ? shop.vault.write(name, secret) : { ok: false, problem }),
      };
      const app = await openThere({ folder: shop.folder, vault });
      expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe(code);
      expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('recovery');
      mayWrite = true;
      expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('ok');
    },
  );

  it('that is empty, without a kit, keeps the message of old and makes nothing new', async () => {
    const shop = await makeShop();
    const bare = freshPlace();
    const keep = (path: string) => !path.endsWith('recovery.json');
    cpSync(profileOf(shop), profileOf(bare), { recursive: true, filter: keep });
    const app = await openThere(bare);
    expect(app.startup()).toMatchObject({ failure: { code: 'startup/key-missing' } });
    expect(codeOf(await ask(app, 'access:state', {}))).toBe('startup/key-missing');
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('startup/key-missing');
    expect(hasFile(bare, 'recovery.json')).toBe(false);
  });
});

/** S2: somebody puts other files in the place of the books. */
describe('files that were put in the place of the books', () => {
  it('a database in clear is not opened, with the key nor with the code', async () => {
    const shop = await makeShop();
    const path = join(profileOf(shop), 'ledger.db');
    const plain = new Database(`${path}.plain`);
    plain.exec('CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT)');
    plain.close();
    writeFileSync(path, readFileSync(`${path}.plain`));
    const clear = readFileSync(path);
    expect(await startupCode(shop)).toBe('startup/damaged');
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('startup/damaged');
    expect(app.startup()).toMatchObject({ failure: { code: 'startup/damaged' } });
    expect(readFileSync(path)).toEqual(clear);
  });

  it('a database under another key is not opened', async () => {
    const [shop, attacker] = [await makeShop(), await makeShop()];
    cpSync(join(profileOf(attacker), 'ledger.db'), join(profileOf(shop), 'ledger.db'));
    expect(await startupCode(shop)).toBe('startup/damaged');
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('startup/damaged');
  });

  it('other books, kit and all, do not open with the code of these', async () => {
    const [shop, attacker] = [await makeShop(), await makeShop()];
    cpSync(profileOf(attacker), profileOf(shop), { recursive: true, force: true });
    const app = await openThere(shop);
    expect(app.startup()).toMatchObject({ failure: { code: 'startup/key-missing' } });
    expect(codeOf(await ask(app, 'recovery:open', { code: shop.code }))).toBe('recovery/wrong-code');
  });

  it('a kit from other books is no kit of these', async () => {
    const [shop, attacker] = [await makeShop(), await makeShop()];
    cpSync(join(profileOf(attacker), 'recovery.json'), join(profileOf(shop), 'recovery.json'));
    await shop.vault.remove(keyItem(shop));
    const app = await openThere(shop);
    expect(codeOf(await ask(app, 'access:state', {}))).toBe('startup/key-missing');
  });

  it('a ledger.json that names another key does not make the right code write over the keychain', async () => {
    const shop = await makeShop();
    const file = readLedgerFile(profileOf(shop));
    if (typeof file === 'string') throw new Error(file);
    const key = await keyOf(shop);
    writeLedgerFile(profileOf(shop), { ...file, keyCheck: 'a'.repeat(64) });
    const app = await openThere(shop);
    expect(app.startup()).toMatchObject({ failure: { code: 'startup/wrong-key' } });
    expect(await ask(app, 'recovery:open', { code: shop.code })).toMatchObject({
      error: { code: 'startup/damaged', message: { id: 'recovery.other-books' } },
    });
    expect(await keyOf(shop)).toEqual(key);
  });
});
