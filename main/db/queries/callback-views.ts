import type { Product } from '#shared/domain/daraja/product.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { CallbackKind } from '#shared/domain/relay/callback-url.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';
import type { CallbackOutcome } from './callbacks.ts';

/** A callback with what it is about. `why` is JSON of a message, `body` of a sealed value. */
export type StoredCallback = {
  readonly id: number;
  readonly sequence: number;
  readonly takenAt: UtcMs;
  readonly cameAt: UtcMs | null;
  readonly fromAddress: string | null;
  readonly kind: CallbackKind | 'unreadable';
  readonly outcome: CallbackOutcome;
  readonly why: string;
  readonly receipt: string | null;
  readonly shortCode: string | null;
  readonly amountCents: Cents | null;
  readonly callId: number | null;
  readonly product: Product | null;
  readonly askedAt: UtcMs | null;
  readonly movementId: number | null;
  readonly day: BusinessDay | null;
};

export type CallbackFilter = {
  readonly outcome: CallbackOutcome | null;
  readonly kind: CallbackKind | 'unreadable' | null;
  /** The beginning of a receipt, in capitals; empty = any. */
  readonly receipt: string;
};

/** Sorts after every letter and digit of a receipt. */
const AFTER_ANY = '~';

/** Newest first, before the callback `before`. Each way to narrow the list has an index of its own. */
export function selectCallbacks(
  db: ReadDb,
  filter: CallbackFilter,
  before: number,
  limit: number,
): StoredCallback[] {
  return findIds(db, filter, before, limit)
    .map(([id]) => readCallback(db, id))
    .filter((row) => row !== null);
}

function findIds(
  db: ReadDb,
  { outcome, kind, receipt }: CallbackFilter,
  before: number,
  limit: number,
): [number][] {
  if (receipt !== '')
    return db.lists<[number]>(
      `SELECT id FROM callbacks INDEXED BY callbacks_by_receipt
        WHERE receipt >= ? AND receipt < ? AND id < ? AND outcome = coalesce(?, outcome) AND kind = coalesce(?, kind)
        ORDER BY id DESC LIMIT ?`,
      receipt,
      receipt + AFTER_ANY,
      before,
      outcome,
      kind,
      limit,
    );
  if (outcome !== null)
    return db.lists<[number]>(
      `SELECT id FROM callbacks INDEXED BY callbacks_by_outcome
        WHERE outcome = ? AND id < ? AND kind = coalesce(?, kind) ORDER BY id DESC LIMIT ?`,
      outcome,
      before,
      kind,
      limit,
    );
  if (kind !== null)
    return db.lists<[number]>(
      `SELECT id FROM callbacks INDEXED BY callbacks_by_kind
        WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT ?`,
      kind,
      before,
      limit,
    );
  return db.lists<[number]>('SELECT id FROM callbacks WHERE id < ? ORDER BY id DESC LIMIT ?', before, limit);
}

export function readCallback(db: ReadDb, callbackId: number): StoredCallback | null {
  return (
    db.get<StoredCallback>(
      `SELECT b.id, b.sequence, b.taken_at AS takenAt, b.came_at AS cameAt, b.from_address AS fromAddress, b.kind,
              b.outcome, b.why, b.receipt, b.short_code AS shortCode, b.amount_cents AS amountCents,
              b.call_id AS callId, c.product, c.asked_at AS askedAt, b.movement_id AS movementId,
              m.business_day AS day
         FROM callbacks b
         LEFT JOIN api_calls c ON c.id = b.call_id
         LEFT JOIN movements m ON m.id = b.movement_id
        WHERE b.id = ?`,
      callbackId,
    ) ?? null
  );
}

/** What came, sealed: JSON of a sealed value. */
export function readSealedBody(db: ReadDb, callbackId: number): string | null {
  return db.get<{ body: string }>('SELECT body FROM callbacks WHERE id = ?', callbackId)?.body ?? null;
}
