import type { RawDatabase } from '../cipher.ts';

/** People who sign in: who they are, what proves it, how their sessions ended, and the delays after wrong tries. */
export function addPeople(db: RawDatabase): void {
  db.exec(`
-- Lower case, NFKC: two people whose names look the same cannot both be there.
ALTER TABLE staff ADD COLUMN name_key TEXT NOT NULL DEFAULT '' CHECK (length(name_key) <= 240);
ALTER TABLE staff ADD COLUMN disabled_at INTEGER;
ALTER TABLE staff ADD COLUMN is_approver INTEGER NOT NULL DEFAULT 0 CHECK (is_approver IN (0, 1));
-- The most this person may approve for one reversal and in one day; none = no cap.
ALTER TABLE staff ADD COLUMN cap_cents INTEGER CHECK (cap_cents > 0);
ALTER TABLE staff ADD COLUMN day_cap_cents INTEGER CHECK (day_cap_cents > 0);
UPDATE staff SET name_key = lower(name);
CREATE UNIQUE INDEX staff_by_name ON staff (name_key);

-- The program itself: what it does at its start is nobody else's. Never listed, never signs in.
INSERT INTO staff (id, name, name_key, role, is_active, created_at) VALUES (0, 'Daftari', 'daftari', 'auditor', 0, 0);

CREATE TABLE logins (
  staff_id       INTEGER PRIMARY KEY REFERENCES staff (id) CHECK (staff_id > 0),
  password_hash  TEXT NOT NULL CHECK (length(password_hash) <= 300 AND password_hash GLOB '$argon2id$*'),
  -- A starting password opens one session, in which another must be chosen.
  is_single_use  INTEGER NOT NULL DEFAULT 0 CHECK (is_single_use IN (0, 1)),
  spent_at       INTEGER CHECK (spent_at IS NULL OR is_single_use = 1),
  set_at         INTEGER NOT NULL,
  -- Good enough beside a second factor only: without one, another must be chosen.
  is_short       INTEGER NOT NULL DEFAULT 0 CHECK (is_short IN (0, 1)),
  totp_secret    TEXT CHECK (length(totp_secret) BETWEEN 16 AND 64),
  totp_since     INTEGER,
  -- The last half minute whose code was used: each opens once.
  totp_last_step INTEGER,
  CHECK ((totp_secret IS NULL) = (totp_since IS NULL))
) STRICT;

CREATE TABLE totp_recovery_codes (
  staff_id  INTEGER NOT NULL REFERENCES logins (staff_id),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  used_at   INTEGER,
  PRIMARY KEY (staff_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Wrong tries that still count: of a person, of a name that nobody has (a few bits of its hash), of this computer.
CREATE TABLE sign_in_delays (
  scope    TEXT PRIMARY KEY CHECK (length(scope) <= 40),
  failures INTEGER NOT NULL CHECK (failures > 0),
  last_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE sessions ADD COLUMN end_reason TEXT CHECK (end_reason IN
  ('signed-out', 'idle', 'too-long', 'elsewhere', 'by-owner', 'changed', 'quit', 'crashed'));
CREATE INDEX sessions_by_staff ON sessions (staff_id, started_at);
CREATE INDEX sessions_open ON sessions (started_at) WHERE ended_at IS NULL;
`);
}
