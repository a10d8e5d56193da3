import { MAX_SECRET_BYTES, type Vault } from './vault.ts';

/** A keychain that forgets when the process ends: for throw-away ledgers, the demo and tests. */
export function openMemoryVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    read: async (name) => ({ ok: true, value: secrets.get(name) ?? null }),
    write: async (name, secret) => {
      if (Buffer.byteLength(secret) > MAX_SECRET_BYTES) return { ok: false, problem: 'too-large' };
      secrets.set(name, secret);
      return { ok: true, value: undefined };
    },
    remove: async (name) => {
      secrets.delete(name);
      return { ok: true, value: undefined };
    },
  };
}
