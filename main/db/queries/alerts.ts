import type { Message } from '#shared/domain/message.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type NewAlert = {
  /** What was noticed: `callback-suspicious`. */
  readonly kind: string;
  /** What it is about: `callback:4`, `movement:12`, `call:7`. */
  readonly subject: string;
  /** The whole of it in a sentence, without a name or a number in full. */
  readonly what: Message;
  readonly at: UtcMs;
};

export type StoredAlert = {
  readonly id: number;
  readonly kind: string;
  readonly subject: string;
  /** JSON of a message. */
  readonly what: string;
  readonly at: UtcMs;
  readonly day: BusinessDay | null;
  readonly seenAt: UtcMs | null;
  readonly seenBy: string | null;
};

/** The id of the new alert; null when the same one stands already, seen or not. */
export function insertAlert(db: WriteDb, { kind, subject, what, at }: NewAlert): number | null {
  const added = db.run(
    'INSERT INTO alerts (kind, subject, what, at) VALUES (?, ?, ?, ?) ON CONFLICT (kind, subject) DO NOTHING',
    kind,
    subject,
    JSON.stringify(what),
    at,
  );
  return added.changes === 0 ? null : added.lastId;
}

/** True when it stands, seen or not. */
export function hasAlert(db: ReadDb, kind: string, subject: string): boolean {
  return db.get('SELECT 1 FROM alerts WHERE kind = ? AND subject = ?', kind, subject) !== undefined;
}

/** Newest first, before the alert `before`. */
export function selectAlerts(
  db: ReadDb,
  state: 'unseen' | 'all',
  before: number | null,
  limit: number,
): StoredAlert[] {
  return db.all<StoredAlert>(
    `SELECT a.id, a.kind, a.subject, a.what, a.at, m.business_day AS day, a.seen_at AS seenAt, s.name AS seenBy
       FROM alerts a
       LEFT JOIN staff s ON s.id = a.seen_by
       LEFT JOIN movements m ON a.subject LIKE 'movement:%' AND m.id = CAST(substr(a.subject, 10) AS INTEGER)
      WHERE a.id < ? AND (? = 'all' OR a.seen_at IS NULL)
      ORDER BY a.id DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    state,
    limit,
  );
}

export function countUnseenAlerts(db: ReadDb): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM alerts WHERE seen_at IS NULL')?.n ?? 0;
}

/** Those of the ids that nobody has seen yet. */
export function selectUnseen(db: ReadDb, alertIds: readonly number[]): number[] {
  const rows = db.lists<[number]>(
    'SELECT id FROM alerts WHERE seen_at IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(alertIds),
  );
  return rows.map(([id]) => id);
}

export function markAlertSeen(db: WriteDb, alertId: number, staffId: number, at: UtcMs): void {
  db.run('UPDATE alerts SET seen_at = ?, seen_by = ? WHERE id = ?', at, staffId, alertId);
}
