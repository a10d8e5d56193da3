import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { PairAnswer, RefusalReason, RelayError } from '../../shared/domain/relay/answers.ts';
import { pairingToProve } from '../../shared/domain/relay/signed-request.ts';
import { readJson } from './read-json.ts';
import { isSame } from './relay-key.ts';
import type { RelayServices } from './services.ts';
import { checkSignature, type ShopRequest, type SignedBy } from './shop-gate.ts';
import type { Inbox, ShopKeys } from './storage/storage.ts';

const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const pairRequest = z.strictObject({ boxKey: hexOf(32), signKey: hexOf(32), proof: hexOf(32) });

export type Paired =
  | { readonly ok: true; readonly answer: PairAnswer; readonly by: SignedBy }
  | {
      readonly ok: false;
      readonly reason: RefusalReason;
      readonly error: RelayError;
      readonly by: SignedBy | null;
    };

/**
 * Sets a shop's keys, by the secret of its pairing code: once. The same keys again are answered again, for the first
 * answer may have been lost on the way. Without the secret nothing is told, not even whether the code was used.
 */
export async function pairShop(services: RelayServices, inbox: Inbox, request: ShopRequest): Promise<Paired> {
  const { storage, now } = services;
  const parsed = pairRequest.safeParse(readJson(request.body));
  if (!parsed.success) return { ok: false, reason: 'form', error: 'bad-request', by: null };
  const { proof, ...keys } = parsed.data;
  if (!isProved(services, inbox, keys, proof))
    return { ok: false, reason: 'pairing', error: 'bad-signature', by: null };
  const checked = checkSignature(services, request, keys.signKey);
  if (!checked.ok) return checked;
  const refuse = (error: RelayError): Paired => ({ ok: false, reason: 'pairing', error, by: checked.by });
  if (inbox.revokedAt !== null) return refuse('revoked');
  if (inbox.pairedRound === inbox.round) {
    const isAgain = inbox.keys?.boxKey === keys.boxKey && inbox.keys.signKey === keys.signKey;
    return isAgain
      ? { ok: true, answer: answerOf(services, inbox), by: checked.by }
      : refuse('already-paired');
  }
  if (now() > inbox.codeExpiresAt) return refuse('code-expired');
  if (!canSeal(services, keys.boxKey)) return refuse('bad-request');
  const isSet = await storage.pair(inbox.id, inbox.round, keys, now());
  const paired = isSet ? await storage.findInbox(inbox.id) : null;
  return paired ? { ok: true, answer: answerOf(services, paired), by: checked.by } : refuse('already-paired');
}

function isProved({ key }: RelayServices, inbox: Inbox, keys: ShopKeys, proof: string): boolean {
  const secret = Buffer.from(key.secretOf(inbox.id, inbox.round), 'hex');
  const text = pairingToProve({ relay: key.fingerprint, inbox: inbox.id, ...keys });
  const right = createHmac('sha256', secret).update(text).digest();
  return isSame(right, Buffer.from(proof, 'hex'));
}

/** libsodium refuses keys of low order, with which everybody could open what is sealed. */
function canSeal({ seal }: RelayServices, boxKey: string): boolean {
  try {
    return seal(new Uint8Array(1), boxKey).length > 0;
  } catch {
    return false;
  }
}

function answerOf({ key, version }: RelayServices, inbox: Inbox): PairAnswer {
  const { id, environment, pairedAfter: lastSequence } = inbox;
  return { inbox: id, relayKey: key.publicKey, environment, lastSequence, version };
}
