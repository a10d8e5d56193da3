import type { KeyStore } from '../db/open.ts';
import type { Log } from '../log/log.ts';
import { itemName } from '../vault/vault.ts';
import { publicKeyOf } from './ed25519.ts';

/**
 * The private keys of the epochs, in two places of the keychain that take turns: epoch n's key lies in place n mod 2.
 * The next key is there before the log names it and the spent one goes after, so that a crash between any two steps
 * leaves the key that the log names, and at most one that it does not name: that one is removed at the next start.
 */
export type SigningKeys = {
  /** Takes the key that the log names out of the keychain, and removes what a crash left beside it. */
  readonly load: (epoch: number, publicKey: string) => Promise<'loaded' | 'missing' | 'unread'>;
  /** The private key of the open epoch; null when it is not there. */
  readonly current: () => Buffer | null;
  /** Stores the key of an epoch that the log does not name yet; false when the keychain did not keep it. */
  readonly keepNext: (epoch: number, seed: Buffer) => Promise<boolean>;
  /** The log names this epoch's key now: the one before it is destroyed. */
  readonly forgetSpent: (epoch: number, seed: Buffer) => Promise<void>;
  /** Forgets the key in memory; the keychain keeps it for the next start. */
  readonly drop: () => void;
};

export function openSigningKeys(ledgerId: string, keys: KeyStore, log: Log): SigningKeys {
  const place = (epoch: number) => itemName(ledgerId, `audit-key-${epoch % 2}`);
  let current: Buffer | null = null;

  const remove = async (epoch: number) => {
    const removed = await keys.remove(place(epoch));
    // It stays until the next end writes over it: that end is at most an hour away.
    if (!removed.ok) log.error('a spent signing key could not be removed', { problem: removed.problem });
  };
  const replace = (seed: Buffer | null) => {
    current?.fill(0);
    current = seed;
  };

  return {
    load: async (epoch, publicKey) => {
      const found = await keys.read(place(epoch));
      if (!found.ok) {
        log.error('the signing key could not be read', { problem: found.problem });
        return 'unread';
      }
      const seed = Buffer.from(found.value ?? '', 'base64url');
      if (seed.length !== 32 || publicKeyOf(seed) !== publicKey) return 'missing';
      replace(seed);
      await remove(epoch + 1);
      return 'loaded';
    },
    current: () => current,
    keepNext: async (epoch, seed) => {
      const kept = await keys.write(place(epoch), seed.toString('base64url'));
      if (!kept.ok) log.error('the next signing key could not be kept', { problem: kept.problem });
      return kept.ok;
    },
    forgetSpent: async (epoch, seed) => {
      replace(seed);
      await remove(epoch - 1);
    },
    drop: () => replace(null),
  };
}
