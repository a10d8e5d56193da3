import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '#shared/domain/time.ts';
import type { DarajaLine } from './daraja/line.ts';
import type { Core } from './services/core.ts';
import type { SafaricomParts } from './services/safaricom/parts.ts';
import { endSilentCalls, recoverCalls } from './services/safaricom/silent-calls.ts';
import { openSecrets } from './vault/secrets.ts';
import type { Vault } from './vault/vault.ts';

export type OpenedSafaricom = {
  readonly parts: SafaricomParts;
  /** Ends what runs in the background, and waits for what is being written. */
  readonly close: () => Promise<void>;
};

/** How often calls are looked through for those that nobody answered. */
const LOOK_EVERY = 30 * SECOND;

/** Puts together what speaks with Safaricom. Nothing is sent until somebody asks or something is registered. */
export function openSafaricom(
  core: Core,
  options: { readonly vault: Vault; readonly line: DarajaLine },
): OpenedSafaricom {
  const { vault, line } = options;
  recoverCalls(core);
  const closing = new AbortController();
  const pause = async (ms: number): Promise<boolean> => {
    try {
      await sleep(ms, undefined, { signal: closing.signal, ref: false });
      return true;
    } catch (error) {
      if (closing.signal.aborted) return false;
      throw error;
    }
  };
  const look = setInterval(() => {
    try {
      endSilentCalls(core);
    } catch (error) {
      core.log.error('calls that nobody answered could not be noted', { error });
    }
  }, LOOK_EVERY).unref();
  const parts: SafaricomParts = { core, line, secrets: openSecrets(vault, core.ledger.file.id), pause };
  return {
    parts,
    close: async () => {
      clearInterval(look);
      closing.abort();
      await line.close();
    },
  };
}
