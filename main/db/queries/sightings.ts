import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** The two sources that are no file: what a movement hangs on that no statement has shown yet (ADR 32). */
export const PULL_SOURCE = -1;
export const NOTICE_SOURCE = -2;

/**
 * SQL: the better of those two that shows a movement, or null. What a relay carries is all alike: a notice, and an answer
 * about a receipt.
 */
export function bestSource(movementId: 'm.id'): string {
  return `(SELECT max(CASE s.kind WHEN 'pulled-row' THEN ${PULL_SOURCE} ELSE ${NOTICE_SOURCE} END)
    FROM sightings s WHERE s.movement_id = ${movementId})`;
}

export type SightingKind = 'confirmation' | 'pulled-row' | 'status-answer';

/** News of a payment that came by another way than a statement. */
export type Sighting = {
  readonly kind: SightingKind;
  /** `direct`: answered to us by Safaricom. `relay`: carried by somebody, and signed by nobody. */
  readonly channel: 'direct' | 'relay';
  readonly at: UtcMs;
  readonly callId: number | null;
  readonly callbackId: number | null;
  /** The time as it was printed, where that is provisional. */
  readonly printedAt: string | null;
};

/** Says that a movement was seen. Seen again the same way, it keeps its first time and learns the last. */
export function noteSighting(db: WriteDb, movementId: number, sighting: Sighting): void {
  const { kind, channel, at, callId, callbackId, printedAt } = sighting;
  db.run(
    `INSERT INTO sightings (movement_id, kind, channel, first_at, last_at, call_id, callback_id, printed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (movement_id, kind) DO UPDATE SET last_at = max(last_at, excluded.last_at)`,
    movementId,
    kind,
    channel,
    at,
    at,
    callId,
    callbackId,
    printedAt,
  );
}

/** A person's decision made this news count, and was taken back: what it was the first to show was not seen. */
export function forgetSighting(db: WriteDb, receipt: string, sighting: Sighting): void {
  db.run(
    `DELETE FROM sightings WHERE kind = ? AND first_at = ? AND call_id IS ? AND callback_id IS ?
        AND movement_id IN (SELECT id FROM movements WHERE receipt = ?)`,
    sighting.kind,
    sighting.at,
    sighting.callId,
    sighting.callbackId,
    receipt,
  );
}

/** What, beside one import, showed a movement, the best first: another file, Pull, or a notice alone. */
export function shownBy(db: ReadDb, movementId: number, besides: number): 'file' | 'pull' | 'notice' {
  const inFile = db.get(
    'SELECT 1 FROM statement_lines WHERE movement_id = ? AND import_id <> ?',
    movementId,
    besides,
  );
  if (inFile) return 'file';
  const kinds = selectSightings(db, movementId).map(({ kind }) => kind);
  if (kinds.includes('pulled-row')) return 'pull';
  return kinds.length > 0 ? 'notice' : 'file';
}

export type StoredSighting = Pick<Sighting, 'kind' | 'channel'> & {
  readonly firstAt: UtcMs;
  readonly lastAt: UtcMs;
};

/** Where else than in a file a movement was seen, first things first. */
export function selectSightings(db: ReadDb, movementId: number): StoredSighting[] {
  return db.all<StoredSighting>(
    `SELECT kind, channel, first_at AS firstAt, last_at AS lastAt FROM sightings WHERE movement_id = ?
      ORDER BY first_at, kind`,
    movementId,
  );
}
