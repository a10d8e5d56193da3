import { randomBytes } from 'node:crypto';
import type { KeychainFacts } from '#shared/domain/doctor/keychain.ts';
import type { Vault } from '../../vault/vault.ts';
import { causeOf } from './trials.ts';

/** Writes a probe, reads it back and removes it. The vault's own `write` reads back and compares. */
export async function tryKeychain(open: () => Vault | Promise<Vault>): Promise<KeychainFacts> {
  let vault: Vault;
  try {
    vault = await open();
  } catch (error) {
    return { state: 'library', cause: causeOf(error) };
  }
  const name = `doctor/${randomBytes(8).toString('hex')}`;
  const written = await vault.write(name, randomBytes(16).toString('hex'));
  if (!written.ok) return { state: written.problem };
  const removed = await vault.remove(name);
  return { state: removed.ok ? 'ok' : removed.problem };
}
