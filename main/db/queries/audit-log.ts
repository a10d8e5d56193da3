import type { ChainedEntry } from '#shared/domain/audit/entry.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

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
  for (const row of rows) {
    const { seq, at, session, action, subject, details } = row;
    const previousHash = row.prev_hash.toString('hex');
    yield {
      seq,
      at,
      staffId: row.staff_id,
      session,
      action,
      subject,
      details,
      previousHash,
      hash: row.hash.toString('hex'),
    };
  }
}
