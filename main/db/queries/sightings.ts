import type { UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../ledger.ts';

/** The two sources that are no file: what a movement hangs on that no statement has shown yet (ADR 32). */
export const PULL_SOURCE = -1;
export const NOTICE_SOURCE = -2;

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
