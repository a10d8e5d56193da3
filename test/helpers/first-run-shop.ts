import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { App } from '#main/app-types.ts';
import { openEncrypted, type RawDatabase } from '#main/db/cipher.ts';
import { readLedgerFile } from '#main/db/ledger-file.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import type { Vault } from '#main/vault/vault.ts';
import { openTestApp } from './first-run.ts';
import { freshFolder } from './open-shop.ts';

export type Place = { readonly folder: string; readonly vault: Vault };

/** A fresh folder and keychain; removed when the test ends. */
export function freshPlace(): Place {
  const folder = freshFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, vault: openMemoryVault() };
}

/** Opens the program there and closes it when the test ends, if the test has not. */
export async function openThere({ folder, vault }: Place): Promise<App> {
  const app = await openTestApp(folder, vault);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= app.close();
    return closing;
  };
  onTestFinished(close);
  return {
    ...app,
    get environment() {
      return app.environment;
    },
    close,
  };
}

/** What a power cut leaves at this moment: a copy of the files, without what only the memory has. */
export function cutPower({ folder, vault }: Place): Place {
  const copy = freshPlace();
  cpSync(join(folder, 'profile'), join(copy.folder, 'profile'), {
    recursive: true,
    filter: (path) => !/(profile\.lock|profile\.owner|ledger\.db-shm|logs)/.test(path),
  });
  return { folder: copy.folder, vault };
}

export function profileOf({ folder }: Place): string {
  return join(folder, 'profile');
}

/** The ledger itself, opened beside the program with its key; for a look only. */
export async function withDatabase<T>(place: Place, look: (db: RawDatabase) => T): Promise<T> {
  const db = openEncrypted(join(profileOf(place), 'ledger.db'), await keyOf(place), { readonly: false });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** The database key, from the keychain. */
export async function keyOf({ folder, vault }: Place): Promise<Buffer> {
  const kept = await vault.read(`${ledgerIdOf({ folder, vault })}/database-key`);
  if (!kept.ok || kept.value === null) throw new Error('the keychain has no key');
  return Buffer.from(kept.value, 'base64');
}

export function ledgerIdOf(place: Place): string {
  const file = readLedgerFile(profileOf(place));
  if (typeof file === 'string') throw new Error(`ledger.json is ${file}`);
  return file.id;
}

export function hasFile(place: Place, name: string): boolean {
  return existsSync(join(profileOf(place), name));
}
