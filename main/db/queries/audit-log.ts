import type { AuditEntry, ChainedEntry } from '#shared/domain/audit/entry.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

type Row = {
  seq: number;
  at: UtcMs;
  staff_id: number | null;
  session: string | null;
  action: string;
  subject: string;
  details: string;
  prev_hash: Buffer;
  hash: Buffer;
};

/** Every entry of the audit log, oldest first, one at a time. */
export function* selectAuditLog(db: ReadDb): Generator<ChainedEntry> {
  const rows = db.each<Row>(
    'SELECT seq, at, staff_id, session, action, subject, details, prev_hash, hash FROM audit_entries ORDER BY seq',
  );
  for (const row of rows) yield asChained(row);
}

/** The number that the next entry of the act under way will have: nobody else writes meanwhile. */
export function nextEntry(db: WriteDb): number {
  const last = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM audit_entries');
  return (last?.seq ?? 0) + 1;
}

/** One entry with its hashes; null when there is none of this number. */
export function readAuditEntry(db: ReadDb, seq: number): ChainedEntry | null {
  const row = db.get<Row>(
    `SELECT seq, at, staff_id, session, action, subject, details, prev_hash, hash FROM audit_entries
      WHERE seq = ?`,
    seq,
  );
  return row === undefined ? null : asChained(row);
}

/** Everybody who can stand in an entry, by id: disabled people too, and the program as 0. */
export function selectStaffNames(db: ReadDb): Map<number, string> {
  const people = db.all<{ id: number; name: string }>('SELECT id, name FROM staff ORDER BY id');
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Newest first, before the entry `seq`. */
export function selectNewest(db: ReadDb, before: number, limit: number): AuditEntry[] {
  return db.all<AuditEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details FROM audit_entries
      WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
    before,
    limit,
  );
}

export function selectNewestOfStaff(
  db: ReadDb,
  staffId: number,
  before: number,
  limit: number,
): AuditEntry[] {
  return db.all<AuditEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details
       FROM audit_entries INDEXED BY audit_by_staff
      WHERE staff_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    staffId,
    before,
    limit,
  );
}

export function selectNewestAbout(db: ReadDb, subject: string, before: number, limit: number): AuditEntry[] {
  return db.all<AuditEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details
       FROM audit_entries INDEXED BY audit_by_subject
      WHERE subject = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    subject,
    before,
    limit,
  );
}

/** The entries of one kind of act; from the index alone, because several kinds are merged before they are read. */
export function selectSeqsOfAction(db: ReadDb, action: string, before: number, limit: number): number[] {
  const rows = db.lists<[number]>(
    `SELECT seq FROM audit_entries INDEXED BY audit_by_action
      WHERE action = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    action,
    before,
    limit,
  );
  return rows.map(([seq]) => seq);
}

/** Latest first between two instants, by the clock of the computer and then by number. */
export function selectLatest(
  db: ReadDb,
  between: { readonly from: number; readonly to: number },
  before: { readonly at: number; readonly seq: number },
  limit: number,
): AuditEntry[] {
  return db.all<AuditEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details
       FROM audit_entries INDEXED BY audit_by_time
      WHERE at >= ? AND at < ? AND (at, seq) < (?, ?) ORDER BY at DESC, seq DESC LIMIT ?`,
    between.from,
    between.to,
    before.at,
    before.seq,
    limit,
  );
}

function asChained(row: Row): ChainedEntry {
  const { seq, at, session, action, subject, details } = row;
  const [previousHash, hash] = [row.prev_hash.toString('hex'), row.hash.toString('hex')];
  return { seq, at, staffId: row.staff_id, session, action, subject, details, previousHash, hash };
}
