import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openApp } from '#main/app.ts';
import { newLedgerFile, writeLedgerFile } from '#main/db/ledger-file.ts';
import { chooseBooks } from '#main/preview/choose-books.ts';
import { readStartOptions } from '#main/start/options.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'daftari-data-'));
});
afterEach(() => rmSync(data, { recursive: true }));

function choose(...args: string[]) {
  const parsed = readStartOptions(args, data);
  if (!parsed.ok) throw new Error(parsed.problem);
  return chooseBooks(parsed.options, data);
}

function layBooks(folder: string, environment: 'production' | 'sandbox' | 'demo'): void {
  mkdirSync(join(data, folder), { recursive: true });
  writeLedgerFile(join(data, folder), newLedgerFile(Buffer.alloc(32), environment, 'en'));
}

test('the browser gets the demo unless something else is asked for by name', () => {
  expect(choose()).toEqual({ type: 'demo', wasAsked: false });
  expect(choose('--demo')).toEqual({ type: 'demo', wasAsked: true });
  expect(choose('--profile', 'books')).toEqual({ type: 'demo', wasAsked: false });
  expect(choose('--real-books-in-browser')).toMatchObject({
    type: 'refused',
    why: { id: 'start.profile-missing' },
  });
  expect(choose('--real-books-in-browser', '--profile', 'books')).toEqual({
    type: 'profile',
    folder: join(data, 'books'),
    isSandbox: false,
  });
});

test('the sandbox needs no asking, in its own folder or in one that is named', () => {
  expect(choose('--sandbox')).toEqual({ type: 'profile', folder: join(data, 'sandbox'), isSandbox: true });
  layBooks('sandbox', 'sandbox');
  expect(choose('--sandbox')).toMatchObject({ type: 'profile' });
  layBooks('mine', 'sandbox');
  expect(choose('--sandbox', '--profile', 'mine')).toMatchObject({ folder: join(data, 'mine') });
});

test('other books are not let in under the name of the sandbox', () => {
  layBooks('sandbox', 'production');
  expect(choose('--sandbox')).toMatchObject({ type: 'refused', why: { id: 'start.not-a-sandbox' } });
  layBooks('demo', 'demo');
  expect(choose('--sandbox', '--profile', 'demo')).toMatchObject({ type: 'refused' });
  expect(choose('--sandbox', '--real-books-in-browser')).toMatchObject({ type: 'profile' });
});

test('a damaged description is opened, and told what it is', () => {
  mkdirSync(join(data, 'sandbox'));
  writeFileSync(join(data, 'sandbox', 'ledger.json'), 'x');
  expect(choose('--sandbox')).toMatchObject({ type: 'profile' });
});

test('books are of the sandbox for ever, however they are opened', async () => {
  const options = {
    profile: join(data, 'sandbox'),
    host: 'preview',
    vault: openMemoryVault(),
    workerUrl: WORKER,
    demo: false,
    isPackaged: false,
    version: '0.0.0-test',
  } as const;
  for (const sandbox of [true, false, true]) {
    const app = await openApp({ ...options, sandbox });
    expect(app.startup()).toEqual({ state: 'ready' });
    expect(app.environment).toBe('sandbox');
    await app.close();
  }
  const other = await openApp({ ...options, profile: join(data, 'books') });
  expect(other.environment).toBe('production');
  await other.close();
  const stillOther = await openApp({ ...options, profile: join(data, 'books'), sandbox: true });
  expect(stillOther.environment).toBe('production');
  await stillOther.close();
});
