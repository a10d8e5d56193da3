import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyStore } from '#main/db/open.ts';

/** A keychain in a plain file, so that two processes of a test can open the same profile. For invented shops only. */
export function openFileKeys(folder: string): KeyStore {
  const path = join(folder, 'test-keys.json');
  const readAll = () =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  return {
    read: async (name) => ({ ok: true, value: readAll()[name] ?? null }),
    write: async (name, secret) => {
      writeFileSync(path, JSON.stringify({ ...readAll(), [name]: secret }));
      return { ok: true, value: undefined };
    },
    remove: async (name) => {
      const { [name]: _, ...rest } = readAll();
      writeFileSync(path, JSON.stringify(rest));
      return { ok: true, value: undefined };
    },
  };
}
