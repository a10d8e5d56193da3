import { DATABASE_KEY } from '#main/access/recovery-kit.ts';
import { readLedgerFile } from '#main/db/ledger-file.ts';
import { itemName, type Vault } from '#main/vault/vault.ts';

/** Takes the key of a folder's books out of the keychain, as a new Windows account or a reset password does. */
export async function loseKey(profile: string, vault: Vault): Promise<void> {
  const file = readLedgerFile(profile);
  if (typeof file === 'string') throw new Error(`ledger.json is ${file}`);
  const removed = await vault.remove(itemName(file.id, DATABASE_KEY));
  if (!removed.ok) throw new Error(`the key was not removed: ${removed.problem}`);
}
