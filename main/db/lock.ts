import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type LockOwner = { readonly pid: number; readonly host: string };
export type ProfileLock = { readonly release: () => void };

/**
 * Holds a profile for this process: an exclusive transaction on a file of its own, which the operating system
 * frees even when the process is killed. When another process has it, says which.
 */
export function lockProfile(
  dir: string,
  host: string,
): { ok: true; lock: ProfileLock } | { ok: false; owner: LockOwner | null } {
  const db = new Database(join(dir, 'profile.lock'));
  try {
    db.pragma('busy_timeout=0');
    db.prepare('BEGIN EXCLUSIVE').run();
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return { ok: false, owner: readOwner(dir) };
    throw error;
  }
  writeFileSync(ownerFile(dir), JSON.stringify({ pid: process.pid, host }));
  return { ok: true, lock: { release: () => db.close() } };
}

function ownerFile(dir: string): string {
  return join(dir, 'profile.owner');
}

/** Who wrote the owner file last; null when it cannot be read: the message then names nobody. */
function readOwner(dir: string): LockOwner | null {
  try {
    const found: unknown = JSON.parse(readFileSync(ownerFile(dir), 'utf8'));
    const isOwner = typeof found === 'object' && found !== null && 'pid' in found && 'host' in found;
    return isOwner && typeof found.pid === 'number' && typeof found.host === 'string'
      ? { pid: found.pid, host: found.host }
      : null;
  } catch {
    return null;
  }
}
