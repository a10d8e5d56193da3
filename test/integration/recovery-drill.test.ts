import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { type Books, fillShop, readBooks } from '#test/helpers/drill.ts';
import { ask, OWNER, openTestApp, SHOP, signInOwner } from '#test/helpers/first-run.ts';
import {
  freshPlace,
  keyOf,
  ledgerIdOf,
  openThere,
  type Place,
  profileOf,
} from '#test/helpers/first-run-shop.ts';
import { runWithKeyring, whyNoKeyring } from '#test/helpers/keyring.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

/** What a backup carries. */
const FILES = ['ledger.db', 'ledger.json', 'recovery.json'];
const CHILD = fileURLToPath(new URL('../helpers/drill-child.ts', import.meta.url));
const CLI = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));

/** The shop that is lost in each drill: closed, with its files, its keychain and the code on paper. */
let lost: Place & { code: string; key: Buffer; books: Books; files: string[] };

beforeAll(async () => {
  const folder = freshFolder();
  const vault = openMemoryVault();
  const app = await openTestApp(folder, vault);
  const code = await fillShop(app, folder);
  await app.close();
  const place = { folder, vault };
  const key = await keyOf(place);
  // What the lock leaves is of the moment, and the logs are no books.
  const files = readdirSync(profileOf(place)).filter((name) => !/^(profile\.|logs$)/.test(name));
  lost = {
    ...place,
    code,
    key,
    files: files.sort(),
    books: readBooks(join(profileOf(place), 'ledger.db'), key),
  };
});

afterAll(() => rmSync(lost.folder, { recursive: true, force: true }));

/** Puts a copy of the three files into an empty folder of another computer. */
function restoreElsewhere(): Place {
  const place = freshPlace();
  mkdirSync(profileOf(place));
  for (const name of FILES) cpSync(join(profileOf(lost), name), join(profileOf(place), name));
  return place;
}

function booksOf(place: Place): Books {
  return readBooks(join(profileOf(place), 'ledger.db'), lost.key);
}

const actionsOf = (log: readonly string[]) => log.map((row) => (JSON.parse(row) as unknown[])[4]);

/** Every table row by row, and the log up to the head it had. Returns what was done since. */
function expectWhole(found: Books): unknown[] {
  expect(Object.keys(found.tables)).toEqual(Object.keys(lost.books.tables));
  for (const [name, rows] of Object.entries(lost.books.tables))
    expect({ name, rows: found.tables[name] }).toEqual({ name, rows });
  const { length } = lost.books.log;
  expect(found.log.slice(0, length)).toEqual(lost.books.log);
  return actionsOf(found.log.slice(length));
}

describe('the drill: the shop that is lost', () => {
  it('has something to lose, and lies in three files when it is closed', () => {
    const { tables, log } = lost.books;
    for (const name of ['movements', 'sales', 'links', 'findings', 'tills', 'staff', 'logins', 'sealed_keys'])
      expect({ name, rows: tables[name]?.length ?? 0 }).not.toEqual({ name, rows: 0 });
    expect(log.length).toBeGreaterThan(10);
    expect(lost.files).toEqual(FILES);
  });

  it('opens on another computer with the files and the code alone, whole', async () => {
    const place = restoreElsewhere();
    const app = await openThere(place);
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('recovery');
    expect(codeOf(await ask(app, 'recovery:open', { code: lost.code }))).toBe('ok');
    await app.close();
    expect(await keyOf(place)).toEqual(lost.key);
    const since = expectWhole(booksOf(place));
    // On the record: a keychain that remembers nothing cannot say that these are the newest books.
    expect(since).toEqual([
      'audit.anchor-missing',
      'audit.no-signing-key',
      'program.started',
      'recovery.key-restored',
      'program.stopped',
    ]);
  });

  it('is at work again there: its people sign in, its days are there', async () => {
    const place = restoreElsewhere();
    const app = await openThere(place);
    unwrap(await ask(app, 'recovery:open', { code: lost.code }));
    // The telephone with the second factor went with the computer: the code sets the owner's login anew.
    const password = 'four tall baobab trees';
    unwrap(await ask(app, 'recovery:reset-owner', { code: lost.code, name: OWNER.name, password }));
    unwrap(await signInOwner(app, password));
    const state = unwrap(await ask(app, 'app:state', {}));
    expect(state).toMatchObject({ shopName: `${SHOP.shopName} II`, latestDay: '2026-03-14', isEmpty: false });
    const search = { search: 'TEST000007', limit: 10 };
    expect(unwrap(await ask(app, 'ledger:search', search)).hits).not.toHaveLength(0);
  });

  it('stays whole where only the key is taken out of the keychain, and is mended in place', async () => {
    const place: Place = { folder: restoreElsewhere().folder, vault: lost.vault };
    const item = `${ledgerIdOf(place)}/database-key`;
    await place.vault.remove(item);
    const app = await openThere(place);
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('recovery');
    expect(codeOf(await ask(app, 'recovery:open', { code: lost.code }))).toBe('ok');
    await app.close();
    expect(await keyOf(place)).toEqual(lost.key);
    const since = expectWhole(booksOf(place));
    // The keychain kept everything else: the log goes on being signed.
    expect(since).toEqual([
      'audit.epoch',
      'program.started',
      'recovery.key-restored',
      'program.stopped',
      'audit.epoch',
    ]);
  });
});

describe('the drill with the real keychain of a computer', () => {
  const why = whyNoKeyring();

  it.skipIf(why !== null)(
    `opens in place and elsewhere with the code${why ? ` (${why})` : ''}`,
    async () => {
      const { folder } = freshPlace();
      const { folder: there } = freshPlace();
      const run = async (at: string, ...args: string[]) => {
        const child = await runWithKeyring(at, [CHILD, ...args]);
        if (child.code !== 0) throw new Error(child.err);
        return child.out;
      };
      const code = await run(folder, 'make', folder);
      expect(code.split(' ')).toHaveLength(8);
      const open = async (at: string, ...args: string[]) =>
        JSON.parse(await run(at, 'open', at, ...args)) as unknown;
      expect(await open(folder)).toEqual({ before: 'signed-out', answer: null, after: 'signed-out' });

      await run(folder, 'lose', folder);
      expect(await open(folder)).toEqual({ before: 'recovery', answer: null, after: 'recovery' });
      const cli = await runWithKeyring(folder, [CLI, 'audit', 'verify', '--profile', 'profile']);
      expect(cli.code).not.toBe(0);
      expect(cli.err).toContain('I have the recovery code');
      expect(await open(folder, code)).toEqual({ before: 'recovery', answer: 'ok', after: 'signed-out' });
      expect(await open(folder)).toEqual({ before: 'signed-out', answer: null, after: 'signed-out' });

      // Another computer, whose keychain is as empty as its disk.
      mkdirSync(join(there, 'profile'));
      for (const name of FILES) cpSync(join(folder, 'profile', name), join(there, 'profile', name));
      expect(await open(there, code)).toEqual({ before: 'recovery', answer: 'ok', after: 'signed-out' });
      expect(existsSync(join(there, 'home', 'data'))).toBe(true);
    },
    120_000,
  );
});
