import { createHash } from 'node:crypto';
import { z } from 'zod';
import { makePrivateKeys, type PrivateKeys } from '#main/inbox/keys.ts';
import type { Secrets } from '#main/vault/secrets.ts';
import type { VaultAnswer } from '#main/vault/vault.ts';
import type { PairingCode } from '#shared/domain/relay/pairing-code.ts';
import { RELAY_PURPOSE } from '../safaricom/kept-secrets.ts';

const PENDING_PURPOSE = `${RELAY_PURPOSE}/pending`;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const pendingKeys = z.strictObject({
  /** Which code they were made for. */
  code: hex(32),
  boxKey: hex(32),
  signSeed: hex(32),
});

/**
 * The keys to pair with, in the keychain before the relay is asked: when its answer is lost, the same code brings the
 * same keys, and the relay answers again. The keys that are in use stay where they are until the new ones count.
 */
export async function keysFor(secrets: Secrets, code: PairingCode): Promise<VaultAnswer<PrivateKeys>> {
  const kept = await secrets.read(PENDING_PURPOSE);
  if (!kept.ok) return kept;
  const known = pendingKeys.safeParse(parseJson(kept.value ?? '')).data;
  const name = nameOf(code);
  if (known?.code === name) {
    const { boxKey, signSeed } = known;
    return { ok: true, value: { boxKey, signSeed } };
  }
  const keys = makePrivateKeys();
  const written = await secrets.write(PENDING_PURPOSE, JSON.stringify({ code: name, ...keys }));
  return written.ok ? { ok: true, value: keys } : written;
}

/** They count now, and stand where the program looks for them. */
export async function takeIntoUse(
  secrets: Secrets,
  code: PairingCode,
  keys: PrivateKeys,
): Promise<VaultAnswer<void>> {
  const { boxKey, signSeed } = keys;
  return secrets.write(RELAY_PURPOSE, JSON.stringify({ path: code.path, boxKey, signSeed }));
}

export function forgetPending(secrets: Secrets): Promise<VaultAnswer<void>> {
  return secrets.remove(PENDING_PURPOSE);
}

/** Keeps nothing of the code itself. */
function nameOf({ inbox, secret, relay }: PairingCode): string {
  return createHash('sha256').update(`daftari-pending-1\n${relay}\n${inbox}\n${secret}`).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
