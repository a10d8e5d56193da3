import { itemName, type Vault, type VaultAnswer } from './vault.ts';

/** The secrets of one ledger, by purpose: `safaricom/<short code>/app`, `relay`. */
export type Secrets = {
  readonly read: (purpose: string) => Promise<VaultAnswer<string | null>>;
  readonly write: (purpose: string, secret: string) => Promise<VaultAnswer<void>>;
  readonly remove: (purpose: string) => Promise<VaultAnswer<void>>;
};

/** The keychain narrowed to the items of one ledger. */
export function openSecrets(vault: Vault, ledgerId: string): Secrets {
  return {
    read: (purpose) => vault.read(itemName(ledgerId, purpose)),
    write: (purpose, secret) => vault.write(itemName(ledgerId, purpose), secret),
    remove: (purpose) => vault.remove(itemName(ledgerId, purpose)),
  };
}
