import { type EpochEnd, readEpochEnd } from '#shared/domain/audit/epoch.ts';
import type { Head, ReadDb } from '../ledger.ts';

/** Entries that say that the record was found in a state it was not left in. */
export type AlarmAction = 'audit.rolled-back' | 'audit.anchor-missing' | 'audit.no-signing-key';

/** The last entry of the log; 0 and nothing before the first. */
export function readHead(db: ReadDb): Head {
  const last = db.get<{ seq: number; hash: string }>(
    'SELECT seq, lower(hex(hash)) AS hash FROM audit_entries ORDER BY seq DESC LIMIT 1',
  );
  return last ?? { seq: 0, hash: '' };
}

/** The hash (hex) of one entry; null when there is none of this number. */
export function readEntryHash(db: ReadDb, seq: number): string | null {
  const entry = db.get<{ hash: string }>(
    'SELECT lower(hex(hash)) AS hash FROM audit_entries WHERE seq = ?',
    seq,
  );
  return entry?.hash ?? null;
}

export type StoredEnd = EpochEnd & { readonly seq: number };

/**
 * The last entry that ended an epoch; null while the log is unsigned. One that somebody has made unreadable is passed
 * over: checking the log names it, and the books must open for that.
 */
export function readLastEnd(db: ReadDb): StoredEnd | null {
  return findReadable((before) =>
    db.get<EndRow>(
      `SELECT seq, details FROM audit_entries WHERE seq = (
         SELECT max(last) FROM (
           SELECT max(seq) AS last FROM audit_entries WHERE action = 'audit.epoch' AND seq < ?
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.begun' AND seq < ?
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.restarted' AND seq < ?
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.root-named' AND seq < ?))`,
      before,
      before,
      before,
      before,
    ),
  );
}

/** The public root key in force, base64url; null while the log is unsigned. */
export function readRoot(db: ReadDb): string | null {
  const named = findReadable((before) =>
    db.get<EndRow>(
      `SELECT seq, details FROM audit_entries WHERE seq = (
         SELECT max(last) FROM (
           SELECT max(seq) AS last FROM audit_entries WHERE action = 'audit.begun' AND seq < ?
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.root-named' AND seq < ?))`,
      before,
      before,
    ),
  );
  return named?.root ?? null;
}

/** What was found wrong since the recovery code last started the keys. */
export function selectAlarms(db: ReadDb): AlarmAction[] {
  const rows = db.all<{ action: AlarmAction }>(
    `SELECT DISTINCT action FROM audit_entries
      WHERE action IN ('audit.rolled-back', 'audit.anchor-missing', 'audit.no-signing-key')
        AND seq > (SELECT coalesce(max(seq), 0) FROM audit_entries WHERE action = 'audit.restarted')`,
  );
  return rows.map(({ action }) => action);
}

type EndRow = { readonly seq: number; readonly details: string };

/** The newest end that can be read, of those that `lastBefore` finds one after the other. */
function findReadable(lastBefore: (seq: number) => EndRow | undefined): StoredEnd | null {
  let row = lastBefore(Number.MAX_SAFE_INTEGER);
  for (; row !== undefined; row = lastBefore(row.seq)) {
    const end = readEpochEnd(row.details);
    if (end !== null) return { ...end, seq: row.seq };
  }
  return null;
}

/** The newest entry of one action. */
export function readLastOf(db: ReadDb, action: string): { seq: number; details: string } | null {
  const row = db.get<EndRow>(
    'SELECT seq, details FROM audit_entries WHERE action = ? ORDER BY seq DESC LIMIT 1',
    action,
  );
  return row ?? null;
}
