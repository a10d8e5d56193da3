import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import { type Failure, fail } from '#shared/ipc/result.ts';
import { openEncrypted, type RawDatabase } from './cipher.ts';
import { type Ledger, wrapLedger } from './ledger.ts';
import {
  databasePath,
  type Environment,
  isKeyOf,
  type LedgerFile,
  newLedgerFile,
  readLedgerFile,
  writeLedgerFile,
} from './ledger-file.ts';
import { lockProfile, type ProfileLock } from './lock.ts';
import { migrate, schemaState, schemaVersion } from './migrate.ts';

/** The part of the keychain port that opening needs; main/vault has the adapters. */
export type KeyStore = {
  readonly read: (name: string) => Promise<KeyAnswer<string | null>>;
  readonly write: (name: string, secret: string) => Promise<KeyAnswer<void>>;
  readonly remove: (name: string) => Promise<KeyAnswer<void>>;
};
type KeyAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export type OpenOptions = {
  readonly dir: string;
  readonly host: 'electron' | 'preview' | 'cli';
  readonly keys: KeyStore;
  /** For a new ledger only; an existing one keeps its own for ever. */
  readonly environment: Environment;
  readonly language: 'en' | 'sw';
  readonly now: () => UtcMs;
};

export type OpenLedger = Ledger & {
  readonly file: LedgerFile;
  /** What a worker needs to open connections of its own. */
  readonly access: { readonly path: string; readonly key: Buffer };
};

export type Opened =
  | { readonly ok: true; readonly ledger: OpenLedger }
  | { readonly ok: false; readonly error: Failure };

/**
 * Opens the ledger of a profile, or makes one where there is none. Each way to fail has a code and a sentence of
 * its own, and none of them deletes, re-creates or opens anything in clear.
 */
export async function openLedger(options: OpenOptions): Promise<Opened> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const locked = lockProfile(options.dir, options.host);
  if (!locked.ok) {
    const { owner } = locked;
    return fail('startup/in-use', say('startup.in-use', { host: owner?.host ?? '?', pid: owner?.pid ?? 0 }));
  }
  try {
    const opened = await openLocked(options, locked.lock);
    if (!opened.ok) locked.lock.release();
    return opened;
  } catch (error) {
    locked.lock.release();
    throw error;
  }
}

async function openLocked(options: OpenOptions, lock: ProfileLock): Promise<Opened> {
  const file = readLedgerFile(options.dir);
  const hasDatabase = existsSync(databasePath(options.dir));
  if (file === 'unreadable') return refuse('startup/damaged', 'startup.damaged-description');
  if (file === 'missing') {
    return hasDatabase
      ? refuse('startup/damaged', 'startup.description-missing')
      : createLedger(options, lock);
  }
  // An emptied file is as gone as one that is missing: opening it would start the books anew.
  if (hasDatabase && file.isComplete && statSync(databasePath(options.dir)).size === 0)
    return refuse('startup/damaged', 'startup.damaged');
  if (!hasDatabase && file.isComplete) return refuse('startup/damaged', 'startup.database-missing');
  return openExisting(options, file, lock);
}

/** The key first, then the file that names it, then the database: a crash in between is finished next time. */
async function createLedger(options: OpenOptions, lock: ProfileLock): Promise<Opened> {
  const key = randomBytes(32);
  const file = newLedgerFile(key, options.environment, options.language);
  const kept = await options.keys.write(keyName(file), key.toString('base64'));
  if (!kept.ok) return keychainRefusal(kept.problem);
  writeLedgerFile(options.dir, file);
  return openWithKey(options, file, key, lock);
}

async function openExisting(options: OpenOptions, file: LedgerFile, lock: ProfileLock): Promise<Opened> {
  const found = await options.keys.read(keyName(file));
  if (!found.ok) return keychainRefusal(found.problem);
  if (found.value === null) return refuse('startup/key-missing', 'startup.key-missing');
  const key = Buffer.from(found.value, 'base64');
  if (key.length !== 32 || !isKeyOf(file, key)) return refuse('startup/wrong-key', 'startup.wrong-key');
  return openWithKey(options, file, key, lock);
}

function openWithKey(options: OpenOptions, file: LedgerFile, key: Buffer, lock: ProfileLock): Opened {
  const path = databasePath(options.dir);
  let db: RawDatabase | undefined;
  try {
    // Made for its owner alone before SQLite would make it for everybody to read.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    db = openEncrypted(path, key, { readonly: false });
    db.pragma('wal_autocheckpoint=0');
    const state = schemaState(db);
    if (state === 'new' && file.isComplete) {
      db.close();
      return refuse('startup/damaged', 'startup.damaged');
    }
    if (state === 'newer') {
      db.close();
      return refuse('startup/newer-schema', 'startup.newer-schema');
    }
    if (state === 'behind') backUpBeforeMigrating(db, options);
    migrate(db);
  } catch (error) {
    db?.close();
    if (isDamage(error)) return refuse('startup/damaged', 'startup.damaged');
    throw error;
  }
  const complete: LedgerFile = { ...file, isComplete: true };
  if (!file.isComplete) writeLedgerFile(options.dir, complete);
  const ledger = wrapLedger(db, file.environment, options.now);
  const close = () => {
    ledger.close();
    lock.release();
  };
  return { ok: true, ledger: { ...ledger, close, file: complete, access: { path, key } } };
}

/** A whole copy, encrypted with the same key, before the first migration touches anything. */
function backUpBeforeMigrating(db: RawDatabase, options: OpenOptions): void {
  const folder = join(options.dir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `before-migration-from-${schemaVersion(db)}-${options.now()}.db`);
  db.prepare('VACUUM INTO ?').run(copy);
}

/** The key check held, so what SQLite cannot read is damage and not a wrong key. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT');
}

/** What to tell about a keychain that did not answer, or did not keep what it was given. */
export function keychainRefusal(problem: string): { readonly ok: false; readonly error: Failure } {
  if (problem === 'locked') return refuse('startup/keychain-locked', 'startup.keychain-locked');
  return refuse('startup/no-keychain', 'startup.no-keychain');
}

function refuse(code: ErrorCode, id: string): { readonly ok: false; readonly error: Failure } {
  return fail(code, say(id));
}

function keyName(file: LedgerFile): string {
  return `${file.id}/database-key`;
}
