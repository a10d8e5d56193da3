import type { RawDatabase } from '../cipher.ts';

/** The shop's own rules: what people decided again and again, offered, switched on or off, and taken away. */
export function addRules(db: RawDatabase): void {
  db.exec(`
-- A rule is never changed: one that is edited gives its place to a new row, so that undo and the record stay true.
CREATE TABLE rules (
  -- People see this number beside what a rule suggests: it never names another rule.
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  position       INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('pair')),
  -- JSON of the two marks. Names of people stand here and in no entry of the audit log.
  condition      TEXT NOT NULL CHECK (length(condition) <= 1000),
  state          TEXT NOT NULL CHECK (state IN ('offered', 'active', 'off', 'removed', 'declined')),
  -- The links that spoke for it when it was offered.
  from_links     TEXT NOT NULL CHECK (length(from_links) <= 20000),
  -- How many spoke for it when somebody said no or took it away.
  answered_times INTEGER NOT NULL DEFAULT 0 CHECK (answered_times >= 0),
  made_at        INTEGER NOT NULL,
  made_by        INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX rules_by_state ON rules (state, position);

-- What people joined, newest last, among millions of links that nobody had to look at.
CREATE INDEX links_by_people ON links (id) WHERE how <> 'auto' AND ended_at IS NULL;
`);
}
