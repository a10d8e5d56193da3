import type { RawDatabase } from '../cipher.ts';

/** Keys of personal values inside audit entries, and what the audit screen looks entries up by. */
export function sealAudit(db: RawDatabase): void {
  db.exec(`
-- A name or phone in an entry is ciphertext under the key of what it is about. Without its key nobody reads it again,
-- and the entry, its hash and the chain stay as they are.
CREATE TABLE sealed_keys (
  -- Never used again: a box must not be tried with a key that is not its own.
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What the values are about: sale:12, staff:3, settings.
  about TEXT NOT NULL UNIQUE CHECK (length(about) BETWEEN 1 AND 60),
  key   BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE INDEX audit_by_staff ON audit_entries (staff_id, seq);
CREATE INDEX audit_by_time ON audit_entries (at, seq);
`);
}
