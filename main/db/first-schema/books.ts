/** What comes in and what it is: people, tills, files, movements, sales. Part of migration 0010; never edited once shipped. */

export const PEOPLE = `
CREATE TABLE settings (
  name  TEXT PRIMARY KEY CHECK (length(name) <= 60),
  value TEXT NOT NULL CHECK (length(value) <= 4000)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  role       TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'clerk', 'auditor')),
  is_active  INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id         TEXT PRIMARY KEY CHECK (length(id) = 64),
  staff_id   INTEGER NOT NULL REFERENCES staff (id),
  host       TEXT NOT NULL CHECK (host IN ('electron', 'preview', 'cli')),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;
`;

export const TILLS = `
CREATE TABLE tills (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80)
) STRICT;

-- A till has up to three numbers: till, store, head office. Each is kept with where it was first seen.
CREATE TABLE till_numbers (
  number   TEXT PRIMARY KEY CHECK (length(number) BETWEEN 4 AND 9 AND number NOT GLOB '*[^0-9]*'),
  till_id  INTEGER NOT NULL REFERENCES tills (id),
  seen_in  TEXT NOT NULL CHECK (length(seen_in) <= 200),
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX till_numbers_by_till ON till_numbers (till_id);

CREATE TABLE accounts (
  id      INTEGER PRIMARY KEY,
  till_id INTEGER NOT NULL REFERENCES tills (id),
  name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  UNIQUE (till_id, name)
) STRICT;

-- When the shop's day begins, from a date on. Closed days keep the start they were closed with.
CREATE TABLE day_starts (
  from_day TEXT PRIMARY KEY CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  minutes  INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1439)
) STRICT, WITHOUT ROWID;
`;

export const IMPORTS = `
CREATE TABLE imports (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('statement', 'sales')),
  file_name    TEXT NOT NULL CHECK (length(file_name) <= 255),
  sha256       TEXT NOT NULL CHECK (length(sha256) = 64),
  layout       TEXT NOT NULL CHECK (length(layout) <= 40),
  state        TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone', 'failed', 'cancelled')),
  started_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  rows_read    INTEGER NOT NULL DEFAULT 0,
  rows_new     INTEGER NOT NULL DEFAULT 0,
  rows_known   INTEGER NOT NULL DEFAULT 0,
  rows_changed INTEGER NOT NULL DEFAULT 0,
  rows_refused INTEGER NOT NULL DEFAULT 0,
  warnings     INTEGER NOT NULL DEFAULT 0,
  period_from  INTEGER,
  period_to    INTEGER,
  report_at    INTEGER,
  first_at     INTEGER,
  last_at      INTEGER,
  covered_to   INTEGER,
  is_partial   INTEGER NOT NULL DEFAULT 1 CHECK (is_partial IN (0, 1)),
  is_balanced  INTEGER CHECK (is_balanced IN (0, 1)),
  total_cents  INTEGER NOT NULL DEFAULT 0,
  -- The version of the program that read it; null when a person helped with a number, an order of dates or a password.
  read_by      TEXT CHECK (length(read_by) <= 40)
) STRICT;
CREATE INDEX imports_by_kind ON imports (kind, id);
CREATE INDEX imports_by_sha ON imports (sha256);
CREATE UNIQUE INDEX one_import_runs ON imports (state) WHERE state = 'running';

CREATE TABLE import_accounts (
  import_id     INTEGER NOT NULL REFERENCES imports (id),
  account_id    INTEGER NOT NULL REFERENCES accounts (id),
  short_code    TEXT NOT NULL CHECK (length(short_code) <= 9),
  rows          INTEGER NOT NULL,
  opening_cents INTEGER,
  closing_cents INTEGER,
  in_cents      INTEGER NOT NULL,
  out_cents     INTEGER NOT NULL,
  is_balanced   INTEGER CHECK (is_balanced IN (0, 1)),
  breaks        INTEGER NOT NULL,
  first_at      INTEGER,
  last_at       INTEGER,
  covered_from  INTEGER,
  covered_to    INTEGER,
  is_partial    INTEGER NOT NULL CHECK (is_partial IN (0, 1)),
  not_stated    TEXT NOT NULL CHECK (length(not_stated) <= 400),
  PRIMARY KEY (import_id, account_id, short_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_accounts_by_cover ON import_accounts (account_id, covered_to);

CREATE TABLE import_problems (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  row       INTEGER NOT NULL,
  severity  TEXT NOT NULL CHECK (severity IN ('refused', 'warning', 'review', 'break')),
  reason    TEXT NOT NULL CHECK (length(reason) <= 2000)
) STRICT;
CREATE INDEX import_problems_by_import ON import_problems (import_id, id);

CREATE TABLE column_maps (
  header_shape TEXT PRIMARY KEY CHECK (length(header_shape) = 64),
  headers      TEXT NOT NULL CHECK (length(headers) <= 20000),
  map          TEXT NOT NULL CHECK (length(map) <= 20000),
  dates        TEXT CHECK (dates IN ('dmy', 'mdy')),
  learnt_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const MOVEMENTS = `
-- How lines are worded, each wording once: the details without who and what number, and the reason.
CREATE TABLE wordings (
  id               INTEGER PRIMARY KEY,
  details_template TEXT NOT NULL CHECK (length(details_template) <= 1000),
  reason_type      TEXT CHECK (length(reason_type) <= 200),
  UNIQUE (details_template, reason_type)
) STRICT;

-- Money that moved, once. Names and phones sit in columns of their own that no hash covers.
CREATE TABLE movements (
  id                 INTEGER PRIMARY KEY,
  till_id            INTEGER NOT NULL REFERENCES tills (id),
  receipt            TEXT NOT NULL CHECK (length(receipt) BETWEEN 8 AND 10),
  direction          TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  amount_cents       INTEGER NOT NULL CHECK (amount_cents > 0),
  occurrence         INTEGER NOT NULL CHECK (occurrence >= 1),
  account_id         INTEGER NOT NULL REFERENCES accounts (id),
  kind               TEXT NOT NULL CHECK (length(kind) <= 20),
  classifier_version INTEGER NOT NULL,
  status             TEXT NOT NULL CHECK (length(status) <= 12),
  completed_at       INTEGER NOT NULL,
  time_precision     TEXT NOT NULL CHECK (time_precision IN ('second', 'minute', 'day')),
  initiated_at       INTEGER,
  business_day       TEXT NOT NULL CHECK (length(business_day) = 10),
  balance_cents      INTEGER,
  account_reference  TEXT CHECK (length(account_reference) <= 200),
  linked_receipt     TEXT CHECK (length(linked_receipt) <= 10),
  wording_id         INTEGER NOT NULL REFERENCES wordings (id),
  party_phone        TEXT CHECK (length(party_phone) <= 20),
  party_phone_hmac   BLOB,
  party_code         TEXT CHECK (length(party_code) <= 20),
  party_name         TEXT CHECK (length(party_name) <= 200),
  import_id          INTEGER NOT NULL REFERENCES imports (id),
  undone_at          INTEGER
) STRICT;
-- The identity of a movement, unique among live rows; the receipt stands first so that it also serves the search.
-- DESC here and below: a portal's file has its newest row first, so that a year of it grows at the end of an index.
CREATE UNIQUE INDEX movement_identity ON movements (receipt DESC, direction, amount_cents, till_id, occurrence)
  WHERE undone_at IS NULL;
CREATE INDEX movements_by_day ON movements (business_day DESC, completed_at DESC, id DESC);
-- An amount is looked for day by day, so that a day's rows stand together and an import writes to one place.
CREATE INDEX payments_by_amount ON movements (business_day DESC, amount_cents)
  WHERE kind = 'customer-payment' AND undone_at IS NULL;
CREATE INDEX movements_by_reference ON movements (account_reference COLLATE NOCASE)
  WHERE account_reference IS NOT NULL;
CREATE INDEX movements_by_linked ON movements (linked_receipt) WHERE linked_receipt IS NOT NULL;

-- A statement line that shows a movement. Other channels (callbacks, pulled rows) come with tables of their own.
CREATE TABLE statement_lines (
  import_id   INTEGER NOT NULL REFERENCES imports (id),
  row         INTEGER NOT NULL,
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_lines_by_movement ON statement_lines (movement_id);
`;

export const SALES = `
CREATE TABLE sales (
  id                INTEGER PRIMARY KEY,
  source            TEXT NOT NULL CHECK (length(source) <= 40),
  till_id           INTEGER REFERENCES tills (id),
  -- The till as its file names it: a number nobody has called ours yet, or a name of the shop's own.
  till_text         TEXT CHECK (length(till_text) <= 200),
  reference         TEXT CHECK (length(reference) <= 100),
  tender            TEXT NOT NULL CHECK (tender IN ('mpesa', 'cash', 'card', 'bank', 'credit', 'other')),
  occurrence        INTEGER NOT NULL CHECK (occurrence >= 1),
  -- The source and what is printed: till, day, tender, reference; without a reference the minute, amount and cashier.
  identity          TEXT NOT NULL CHECK (length(identity) <= 1200),
  sold_at           INTEGER,
  sold_precision    TEXT NOT NULL CHECK (sold_precision IN ('second', 'minute', 'day')),
  business_day      TEXT NOT NULL CHECK (length(business_day) = 10),
  amount_cents      INTEGER NOT NULL,
  kind              TEXT NOT NULL CHECK (kind IN ('sale', 'refund', 'day-total')),
  status            TEXT NOT NULL CHECK (status IN ('closed', 'cancelled', 'open', 'void')),
  receipt           TEXT CHECK (length(receipt) BETWEEN 8 AND 10),
  account_reference TEXT CHECK (length(account_reference) <= 200),
  phone             TEXT CHECK (length(phone) <= 20),
  phone_hmac        BLOB,
  customer          TEXT CHECK (length(customer) <= 200),
  cashier           TEXT CHECK (length(cashier) <= 200),
  description       TEXT CHECK (length(description) <= 1000),
  note              TEXT CHECK (length(note) <= 300),
  import_id         INTEGER REFERENCES imports (id),
  typed_by          INTEGER REFERENCES staff (id),
  typed_at          INTEGER,
  is_after_payment  INTEGER NOT NULL DEFAULT 0 CHECK (is_after_payment IN (0, 1)),
  undone_at         INTEGER,
  CHECK (import_id IS NOT NULL OR typed_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX sale_identity ON sales (identity, occurrence) WHERE undone_at IS NULL;
CREATE INDEX sales_by_day ON sales (business_day, sold_at, id);
CREATE INDEX sales_by_amount ON sales (business_day, abs(amount_cents)) WHERE undone_at IS NULL;
CREATE INDEX sales_of_unknown_till ON sales (till_text) WHERE till_id IS NULL AND till_text IS NOT NULL;
CREATE INDEX sales_by_import ON sales (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX sales_by_receipt ON sales (receipt) WHERE receipt IS NOT NULL;
CREATE INDEX sales_by_reference ON sales (reference COLLATE NOCASE) WHERE reference IS NOT NULL;

CREATE TABLE sale_lines (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  row       INTEGER NOT NULL,
  sale_id   INTEGER NOT NULL REFERENCES sales (id),
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_lines_by_sale ON sale_lines (sale_id);
`;

export const LIVE = `
-- Rows that count: not undone, and not of the import that is still running (its rows become visible when it is done).
CREATE VIEW live_movements AS SELECT * FROM movements
  WHERE undone_at IS NULL AND import_id IS NOT (SELECT id FROM imports WHERE state = 'running');
CREATE VIEW live_sales AS SELECT * FROM sales
  WHERE undone_at IS NULL AND coalesce(import_id, 0) IS NOT (SELECT id FROM imports WHERE state = 'running');
-- What a search reads: every word begins after a space, so that a term with a space before it finds beginnings.
CREATE VIEW movement_words AS SELECT id, amount_cents,
  ' ' || lower(receipt || ' ' || coalesce(account_reference, '') || ' ' || coalesce(party_name, '') || ' ' ||
    coalesce(party_code, '')) AS words FROM movements;
CREATE VIEW sale_words AS SELECT id, abs(amount_cents) AS amount_cents,
  ' ' || lower(coalesce(reference, '') || ' ' || coalesce(receipt, '') || ' ' || coalesce(customer, '') || ' ' ||
    coalesce(account_reference, '') || ' ' || coalesce(description, '')) AS words FROM sales;
`;
