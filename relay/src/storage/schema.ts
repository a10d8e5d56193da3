export const SCHEMA_VERSION = 1;

/**
 * `messages.sealed` is the only place where anything of a callback stands. Numbers are given by `inboxes.last_sequence`,
 * which never goes back; `paired_after` is the last that had been given when these keys came. `seen` outlives the
 * messages, so that a callback that comes again after it was fetched is known.
 */
export const SCHEMA = `
CREATE TABLE inboxes (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('production', 'sandbox')),
  path_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  round INTEGER NOT NULL DEFAULT 1,
  code_expires_at INTEGER NOT NULL,
  paired_at INTEGER,
  paired_round INTEGER,
  paired_after INTEGER NOT NULL DEFAULT 0,
  box_key TEXT,
  sign_key TEXT,
  revoked_at INTEGER,
  last_sequence INTEGER NOT NULL DEFAULT 0,
  acknowledged_to INTEGER NOT NULL DEFAULT 0,
  last_heard_at INTEGER,
  waiting INTEGER NOT NULL DEFAULT 0,
  waiting_bytes INTEGER NOT NULL DEFAULT 0,
  repeated INTEGER NOT NULL DEFAULT 0,
  dropped_old INTEGER NOT NULL DEFAULT 0,
  dropped_room INTEGER NOT NULL DEFAULT 0,
  dropped_keys INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE messages (
  inbox TEXT NOT NULL REFERENCES inboxes (id),
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (inbox, sequence)
) STRICT;
CREATE INDEX messages_by_age ON messages (at);

CREATE TABLE seen (
  inbox TEXT NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (inbox, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_age ON seen (at);

CREATE TABLE nonces (
  inbox TEXT NOT NULL,
  nonce TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (inbox, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonces_by_age ON nonces (at);

CREATE TABLE refusals (
  inbox TEXT NOT NULL,
  reason TEXT NOT NULL,
  address TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (inbox, reason, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
