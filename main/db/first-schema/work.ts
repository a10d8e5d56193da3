/** What is made of it: links, questions, steps, the record. Part of migration 0010; never edited once shipped. */

export const LINKS = `
CREATE TABLE links (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('sale', 'charge-of', 'reversal-of', 'sweep', 'day-total')),
  rule         TEXT NOT NULL CHECK (length(rule) <= 40),
  band         TEXT CHECK (band IN ('certain', 'likely', 'possible')),
  reason       TEXT NOT NULL CHECK (length(reason) <= 2000),
  how          TEXT NOT NULL CHECK (how IN ('auto', 'accepted', 'by-hand')),
  note         TEXT CHECK (length(note) <= 300),
  till_id      INTEGER,
  business_day TEXT NOT NULL CHECK (length(business_day) = 10),
  at           INTEGER NOT NULL,
  made_at      INTEGER NOT NULL,
  made_by      INTEGER NOT NULL REFERENCES staff (id),
  ended_at     INTEGER,
  ended_by     INTEGER REFERENCES staff (id)
) STRICT;
CREATE INDEX links_by_day ON links (business_day) WHERE ended_at IS NULL;
-- Those that have a row on the screen, in its order: most links of a busy till are of charges.
CREATE INDEX links_to_show ON links (business_day, at, id, till_id)
  WHERE ended_at IS NULL AND kind IN ('sale', 'day-total', 'reversal-of');

CREATE TABLE link_items (
  link_id     INTEGER NOT NULL REFERENCES links (id),
  position    INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  -- The item that gives a charge-of or reversal-of link its meaning (the charge, the reversal) stands first.
  is_active   INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (link_id, position),
  CHECK ((movement_id IS NULL) <> (sale_id IS NULL))
) STRICT, WITHOUT ROWID;
-- An item is in at most one active link of each kind: said by the database, not by code alone.
CREATE UNIQUE INDEX one_link_a_movement ON link_items (movement_id, kind) WHERE is_active = 1 AND movement_id IS NOT NULL;
CREATE UNIQUE INDEX one_link_a_sale ON link_items (sale_id, kind) WHERE is_active = 1 AND sale_id IS NOT NULL;
CREATE INDEX link_items_by_movement ON link_items (movement_id) WHERE movement_id IS NOT NULL;
CREATE INDEX link_items_by_sale ON link_items (sale_id) WHERE sale_id IS NOT NULL;
`;

export const WORK = `
-- What the matcher found and a person has yet to answer: proposals and exceptions. Derived, replaced at each matching.
CREATE TABLE findings (
  -- Never used again: a window that still shows an old finding must not answer a new one.
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  type         TEXT NOT NULL CHECK (type IN ('proposal', 'exception')),
  kind         TEXT NOT NULL CHECK (length(kind) <= 40),
  link_kind    TEXT CHECK (length(link_kind) <= 20),
  band         TEXT CHECK (band IN ('certain', 'likely', 'possible')),
  ambiguity    TEXT CHECK (length(ambiguity) <= 200),
  -- 1 for the row that stands for its ambiguity on the screen, and for every finding without one.
  is_head      INTEGER NOT NULL CHECK (is_head IN (0, 1)),
  alternatives INTEGER NOT NULL,
  reason       TEXT NOT NULL CHECK (length(reason) <= 2000),
  amount_cents INTEGER NOT NULL,
  till_id      INTEGER,
  business_day TEXT NOT NULL CHECK (length(business_day) = 10),
  at           INTEGER NOT NULL,
  is_parked    INTEGER NOT NULL DEFAULT 0 CHECK (is_parked IN (0, 1))
) STRICT;
CREATE INDEX findings_by_day ON findings (business_day, at, id, is_parked, till_id, kind) WHERE is_head = 1;
CREATE INDEX findings_to_accept ON findings (business_day, at, id, till_id, band, amount_cents)
  WHERE is_head = 1 AND type = 'proposal' AND link_kind = 'sale' AND ambiguity IS NULL AND is_parked = 0;
CREATE INDEX findings_by_ambiguity ON findings (ambiguity) WHERE ambiguity IS NOT NULL;

CREATE TABLE finding_items (
  finding_id  INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  PRIMARY KEY (finding_id, position),
  CHECK ((movement_id IS NULL) <> (sale_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_items_by_movement ON finding_items (movement_id) WHERE movement_id IS NOT NULL;
CREATE INDEX finding_items_by_sale ON finding_items (sale_id) WHERE sale_id IS NOT NULL;

-- A pair that a person refused: never proposed again until the refusal is undone.
CREATE TABLE refused_pairs (
  id          INTEGER PRIMARY KEY,
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  sale_id     INTEGER NOT NULL REFERENCES sales (id),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  ended_at    INTEGER
) STRICT;
CREATE INDEX refused_by_movement ON refused_pairs (movement_id) WHERE ended_at IS NULL;

CREATE TABLE parks (
  id          INTEGER PRIMARY KEY,
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  note        TEXT NOT NULL CHECK (length(note) <= 300),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  ended_at    INTEGER,
  CHECK ((movement_id IS NULL) <> (sale_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_park_a_movement ON parks (movement_id) WHERE ended_at IS NULL AND movement_id IS NOT NULL;
CREATE UNIQUE INDEX one_park_a_sale ON parks (sale_id) WHERE ended_at IS NULL AND sale_id IS NOT NULL;

-- Days whose items changed since they were last matched. Emptied by the matcher, so that a crash loses nothing.
CREATE TABLE days_to_match (
  day  TEXT PRIMARY KEY CHECK (length(day) = 10),
  mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A known line or sale that a later file changed or lacks.
CREATE TABLE reviews (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('changed-line', 'vanished-line', 'changed-sale', 'vanished-sale')),
  import_id   INTEGER NOT NULL REFERENCES imports (id),
  row         INTEGER,
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  incoming    TEXT CHECK (length(incoming) <= 8000),
  at          INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'applied')),
  decided_at  INTEGER,
  decided_by  INTEGER REFERENCES staff (id),
  CHECK ((movement_id IS NULL) <> (sale_id IS NULL))
) STRICT;
CREATE INDEX reviews_by_state ON reviews (state, id);
CREATE INDEX reviews_by_import ON reviews (import_id);
CREATE INDEX reviews_by_sale ON reviews (sale_id, import_id) WHERE sale_id IS NOT NULL;

-- What people did, newest last, each with what is needed to undo it.
CREATE TABLE steps (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  staff_id  INTEGER NOT NULL REFERENCES staff (id),
  action    TEXT NOT NULL CHECK (length(action) <= 40),
  what      TEXT NOT NULL CHECK (length(what) <= 2000),
  -- JSON of ids: links, refusals, parks, sales, reviews, import.
  touched   TEXT NOT NULL CHECK (length(touched) <= 2000000),
  undone_at INTEGER,
  undone_by INTEGER REFERENCES staff (id)
) STRICT;
`;

export const AUDIT = `
CREATE TABLE audit_entries (
  seq       INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  staff_id  INTEGER,
  session   TEXT,
  action    TEXT NOT NULL CHECK (length(action) <= 60),
  subject   TEXT NOT NULL CHECK (length(subject) <= 200),
  details   TEXT NOT NULL CHECK (length(details) <= 20000),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_by_action ON audit_entries (action, seq);
CREATE INDEX audit_by_subject ON audit_entries (subject, seq);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit_entries
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries)
BEGIN SELECT RAISE(ABORT, 'the audit log grows by one'); END;
`;
