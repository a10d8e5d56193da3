import { deleteRelayPairing, readRelayPairing, writeRelayPairing } from '#main/db/queries/relay-pairing.ts';
import type { PrivateKeys } from '#main/inbox/keys.ts';
import type { RelayLine, RelayReply } from '#main/inbox/relay-line.ts';
import type { Secrets } from '#main/vault/secrets.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { PairAnswer, RelayError } from '#shared/domain/relay/answers.ts';
import { findBannedWord } from '#shared/domain/relay/callback-url.ts';
import { type PairingCode, readPairingCode } from '#shared/domain/relay/pairing-code.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';
import { RELAY_PURPOSE } from '../safaricom/kept-secrets.ts';
import { alertOfGap, gapBefore } from './gap.ts';
import { forgetPending, keysFor, takeIntoUse } from './pending-keys.ts';
import { forgetReach, noteReach } from './reach.ts';
import { correctRelayClock } from './relay-clock.ts';

export type PairParts = { readonly core: Core; readonly secrets: Secrets; readonly line: RelayLine };

/**
 * Pairs this PC with the inbox that a pasted code names. A code of the same inbox (a renewed one) keeps the addresses that
 * Safaricom knows. Until the relay has agreed, whatever was paired before goes on.
 */
export async function pairRelay(parts: PairParts, actor: Actor, pasted: string): Promise<Result<undefined>> {
  const { core, secrets } = parts;
  const read = readPairingCode(pasted);
  if (!read.ok) return fail('relay/bad-code', say(`relay.code-${read.problem}`));
  const { code } = read;
  const unfit = findFault(core, code);
  if (unfit !== null) return fail('relay/bad-code', unfit);
  const keys = await keysFor(secrets, code);
  if (!keys.ok) return noKeychain();
  const asked = await ask(parts, code, keys.value);
  if (!asked.ok) return asked;
  const wrong = core.ledger.environment !== 'demo' && asked.value.environment !== core.ledger.environment;
  if (wrong) {
    await forgetPending(secrets);
    return fail('relay/refused', say(`relay.pair-inbox-${asked.value.environment}`));
  }
  const kept = await takeIntoUse(secrets, code, keys.value);
  if (!kept.ok) return noKeychain();
  const written = write(core, actor, code, asked.value);
  if (!written.ok) return written;
  await forgetPending(secrets);
  return succeed(undefined);
}

/** What can be said of a code without asking anybody. */
function findFault(core: Core, { origin }: PairingCode): Message | null {
  const isPlain = origin.startsWith('http:');
  if (isPlain && core.ledger.environment !== 'demo') return say('relay.pair-not-secure');
  const word = findBannedWord(origin);
  return word === null ? null : say('relay.pair-banned-word', { word });
}

async function ask(
  { core, line }: PairParts,
  code: PairingCode,
  keys: PrivateKeys,
): Promise<Result<PairAnswer>> {
  let reply = await line.pair(code, keys);
  // Nothing proves yet who says so. It moves the time of this one request and no other clock.
  if (reply.type === 'unsigned' && reply.hint === 'clock' && reply.now !== null) {
    const theirs = reply.now;
    reply = await line.pair(code, keys, theirs);
    if (reply.type === 'answered') correctRelayClock(core, theirs);
  }
  return reply.type === 'answered' ? succeed(reply.value) : refuse(reply, new URL(code.origin).hostname);
}

function refuse(
  reply: Exclude<RelayReply<PairAnswer>, { type: 'answered' }>,
  host: string,
): { ok: false; error: ReturnType<typeof fail>['error'] } {
  switch (reply.type) {
    case 'unreached':
      return fail('relay/unreached', say(`relay.pair-${reply.reason}`, { host }));
    case 'unreadable':
      return fail('relay/refused', say('relay.pair-not-understood'));
    case 'refused':
      return fail('relay/refused', sayRefusal(reply.error, host));
    case 'unsigned':
      if (reply.hint !== null) return fail('relay/refused', sayRefusal(reply.hint, host));
      return reply.status === 200
        ? fail('relay/refused', say('relay.pair-other-relay', { host }))
        : fail('relay/unreached', say('relay.pair-in-between', { host, status: reply.status }));
  }
}

function sayRefusal(error: RelayError, host: string): Message {
  switch (error) {
    case 'bad-signature':
      return say('relay.pair-spent');
    case 'already-paired':
      return say('relay.pair-used');
    case 'code-expired':
      return say('relay.pair-expired');
    case 'revoked':
      return say('relay.pair-revoked');
    case 'not-found':
      return say('relay.pair-no-inbox', { host });
    case 'clock':
      return say('relay.pair-clock');
    case 'too-many':
    case 'unavailable':
    case 'replay':
      return say('relay.pair-later', { host });
    default:
      return say('relay.pair-not-understood');
  }
}

function write(core: Core, actor: Actor, code: PairingCode, answer: PairAnswer): Result<undefined> {
  const before = readRelayPairing(core.ledger.read);
  const { origin, inbox } = code;
  const { relayKey, lastSequence: takenTo, environment } = answer;
  const pairedAt = core.now();
  const isSame = before?.inbox === inbox;
  // What was sealed to the keys before can be opened by nobody now.
  const gap = isSame ? gapBefore(before.takenTo, takenTo + 1) : null;
  const written = core.ledger.act(actor, 'relay.paired', 'relay', (db) => {
    writeRelayPairing(db, { origin, inbox, relayKey, pairedAt, takenTo, staffId: actor.staffId });
    const alert = alertOfGap(db, inbox, gap, pairedAt);
    return succeed({ value: alert, details: { host: new URL(origin).host, inbox, environment, isSame } });
  });
  if (!written.ok) return written;
  forgetReach(core);
  noteReach(core, { reachedAt: pairedAt });
  tellAlerts(core, [written.value]);
  core.tell('ledger:changed', { areas: ['safaricom'] });
  return succeed(undefined);
}

/** Ends the pairing on this PC. The relay keeps the inbox; another code of it brings the same addresses again. */
export async function forgetRelay(
  { core, secrets }: Pick<PairParts, 'core' | 'secrets'>,
  actor: Actor,
): Promise<Result<undefined>> {
  const before = readRelayPairing(core.ledger.read);
  if (before === null) return fail('ledger/not-found', say('relay.not-paired'));
  const { origin, inbox } = before;
  const forgotten = core.ledger.act(actor, 'relay.forgotten', 'relay', (db) => {
    deleteRelayPairing(db);
    return succeed({ value: undefined, details: { host: new URL(origin).host, inbox } });
  });
  if (!forgotten.ok) return forgotten;
  forgetReach(core);
  core.tell('ledger:changed', { areas: ['safaricom'] });
  const removed = [await secrets.remove(RELAY_PURPOSE), await forgetPending(secrets)];
  // Nothing uses them any more: an item that stays does no harm but to lie there.
  if (removed.some(({ ok }) => !ok)) core.log.warn('the keys of a forgotten inbox stayed in the keychain');
  return succeed(undefined);
}

function noKeychain(): { ok: false; error: ReturnType<typeof fail>['error'] } {
  return fail('relay/keychain', say('relay.pair-keychain'));
}
