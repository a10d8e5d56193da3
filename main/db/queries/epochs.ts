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

/** The last entry that ended an epoch; null while the log is unsigned. Throws when it says nothing that can be read. */
export function readLastEnd(db: ReadDb): StoredEnd | null {
  return asEnd(
    db.get<EndRow>(
      `SELECT seq, details FROM audit_entries WHERE seq = (
         SELECT max(last) FROM (
           SELECT max(seq) AS last FROM audit_entries WHERE action = 'audit.epoch'
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.begun'
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.restarted'
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.root-named'))`,
    ),
  );
}

/** The public root key in force, base64url; null while the log is unsigned. */
export function readRoot(db: ReadDb): string | null {
  const named = asEnd(
    db.get<EndRow>(
      `SELECT seq, details FROM audit_entries WHERE seq = (
         SELECT max(last) FROM (
           SELECT max(seq) AS last FROM audit_entries WHERE action = 'audit.begun'
           UNION ALL SELECT max(seq) FROM audit_entries WHERE action = 'audit.root-named'))`,
    ),
  );
  return named?.root ?? null;
}

/** The root the signed log began with: the one whose fingerprint proves the whole of it. */
export function readFirstRoot(db: ReadDb): string | null {
  const begun = db.get<EndRow>(
    `SELECT seq, details FROM audit_entries WHERE action = 'audit.begun' ORDER BY seq LIMIT 1`,
  );
  return asEnd(begun)?.root ?? null;
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

function asEnd(row: EndRow | undefined): StoredEnd | null {
  if (row === undefined) return null;
  const end = readEpochEnd(row.details);
  if (end === null) throw new Error(`entry ${row.seq} of the audit log does not end an epoch as it says`);
  return { ...end, seq: row.seq };
}

/** The newest entry of one action. */
export function readLastOf(db: ReadDb, action: string): { seq: number; details: string } | null {
  const row = db.get<EndRow>(
    'SELECT seq, details FROM audit_entries WHERE action = ? ORDER BY seq DESC LIMIT 1',
    action,
  );
  return row ?? null;
}
