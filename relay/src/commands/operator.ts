import { randomBytes } from 'node:crypto';
import type { Refusal } from '../../../shared/domain/relay/answers.ts';
import { writePairingCode } from '../../../shared/domain/relay/pairing-code.ts';
import { findAddressFault } from '../addresses.ts';
import { readAllowed } from '../callback-gate.ts';
import type { RelayConfig } from '../config.ts';
import { type RelayKey, sha256 } from '../relay-key.ts';
import type { Inbox, Storage } from '../storage/storage.ts';

/** How long a pairing code can be used (ms). */
export const CODE_LIFE = 24 * 3_600_000;

export type OperatorParts = {
  readonly config: RelayConfig;
  readonly storage: Storage;
  readonly key: RelayKey;
  readonly now: () => number;
};

/** What `create` and `renew` print: the code goes to the shop, over a way that only the shop reads. */
export type CodeGiven = {
  readonly id: string;
  readonly name: string;
  readonly environment: Inbox['environment'];
  readonly code: string;
  readonly expiresAt: number;
  readonly relay: string;
};

export type InboxState =
  | 'waiting-for-pairing'
  | 'code-expired'
  | 'paired'
  | 'waiting-for-new-pairing'
  | 'revoked';

export async function createInbox(
  parts: OperatorParts,
  name: string,
  environment: Inbox['environment'],
): Promise<CodeGiven> {
  const { storage, key, now } = parts;
  const id = randomBytes(8).toString('hex');
  const createdAt = now();
  const codeExpiresAt = createdAt + CODE_LIFE;
  const pathHash = sha256(key.pathOf(id));
  await storage.createInbox({ id, name, environment, pathHash, createdAt, codeExpiresAt });
  return giveCode(parts, { id, name, environment, round: 1, codeExpiresAt });
}

/** A new code for the same inbox and the same addresses: for a new PC. Null when there is no such inbox. */
export async function renewCode(parts: OperatorParts, id: string): Promise<CodeGiven | null> {
  const inbox = await parts.storage.renewCode(id, parts.now() + CODE_LIFE);
  return inbox && giveCode(parts, inbox);
}

function giveCode(
  { key, config }: OperatorParts,
  inbox: Pick<Inbox, 'id' | 'name' | 'environment' | 'round' | 'codeExpiresAt'>,
): CodeGiven {
  const { id, name, environment, round, codeExpiresAt } = inbox;
  const code = writePairingCode({
    origin: config.publicUrl,
    inbox: id,
    path: key.pathOf(id),
    secret: key.secretOf(id, round),
    relay: key.fingerprint,
  });
  return { id, name, environment, code, expiresAt: codeExpiresAt, relay: key.fingerprint };
}

export type InboxLine = Pick<
  Inbox,
  'id' | 'name' | 'environment' | 'createdAt' | 'pairedAt' | 'lastHeardAt' | 'waiting'
> & { readonly state: InboxState };

export async function listInboxes({ storage, now }: OperatorParts): Promise<readonly InboxLine[]> {
  return (await storage.listInboxes()).map((inbox) => {
    const { id, name, environment, createdAt, pairedAt, lastHeardAt, waiting } = inbox;
    return { id, name, environment, state: stateOf(inbox, now()), createdAt, pairedAt, lastHeardAt, waiting };
  });
}

function stateOf(inbox: Inbox, now: number): InboxState {
  if (inbox.revokedAt !== null) return 'revoked';
  const isCodeAlive = now <= inbox.codeExpiresAt;
  if (inbox.pairedRound === null) return isCodeAlive ? 'waiting-for-pairing' : 'code-expired';
  return inbox.pairedRound < inbox.round && isCodeAlive ? 'waiting-for-new-pairing' : 'paired';
}

export type InboxStats = Pick<
  Inbox,
  | 'id'
  | 'name'
  | 'waiting'
  | 'waitingBytes'
  | 'lastSequence'
  | 'acknowledgedTo'
  | 'repeated'
  | 'droppedOld'
  | 'droppedRoom'
  | 'droppedKeys'
  | 'lastHeardAt'
> & { readonly refused: readonly Refusal[] };

export type Stats = {
  readonly inboxes: readonly InboxStats[];
  readonly refusedElsewhere: readonly Refusal[];
};

export async function readStats({ storage }: OperatorParts): Promise<Stats> {
  const inboxes: InboxStats[] = [];
  for (const inbox of await storage.listInboxes()) {
    const { id, name, waiting, waitingBytes, lastSequence, acknowledgedTo, repeated, lastHeardAt } = inbox;
    const { droppedOld, droppedRoom, droppedKeys } = inbox;
    const counts = { waiting, waitingBytes, lastSequence, acknowledgedTo, repeated };
    const dropped = { droppedOld, droppedRoom, droppedKeys };
    inboxes.push({ id, name, ...counts, ...dropped, lastHeardAt, refused: await storage.readRefusals(id) });
  }
  return { inboxes, refusedElsewhere: await storage.readRefusals('') };
}

export async function showAddresses({ storage }: OperatorParts): Promise<readonly string[]> {
  return readAllowed(storage);
}

/** Sets who may deliver to production inboxes; null: the portal's twelve. What is wrong with the list, or null. */
export async function setAddresses(
  { storage, config }: OperatorParts,
  list: readonly string[] | null,
): Promise<string | null> {
  const fault = list === null ? null : findAddressFault(list, config.trustedProxies);
  if (fault === null) await storage.writeAddresses(list);
  return fault;
}
