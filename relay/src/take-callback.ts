import { packArrival } from '../../shared/domain/relay/arrival.ts';
import { type CallbackPass, isPaired } from './callback-gate.ts';
import type { RelayServices } from './services.ts';
import type { AppendOutcome, SealedArrival } from './storage/storage.ts';

/** `gone`: the inbox ended while the callback came. */
export type Taken = AppendOutcome;

/**
 * Seals a callback to its shop and stores it. Resolves when it is durable; rejects when it could not be written. What
 * came is kept as it came, JSON or not, for Safaricom does not send it again.
 */
export async function takeCallback(
  services: Pick<RelayServices, 'seal' | 'key' | 'queue' | 'storage' | 'readers' | 'now'>,
  pass: CallbackPass,
  body: Uint8Array,
): Promise<Taken> {
  const { queue, readers, storage } = services;
  const outcome = await queue.append(sealArrival(services, pass, body));
  if (outcome === 'stored') readers.wake(pass.inbox.id);
  if (outcome !== 'gone') return outcome;
  // The shop may have paired anew while the body came: then its new key counts.
  const inbox = await storage.findInbox(pass.inbox.id);
  const isAnew =
    inbox !== null &&
    inbox.revokedAt === null &&
    isPaired(inbox) &&
    inbox.pairedRound !== pass.inbox.pairedRound;
  return isAnew ? takeCallback(services, { ...pass, inbox }, body) : 'gone';
}

function sealArrival(
  { seal, key, now }: Pick<RelayServices, 'seal' | 'key' | 'now'>,
  { inbox, callback, address }: CallbackPass,
  body: Uint8Array,
): SealedArrival {
  const { kind, token } = callback;
  const at = now();
  const facts = { inbox: inbox.id, kind, token, at, from: address };
  return {
    inbox: inbox.id,
    at,
    hash: key.dedupeHash([inbox.id, kind, token ?? '', body]),
    sealed: seal(packArrival({ facts, body }), inbox.keys.boxKey),
    round: inbox.pairedRound,
  };
}
