import { PROGRAM, type WriteDb } from '#main/db/ledger.ts';
import {
  type CallbackOutcome,
  findSameThatCounted,
  insertCallback,
  isTaken,
  type NewCallback,
  setFate,
} from '#main/db/queries/callbacks.ts';
import { advanceTaken } from '#main/db/queries/relay-pairing.ts';
import { tidyWords } from '#shared/domain/daraja/tidy-words.ts';
import { say } from '#shared/domain/message.ts';
import type { RelayMessage } from '#shared/domain/relay/answers.ts';
import type { Arrival } from '#shared/domain/relay/arrival.ts';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { raiseAlert } from '../alerts.ts';
import type { Core } from '../core.ts';
import { hmacOfBody, keepBody } from './callback-body.ts';
import { alertOfGap, type Gap } from './gap.ts';
import { takeConfirmationNotice, takeValidation } from './take-notice.ts';
import { type TakenCallback, takeResult } from './take-result.ts';

const LATEST = Date.UTC(2100, 0, 1);

export type Handed = {
  readonly inbox: string;
  readonly message: RelayMessage;
  /** Null when it was sealed to other keys, changed, or is of another form. */
  readonly arrival: Arrival | null;
  /** Numbers that were left out just before it. */
  readonly gap: Gap | null;
};

export type Taken = {
  readonly callbackId: number;
  readonly outcome: CallbackOutcome;
  readonly movementId: number | null;
  readonly alerts: readonly (number | null)[];
};

/**
 * Takes one message in one act: it is kept as it came, bound to what it answers, and what it means is written; or none
 * of it. `known`: it is in the books already, and the relay or the network has repeated it.
 */
export function takeMessage(core: Core, handed: Handed): Taken | 'known' {
  return take(core, handed, (db, callbackId, hmac) => judge(core, db, handed, callbackId, hmac));
}

/** Keeps one that the program could not take: nothing of what it says is believed, and it is shown. */
export function keepUntaken(core: Core, handed: Handed): Taken | 'known' {
  return take(core, handed, () => ({
    fate: { outcome: 'unreadable', why: say('callback.bug') },
    alerts: [],
  }));
}

type Judge = (db: WriteDb, callbackId: number, hmac: Buffer) => TakenCallback;

function take(core: Core, { inbox, message, arrival, gap }: Handed, decide: Judge): Taken | 'known' {
  const { sequence } = message;
  const kind: NewCallback['kind'] = arrival?.facts.kind ?? 'unreadable';
  const token = arrival?.facts.token ?? null;
  const body = arrival?.body ?? Buffer.from(message.sealed, 'base64');
  const hmac = hmacOfBody(core, { kind, token, body });
  if (isTaken(core.ledger.read, inbox, sequence, hmac)) return 'known';
  const taken = core.ledger.act(PROGRAM, 'callback.taken', 'callback', (db) => {
    const seen = arrival && {
      at: asTime(arrival.facts.at),
      from: tidyWords(arrival.facts.from, 60) ?? '',
    };
    const kept = { inbox, sequence, takenAt: core.now(), seen, kind, token, body: keepBody(body), hmac };
    const callbackId = insertCallback(db, kept);
    const { fate, alerts } = decide(db, callbackId, hmac);
    setFate(db, callbackId, fate);
    advanceTaken(db, inbox, sequence);
    const { outcome, callId = null, movementId = null } = fate;
    const at = core.now();
    const told = [
      ...alerts,
      outcome === 'unreadable' ? alertOfUnreadable(db, at) : null,
      alertOfGap(db, inbox, gap, at),
    ];
    const value = { callbackId, outcome, movementId, alerts: told };
    const details = { kind, outcome, callId, movementId, sequence };
    return succeed({ value, subject: `callback:${callbackId}`, details });
  });
  if (!taken.ok) throw new Error(`message ${sequence} cannot be kept: ${taken.error.code}`);
  return taken.value;
}

function judge(
  core: Core,
  db: WriteDb,
  { inbox, arrival }: Handed,
  callbackId: number,
  hmac: Buffer,
): TakenCallback {
  const at = core.now();
  if (arrival === null)
    return { fate: { outcome: 'unreadable', why: say('callback.cannot-open') }, alerts: [] };
  const { facts, body } = arrival;
  if (facts.inbox !== inbox)
    return { fate: { outcome: 'suspicious', why: say('callback.other-inbox') }, alerts: [] };
  const same = findSameThatCounted(db, hmac);
  if (same !== null) {
    const { callId, movementId } = same;
    return {
      fate: { outcome: 'duplicate', why: say('callback.same-again'), callId, movementId },
      alerts: [],
    };
  }
  switch (facts.kind) {
    case 'confirmation':
      return takeConfirmationNotice(core, db, { callbackId, body, at });
    case 'validation':
      return takeValidation({ body });
    default:
      return takeResult(db, { callbackId, kind: facts.kind, token: facts.token ?? '', body, at });
  }
}

/** Told once a day, however many there are. */
function alertOfUnreadable(db: WriteDb, at: UtcMs): number | null {
  const what = say('alert.callback-unreadable');
  return raiseAlert(db, { kind: 'callback-unreadable', subject: `callbacks:${businessDayOf(at)}`, what, at });
}

/** A relay that names no time of this century names none. */
function asTime(at: number): UtcMs | null {
  return at >= 0 && at < LATEST ? (at as UtcMs) : null;
}
