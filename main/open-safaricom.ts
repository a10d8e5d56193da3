import { SECOND } from '#shared/domain/time.ts';
import type { DarajaLine } from './daraja/line.ts';
import { openRelayLine } from './inbox/http-relay.ts';
import type { RelayLine } from './inbox/relay-line.ts';
import type { Core } from './services/core.ts';
import { noteDueCredentials } from './services/credentials/note-due.ts';
import { type InboxDesk, openInboxDesk } from './services/inbox/inbox-desk.ts';
import { relayNow } from './services/inbox/relay-clock.ts';
import type { SafaricomParts } from './services/safaricom/parts.ts';
import { endSilentCalls, recoverCalls } from './services/safaricom/silent-calls.ts';
import { openWork } from './services/safaricom/work-until-end.ts';
import { openSecrets } from './vault/secrets.ts';
import type { Vault } from './vault/vault.ts';

export type OpenedSafaricom = {
  readonly parts: SafaricomParts;
  readonly inbox: InboxDesk;
  /** Ends what runs in the background, and waits for what is being written. */
  readonly close: () => Promise<void>;
};

/** How often calls are looked through for those that nobody answered, and secrets for those that fall due. */
const LOOK_EVERY = 30 * SECOND;

export type SafaricomOptions = {
  readonly vault: Vault;
  readonly line: DarajaLine;
  /** The line to the relay, where it is not the usual one. */
  readonly relay?: RelayLine;
};

/**
 * Puts together what speaks with Safaricom. Nothing is sent until somebody asks or something is registered; what the
 * relay holds is collected from now on, if one is paired.
 */
export function openSafaricom(core: Core, options: SafaricomOptions): OpenedSafaricom {
  const { vault, line } = options;
  recoverCalls(core);
  const work = openWork();
  noteDueCredentials(core);
  const look = setInterval(() => {
    try {
      endSilentCalls(core);
      noteDueCredentials(core);
    } catch (error) {
      core.log.error('what nobody answered, or what is due, could not be noted', { error });
    }
  }, LOOK_EVERY).unref();
  const { pause, finish } = work;
  const secrets = openSecrets(vault, core.ledger.file.id);
  const parts: SafaricomParts = { core, line, secrets, pause, finish };
  const inbox = openInboxDesk(parts, options.relay ?? openUsualRelay(core));
  return {
    parts,
    inbox,
    close: async () => {
      clearInterval(look);
      work.end();
      await inbox.close();
      await line.close();
      await work.settle();
    },
  };
}

/** Over TLS; the demo's relay is on this computer. */
function openUsualRelay(core: Core): RelayLine {
  const allowsLoopback = core.ledger.environment === 'demo';
  return openRelayLine({ now: () => relayNow(core), allowsLoopback });
}
