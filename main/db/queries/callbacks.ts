import type { Message } from '#shared/domain/message.ts';
import type { CallbackKind } from '#shared/domain/relay/callback-url.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { seal } from './sealed.ts';

export type CallbackOutcome = 'matched' | 'unmatched' | 'duplicate' | 'suspicious' | 'unreadable';

/** A message of the relay, before anything is made of it. */
export type NewCallback = {
  readonly inbox: string;
  readonly sequence: number;
  readonly takenAt: UtcMs;
  /** What the relay saw; null where the message could not be opened. */
  readonly seen: { readonly at: UtcMs | null; readonly from: string } | null;
  readonly kind: CallbackKind | 'unreadable';
  readonly token: string | null;
  /** As it came, in base64. */
  readonly body: string;
  readonly hmac: Buffer;
};

/** What became of it, and what it is about. */
export type CallbackFate = {
  readonly outcome: CallbackOutcome;
  readonly why: Message;
  readonly callId?: number | null;
  readonly movementId?: number | null;
  readonly receipt?: string | null;
  readonly shortCode?: string | null;
  readonly amountCents?: number | null;
};

/** True when these very bytes came under this number before. */
export function isTaken(db: ReadDb, inbox: string, sequence: number, hmac: Buffer): boolean {
  return (
    db.get(
      'SELECT 1 FROM callbacks WHERE inbox = ? AND sequence = ? AND body_hmac = ?',
      inbox,
      sequence,
      hmac,
    ) !== undefined
  );
}

/** Keeps what came, its body sealed under a key of its own. Returns its id. What became of it is written next. */
export function insertCallback(db: WriteDb, callback: NewCallback): number {
  const { inbox, sequence, takenAt, seen, kind, token, body, hmac } = callback;
  const { lastId } = db.run(
    `INSERT INTO callbacks (inbox, sequence, taken_at, came_at, from_address, kind, token, body, body_hmac, outcome, why)
     VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, 'unreadable', '{}')`,
    inbox,
    sequence,
    takenAt,
    seen?.at ?? null,
    seen?.from.slice(0, 60) ?? null,
    kind,
    token,
    hmac,
  );
  db.run(
    'UPDATE callbacks SET body = ? WHERE id = ?',
    JSON.stringify(seal(db, `callback:${lastId}`, body)),
    lastId,
  );
  return lastId;
}

export function setFate(db: WriteDb, callbackId: number, fate: CallbackFate): void {
  db.run(
    `UPDATE callbacks SET outcome = ?, why = ?, call_id = ?, movement_id = ?, receipt = ?, short_code = ?,
       amount_cents = ? WHERE id = ?`,
    fate.outcome,
    JSON.stringify(fate.why),
    fate.callId ?? null,
    fate.movementId ?? null,
    fate.receipt?.slice(0, 10) ?? null,
    fate.shortCode?.slice(0, 9) ?? null,
    fate.amountCents ?? null,
    callbackId,
  );
}

/** An earlier callback with these bytes at this address that counted: the first of them. */
export function findSameThatCounted(
  db: ReadDb,
  hmac: Buffer,
): { readonly id: number; readonly callId: number | null; readonly movementId: number | null } | null {
  return (
    db.get<{ id: number; callId: number | null; movementId: number | null }>(
      `SELECT id, call_id AS callId, movement_id AS movementId FROM callbacks
        WHERE body_hmac = ? AND outcome = 'matched' ORDER BY id LIMIT 1`,
      hmac,
    ) ?? null
  );
}

/** The sealed body of the result that answered a call; null when none did. */
export function readAnsweringBody(db: ReadDb, callId: number): string | null {
  return (
    db.get<{ body: string }>(
      `SELECT body FROM callbacks WHERE call_id = ? AND outcome = 'matched' AND kind = 'result' ORDER BY id DESC LIMIT 1`,
      callId,
    )?.body ?? null
  );
}
