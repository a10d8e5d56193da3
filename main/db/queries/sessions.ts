import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type SessionEnd =
  | 'signed-out'
  | 'idle'
  | 'too-long'
  | 'elsewhere'
  | 'by-owner'
  | 'changed'
  | 'quit'
  | 'crashed';

export function insertSession(
  db: WriteDb,
  session: { id: string; staffId: number; host: 'electron' | 'preview' | 'cli'; at: UtcMs },
): void {
  db.run(
    'INSERT INTO sessions (id, staff_id, host, started_at) VALUES (?, ?, ?, ?)',
    session.id,
    session.staffId,
    session.host,
    session.at,
  );
}

export function closeSession(db: WriteDb, id: string, reason: SessionEnd, at: UtcMs): void {
  db.run(
    'UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL',
    at,
    reason,
    id,
  );
}

/** Sessions that a crash or a power cut left open; none is live at a start. Returns how many. */
export function closeCrashedSessions(db: WriteDb): number {
  // Nothing was written after the last entry, so that is the latest that anybody was seen.
  return db.run(
    `UPDATE sessions SET end_reason = 'crashed',
       ended_at = max(started_at, coalesce((SELECT at FROM audit_entries ORDER BY seq DESC LIMIT 1), 0))
     WHERE ended_at IS NULL`,
  ).changes;
}

/** When another session of the person was ended because this one began; null = there was none. */
export function selectReplacedAt(db: ReadDb, staffId: number, startedAt: UtcMs): UtcMs | null {
  return (
    db.get<{ at: UtcMs | null }>(
      `SELECT max(ended_at) AS at FROM sessions WHERE staff_id = ? AND end_reason = 'elsewhere' AND ended_at >= ?`,
      staffId,
      startedAt,
    )?.at ?? null
  );
}

/** When the person signed in before the session with this id; null = never. */
export function selectSignInBefore(db: ReadDb, staffId: number, sessionId: string): UtcMs | null {
  return (
    db.get<{ at: UtcMs | null }>(
      'SELECT max(started_at) AS at FROM sessions WHERE staff_id = ? AND id <> ?',
      staffId,
      sessionId,
    )?.at ?? null
  );
}
