import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEncrypted } from '#main/db/cipher.ts';
import { readLedgerFile, writeLedgerFile } from '#main/db/ledger-file.ts';
import { type KeyStore, type OpenLedger, openLedger } from '#main/db/open.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';

let dir: string;
let keys: ReturnType<typeof openMemoryVault>;
let open: OpenLedger[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'daftari-open-'));
  keys = openMemoryVault();
  open = [];
});
afterEach(() => {
  for (const ledger of open) ledger.close();
  rmSync(dir, { recursive: true, force: true });
});

async function tryOpen(store: KeyStore = keys) {
  const now = () => Date.UTC(2026, 10, 20) as UtcMs;
  const opened = await openLedger({
    dir,
    host: 'cli',
    keys: store,
    environment: 'demo',
    language: 'en',
    now,
  });
  if (opened.ok) open.push(opened.ledger);
  return opened;
}

async function makeLedger(): Promise<OpenLedger['file']> {
  const opened = await tryOpen();
  if (!opened.ok) throw new Error(opened.error.code);
  const { ledger } = opened;
  const made = ledger.act({ staffId: 1, session: null }, 'staff.added', 'staff:1', (db) => {
    db.run(`INSERT INTO staff (id, name, role, created_at) VALUES (1, 'AMINA EXAMPLE', 'owner', 0)`);
    return succeed({ value: undefined, details: {} });
  });
  expect(made.ok).toBe(true);
  ledger.close();
  open.pop();
  return ledger.file;
}

async function failureCode(store?: KeyStore): Promise<string> {
  const before = snapshot();
  const opened = await tryOpen(store);
  expect(opened.ok).toBe(false);
  // None of the failures may change, delete or re-create anything.
  expect(snapshot()).toEqual(before);
  return opened.ok ? 'opened' : opened.error.code;
}

function snapshot(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of ['ledger.db', 'ledger.json'])
    files[name] = existsSync(join(dir, name)) ? readFileSync(join(dir, name)).toString('base64') : 'missing';
  return files;
}

describe('opening a ledger', () => {
  it('makes one where there is none, and opens it again with everything in it', async () => {
    await makeLedger();
    const again = await tryOpen();
    expect(again.ok && again.ledger.read.all('SELECT name FROM staff WHERE id > 0')).toEqual([
      { name: 'AMINA EXAMPLE' },
    ]);
  });

  it('leaves nothing readable on the disk', async () => {
    await makeLedger();
    for (const name of ['ledger.db', 'ledger.db-wal']) {
      if (!existsSync(join(dir, name))) continue;
      const bytes = readFileSync(join(dir, name));
      expect(bytes.includes('AMINA EXAMPLE')).toBe(false);
      expect(bytes.includes('SQLite format 3')).toBe(false);
    }
  });

  it('keeps the folder and its description to their owner', async () => {
    await makeLedger();
    if (process.platform === 'win32') return;
    for (const name of ['ledger.json', 'ledger.db']) expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
  });

  it('says that the keychain is locked', async () => {
    await makeLedger();
    const locked: KeyStore = { ...keys, read: async () => ({ ok: false, problem: 'locked' }) };
    expect(await failureCode(locked)).toBe('startup/keychain-locked');
    const after = await tryOpen();
    expect(after.ok).toBe(true);
  });

  it('says that there is no keychain, and then makes no ledger at all', async () => {
    const none: KeyStore = {
      read: async () => ({ ok: false, problem: 'unavailable' }),
      write: async () => ({ ok: false, problem: 'unavailable' }),
      remove: async () => ({ ok: false, problem: 'unavailable' }),
    };
    expect(await failureCode(none)).toBe('startup/no-keychain');
  });

  it('says that the key is missing', async () => {
    const file = await makeLedger();
    await keys.remove(`${file.id}/database-key`);
    expect(await failureCode()).toBe('startup/key-missing');
  });

  it('tells a wrong key from a damaged file', async () => {
    const file = await makeLedger();
    await keys.write(`${file.id}/database-key`, randomBytes(32).toString('base64'));
    expect(await failureCode()).toBe('startup/wrong-key');
  });

  it.each([
    ['overwritten', (path: string) => writeFileSync(path, randomBytes(8192))],
    ['emptied', (path: string) => writeFileSync(path, '')],
    ['cut short', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 1000))],
    [
      'swapped for a plain database',
      (path: string) =>
        writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)])),
    ],
  ])('says that the ledger is damaged when its file was %s', async (_, spoil) => {
    await makeLedger();
    spoil(join(dir, 'ledger.db'));
    expect(await failureCode()).toBe('startup/damaged');
  });

  it('never starts an empty ledger in the place of one that is gone', async () => {
    await makeLedger();
    renameSync(join(dir, 'ledger.db'), join(dir, 'elsewhere.db'));
    expect(await failureCode()).toBe('startup/damaged');
    expect(existsSync(join(dir, 'ledger.db'))).toBe(false);
  });

  it('never makes a new key for a database that is there', async () => {
    await makeLedger();
    unlinkSync(join(dir, 'ledger.json'));
    expect(await failureCode()).toBe('startup/damaged');
    expect(existsSync(join(dir, 'ledger.json'))).toBe(false);
  });

  it('refuses a description that is not one of ours', async () => {
    await makeLedger();
    writeFileSync(join(dir, 'ledger.json'), '{"format": 2}');
    expect(await failureCode()).toBe('startup/damaged');
  });

  it('refuses a ledger of a newer program', async () => {
    const file = await makeLedger();
    const key = await keys.read(`${file.id}/database-key`);
    const db = openEncrypted(join(dir, 'ledger.db'), Buffer.from((key.ok && key.value) || '', 'base64'), {
      readonly: false,
    });
    db.pragma('user_version = 9999');
    db.close();
    expect(await failureCode()).toBe('startup/newer-schema');
  });

  it('lets one process in, and names it to the next', async () => {
    await makeLedger();
    expect((await tryOpen()).ok).toBe(true);
    const second = await tryOpen();
    expect(second.ok ? null : second.error).toMatchObject({
      code: 'startup/in-use',
      message: { values: { host: 'cli', pid: process.pid } },
    });
  });

  it('finishes a ledger whose making was cut off after its description was written', async () => {
    await makeLedger();
    const file = readLedgerFile(dir);
    if (typeof file === 'string') throw new Error(file);
    writeLedgerFile(dir, { ...file, isComplete: false });
    unlinkSync(join(dir, 'ledger.db'));
    const opened = await tryOpen();
    expect(opened.ok && opened.ledger.file).toMatchObject({ id: file.id, isComplete: true });
  });
});
