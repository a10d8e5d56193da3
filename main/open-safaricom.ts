import type { DarajaLine } from './daraja/line.ts';
import type { Core } from './services/core.ts';
import type { SafaricomParts } from './services/safaricom/parts.ts';
import { openSecrets } from './vault/secrets.ts';
import type { Vault } from './vault/vault.ts';

export type OpenedSafaricom = {
  readonly parts: SafaricomParts;
  /** Ends what runs in the background, and waits for what is being written. */
  readonly close: () => Promise<void>;
};

/** Puts together what speaks with Safaricom. Nothing is sent until somebody asks or something is registered. */
export function openSafaricom(
  core: Core,
  options: { readonly vault: Vault; readonly line: DarajaLine },
): OpenedSafaricom {
  const { vault, line } = options;
  const parts: SafaricomParts = { core, line, secrets: openSecrets(vault, core.ledger.file.id) };
  return { parts, close: () => line.close() };
}
