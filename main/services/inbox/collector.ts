import { type RelayPairing, readRelayPairing } from '#main/db/queries/relay-pairing.ts';
import { loadBox, type OpenBox } from '#main/inbox/open-box.ts';
import type { RelayAccess, RelayLine } from '#main/inbox/relay-line.ts';
import type { Secrets } from '#main/vault/secrets.ts';
import { MINUTE } from '#shared/domain/time.ts';
import type { Core } from '../core.ts';
import { readRelayKeys } from '../safaricom/kept-secrets.ts';
import { noteReach } from './reach.ts';
import { takeStatus } from './relay-status.ts';
import { type Next, openTroubleDesk } from './relay-trouble.ts';
import { takePage } from './take-page.ts';

export type CollectorParts = { readonly core: Core; readonly secrets: Secrets };

/** What one round came to. `idle`: the relay has nothing more. */
export type Round = Next | 'idle';

export type Collector = {
  /** Asks the relay once, takes what it hands over and acknowledges what has been committed. */
  readonly round: (wait: number, signal: AbortSignal) => Promise<Round>;
};

/** What is needed to talk about one pairing. */
type Ready = { readonly access: RelayAccess; readonly open: OpenBox };

const STATUS_EVERY = 15 * MINUTE;

/** Made for one pairing, and made anew when that changes. */
export function openCollector({ core, secrets }: CollectorParts, line: RelayLine): Collector {
  const desk = openTroubleDesk(core);
  let ready: Ready | null = null;
  let statusAt = Number.NEGATIVE_INFINITY;

  async function askStatus(pairing: RelayPairing, access: RelayAccess, signal: AbortSignal): Promise<Round> {
    const status = await line.status(access, signal);
    if (status.type !== 'answered') return desk.meet(access.inbox, status);
    statusAt = performance.now();
    desk.clear(access.inbox);
    takeStatus(core, pairing, status.value);
    // What was committed before a power cut is acknowledged now; and the numbers may have changed.
    return acknowledge(readRelayPairing(core.ledger.read)?.takenTo ?? 0, access, signal);
  }

  async function acknowledge(upTo: number, access: RelayAccess, signal: AbortSignal): Promise<Round> {
    if (upTo === 0) return 'at-once';
    const acknowledged = await line.ack(access, upTo, signal);
    if (acknowledged.type === 'answered') return 'at-once';
    // The relay knows less than we have: its account of itself says how much.
    if (acknowledged.type === 'refused' && acknowledged.error === 'beyond-last')
      statusAt = Number.NEGATIVE_INFINITY;
    return desk.meet(access.inbox, acknowledged);
  }

  async function prepare(pairing: RelayPairing): Promise<Ready | null> {
    const keys = await readRelayKeys(secrets);
    if (!keys.ok || keys.value === null) {
      noteReach(core, { problem: 'keychain' });
      return null;
    }
    const { origin, inbox, relayKey } = pairing;
    return { access: { origin, inbox, relayKey, keys: keys.value }, open: await loadBox(keys.value) };
  }

  return {
    round: async (wait, signal) => {
      const pairing = readRelayPairing(core.ledger.read);
      if (pairing === null) return 'never';
      ready ??= await prepare(pairing);
      if (ready === null) return 'pause';
      const { access, open } = ready;
      if (performance.now() - statusAt >= STATUS_EVERY) return askStatus(pairing, access, signal);
      const { inbox } = access;
      const after = pairing.takenTo;
      const reply = await line.messages(access, { after, wait }, signal);
      if (reply.type !== 'answered') return desk.meet(inbox, reply);
      desk.clear(inbox);
      noteReach(core, { reachedAt: core.now() });
      const { messages } = reply.value;
      if (messages.length === 0) return 'idle';
      const taken = await takePage(core, { inbox, open, messages, after }, signal);
      if (!taken.isWhole && !signal.aborted) noteReach(core, { problem: 'disk' });
      const next = await acknowledge(taken.upTo, access, signal);
      if (!taken.isWhole) return 'pause';
      // A relay that hands over the same again and again has nothing more to say.
      return next === 'at-once' && taken.upTo === after ? 'idle' : next;
    },
  };
}

/** Collects what waits, and no more: for what must not go on in the background. False where the relay did not answer. */
export async function collectWaiting(parts: CollectorParts, line: RelayLine): Promise<boolean> {
  const collector = openCollector(parts, line);
  const { signal } = new AbortController();
  let next: Round = 'at-once';
  while (next === 'at-once') next = await collector.round(0, signal);
  return next === 'idle';
}
