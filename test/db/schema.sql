CREATE INDEX alerts_unseen ON alerts (at) WHERE seen_at IS NULL;

CREATE INDEX api_calls_by_conversation ON api_calls (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX api_calls_by_originator ON api_calls (originator_conversation_id) WHERE originator_conversation_id IS NOT NULL;

CREATE INDEX api_calls_by_product ON api_calls (product, short_code, id);

CREATE INDEX api_calls_by_subject ON api_calls (subject, id);

CREATE INDEX api_calls_open ON api_calls (state, asked_at) WHERE state IN ('intended', 'accepted', 'lost', 'timed-out', 'silent');

CREATE INDEX audit_by_action ON audit_entries (action, seq);

CREATE INDEX audit_by_staff ON audit_entries (staff_id, seq);

CREATE INDEX audit_by_subject ON audit_entries (subject, seq);

CREATE INDEX audit_by_time ON audit_entries (at, seq);

CREATE INDEX audit_reveals ON audit_entries (staff_id, at) WHERE action = 'phone.revealed';

CREATE INDEX balances_by_code ON balances (short_code, id);

CREATE INDEX callbacks_by_body ON callbacks (body_hmac);

CREATE INDEX callbacks_by_call ON callbacks (call_id) WHERE call_id IS NOT NULL;

CREATE INDEX callbacks_by_kind ON callbacks (kind, id);

CREATE INDEX callbacks_by_movement ON callbacks (movement_id) WHERE movement_id IS NOT NULL;

CREATE INDEX callbacks_by_outcome ON callbacks (outcome, id);

CREATE INDEX callbacks_by_receipt ON callbacks (receipt) WHERE receipt IS NOT NULL;

CREATE INDEX claims_by_movement ON claims (movement_id) WHERE movement_id IS NOT NULL;

CREATE INDEX claims_by_receipt ON claims (receipt, id);

CREATE INDEX claims_by_sale ON claims (sale_id) WHERE sale_id IS NOT NULL;

CREATE INDEX finding_items_by_movement ON finding_items (movement_id) WHERE movement_id IS NOT NULL;

CREATE INDEX finding_items_by_sale ON finding_items (sale_id) WHERE sale_id IS NOT NULL;

CREATE INDEX findings_by_ambiguity ON findings (ambiguity) WHERE ambiguity IS NOT NULL;

CREATE INDEX findings_by_day ON findings (business_day, at, id, is_parked, till_id, kind) WHERE is_head = 1;

CREATE INDEX findings_to_accept ON findings (business_day, at, id, till_id, band, amount_cents)
  WHERE is_head = 1 AND type = 'proposal' AND link_kind = 'sale' AND ambiguity IS NULL AND is_parked = 0;

CREATE INDEX import_accounts_by_cover ON import_accounts (account_id, covered_to);

CREATE INDEX import_problems_by_import ON import_problems (import_id, id);

CREATE INDEX imports_by_kind ON imports (kind, id);

CREATE INDEX imports_by_sha ON imports (sha256);

CREATE INDEX lines_to_settle_by_movement ON lines_to_settle (movement_id);

CREATE INDEX link_items_by_movement ON link_items (movement_id) WHERE movement_id IS NOT NULL;

CREATE INDEX link_items_by_sale ON link_items (sale_id) WHERE sale_id IS NOT NULL;

CREATE INDEX links_by_day ON links (business_day) WHERE ended_at IS NULL;

CREATE INDEX links_by_people ON links (id) WHERE how <> 'auto' AND ended_at IS NULL;

CREATE INDEX links_to_show ON links (business_day, at, id, till_id)
  WHERE ended_at IS NULL AND kind IN ('sale', 'day-total', 'reversal-of');

CREATE INDEX look_ups_by_receipt ON look_ups (receipt, id);

CREATE INDEX look_ups_waiting ON look_ups (state, at) WHERE state IN ('waiting', 'silent');

CREATE UNIQUE INDEX movement_identity ON movements (receipt DESC, direction, amount_cents, till_id, occurrence)
  WHERE undone_at IS NULL;

CREATE INDEX movements_by_day ON movements (business_day DESC, completed_at DESC, id DESC);

CREATE INDEX movements_by_linked ON movements (linked_receipt) WHERE linked_receipt IS NOT NULL;

CREATE INDEX movements_by_reference ON movements (account_reference COLLATE NOCASE)
  WHERE account_reference IS NOT NULL;

CREATE UNIQUE INDEX one_certificate_is_used ON certificates (is_used) WHERE is_used = 1;

CREATE UNIQUE INDEX one_claim_a_receipt ON claims (receipt) WHERE ended_at IS NULL;

CREATE UNIQUE INDEX one_import_runs ON imports (state) WHERE state = 'running';

CREATE UNIQUE INDEX one_link_a_movement ON link_items (movement_id, kind) WHERE is_active = 1 AND movement_id IS NOT NULL;

CREATE UNIQUE INDEX one_link_a_sale ON link_items (sale_id, kind) WHERE is_active = 1 AND sale_id IS NOT NULL;

CREATE UNIQUE INDEX one_park_a_movement ON parks (movement_id) WHERE ended_at IS NULL AND movement_id IS NOT NULL;

CREATE UNIQUE INDEX one_park_a_sale ON parks (sale_id) WHERE ended_at IS NULL AND sale_id IS NOT NULL;

CREATE INDEX payments_by_amount ON movements (business_day DESC, amount_cents)
  WHERE kind = 'customer-payment' AND undone_at IS NULL;

CREATE INDEX pulls_by_code ON pulls (short_code, to_at);

CREATE INDEX refused_by_movement ON refused_pairs (movement_id) WHERE ended_at IS NULL;

CREATE INDEX reversal_steps_by_reversal ON reversal_steps (reversal_id, id);

CREATE INDEX reversals_by_movement ON reversals (movement_id);

CREATE INDEX reversals_by_own_receipt ON reversals (own_receipt) WHERE own_receipt IS NOT NULL;

CREATE INDEX reversals_by_receipt ON reversals (receipt, till_id);

CREATE INDEX reversals_by_requester ON reversals (requested_by, requested_at);

CREATE INDEX reversals_by_state ON reversals (state, state_at);

CREATE INDEX reviews_by_import ON reviews (import_id);

CREATE INDEX reviews_by_sale ON reviews (sale_id, import_id) WHERE sale_id IS NOT NULL;

CREATE INDEX reviews_by_state ON reviews (state, id);

CREATE INDEX rules_by_state ON rules (state, position);

CREATE UNIQUE INDEX sale_identity ON sales (identity, occurrence) WHERE undone_at IS NULL;

CREATE INDEX sale_lines_by_sale ON sale_lines (sale_id);

CREATE INDEX sales_by_amount ON sales (business_day, abs(amount_cents)) WHERE undone_at IS NULL;

CREATE INDEX sales_by_day ON sales (business_day, sold_at, id);

CREATE INDEX sales_by_import ON sales (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX sales_by_receipt ON sales (receipt) WHERE receipt IS NOT NULL;

CREATE INDEX sales_by_reference ON sales (reference COLLATE NOCASE) WHERE reference IS NOT NULL;

CREATE INDEX sales_of_unknown_till ON sales (till_text) WHERE till_id IS NULL AND till_text IS NOT NULL;

CREATE INDEX sessions_by_staff ON sessions (staff_id, started_at);

CREATE INDEX sessions_open ON sessions (started_at) WHERE ended_at IS NULL;

CREATE INDEX sightings_by_kind ON sightings (kind, last_at);

CREATE UNIQUE INDEX staff_by_name ON staff (name_key);

CREATE INDEX statement_lines_by_movement ON statement_lines (movement_id);

CREATE INDEX status_answers_by_receipt ON status_answers (receipt, id);

CREATE INDEX till_numbers_by_till ON till_numbers (till_id);

CREATE TABLE accounts (
  id      INTEGER PRIMARY KEY,
  till_id INTEGER NOT NULL REFERENCES tills (id),
  name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  UNIQUE (till_id, name)
) STRICT;

CREATE TABLE alerts (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL CHECK (length(kind) <= 40),
  -- What it is about: callback:4, movement:12, call:7. The same alert is raised once.
  subject TEXT NOT NULL CHECK (length(subject) <= 60),
  what    TEXT NOT NULL CHECK (length(what) <= 2000),
  at      INTEGER NOT NULL,
  seen_at INTEGER,
  seen_by INTEGER REFERENCES staff (id),
  UNIQUE (kind, subject)
) STRICT;

CREATE TABLE api_calls (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  product        TEXT NOT NULL CHECK (product IN
    ('token', 'status', 'reversal', 'balance', 'pull-register', 'pull-query', 'c2b-register', 'stk-query')),
  short_code     TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  -- What it is for: look-up:5, pull, balance, doctor, reversal:3.
  subject        TEXT NOT NULL CHECK (length(subject) <= 60),
  staff_id       INTEGER NOT NULL REFERENCES staff (id),
  -- Stands in the addresses that the answer comes to; null for products that answer at once.
  result_token   TEXT UNIQUE CHECK (length(result_token) = 32),
  -- JSON of the body without secrets.
  request        TEXT NOT NULL CHECK (length(request) <= 4000),
  asked_at       INTEGER NOT NULL,
  state          TEXT NOT NULL CHECK (state IN
    ('intended', 'accepted', 'answered', 'refused', 'not-sent', 'lost', 'timed-out', 'silent')),
  state_at       INTEGER NOT NULL,
  why            TEXT CHECK (length(why) <= 2000),
  http_status    INTEGER,
  code           TEXT CHECK (length(code) <= 100),
  text           TEXT CHECK (length(text) <= 2000),
  originator_conversation_id TEXT CHECK (length(originator_conversation_id) <= 200),
  conversation_id            TEXT CHECK (length(conversation_id) <= 200),
  -- What came back at once, sealed: JSON of a sealed value.
  answer         TEXT CHECK (length(answer) <= 200000)
) STRICT;

CREATE TABLE approver_keys (
  staff_id   INTEGER PRIMARY KEY REFERENCES staff (id),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  salt       BLOB NOT NULL CHECK (length(salt) = 16),
  wrapped    BLOB NOT NULL CHECK (length(wrapped) <= 200),
  made_at    INTEGER NOT NULL
) STRICT;

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

CREATE TABLE balances (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  short_code TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  call_id    INTEGER NOT NULL REFERENCES api_calls (id),
  -- When Safaricom says it worked the balance out; null where it does not say.
  as_of      INTEGER,
  answered_at INTEGER NOT NULL,
  -- JSON: the accounts (name, currency; current, available, reserved, uncleared in cents), and parts that were not understood.
  accounts   TEXT NOT NULL CHECK (length(accounts) <= 8000)
) STRICT;

CREATE TABLE callbacks (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  inbox        TEXT NOT NULL CHECK (length(inbox) = 16),
  sequence     INTEGER NOT NULL,
  taken_at     INTEGER NOT NULL,
  -- By the relay's clock, and the address it saw; null where the message could not be opened.
  came_at      INTEGER,
  from_address TEXT CHECK (length(from_address) <= 60),
  kind         TEXT NOT NULL CHECK (kind IN ('result', 'timeout', 'confirmation', 'validation', 'unreadable')),
  token        TEXT CHECK (length(token) = 32),
  -- The body as it came, sealed under a key of its own: JSON of a sealed value.
  body         TEXT NOT NULL CHECK (length(body) <= 400000),
  -- Keyed hash of the body: the same words again are a repetition, whatever number they came under.
  body_hmac    BLOB NOT NULL CHECK (length(body_hmac) = 32),
  outcome      TEXT NOT NULL CHECK (outcome IN ('matched', 'unmatched', 'duplicate', 'suspicious', 'unreadable')),
  why          TEXT NOT NULL CHECK (length(why) <= 2000),
  call_id      INTEGER REFERENCES api_calls (id),
  movement_id  INTEGER REFERENCES movements (id),
  receipt      TEXT CHECK (length(receipt) <= 10),
  short_code   TEXT CHECK (length(short_code) <= 9),
  amount_cents INTEGER,
  -- A relay that was put back gives a number again, to other words: those are another message.
  UNIQUE (inbox, sequence, body_hmac)
) STRICT;

CREATE TABLE certificates (
  -- SHA-256 over the DER, hex.
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  pem         TEXT NOT NULL CHECK (length(pem) <= 20000),
  loaded_at   INTEGER NOT NULL,
  loaded_by   INTEGER NOT NULL REFERENCES staff (id),
  -- At most one is used; none: the one that came with the program.
  is_used     INTEGER NOT NULL CHECK (is_used IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt     TEXT NOT NULL CHECK (length(receipt) <= 10),
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  note        TEXT NOT NULL CHECK (length(note) <= 300),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  ended_at    INTEGER,
  ended_by    INTEGER REFERENCES staff (id)
) STRICT;

CREATE TABLE column_maps (
  header_shape TEXT PRIMARY KEY CHECK (length(header_shape) = 64),
  headers      TEXT NOT NULL CHECK (length(headers) <= 20000),
  map          TEXT NOT NULL CHECK (length(map) <= 20000),
  dates        TEXT CHECK (dates IN ('dmy', 'mdy')),
  learnt_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counted (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  movement_id INTEGER NOT NULL,
  sale_id     INTEGER NOT NULL
) STRICT;

CREATE TABLE credentials (
  short_code TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  kind       TEXT NOT NULL CHECK (kind IN ('app', 'look-up-operator', 'reversal-operator', 'passkey')),
  -- The operator's user name: it is no secret, and every request names it.
  name       TEXT CHECK (length(name) <= 100),
  -- Keyed hash of consumer key and secret: numbers that speak with the same pair are stopped together.
  key_mark   TEXT CHECK (length(key_mark) = 64),
  -- A password is encrypted for each call; a ready-made SecurityCredential goes out as it was pasted.
  form       TEXT NOT NULL CHECK (form IN ('plain', 'ready-made')),
  set_at     INTEGER NOT NULL,
  set_by     INTEGER NOT NULL REFERENCES staff (id),
  due_at     INTEGER NOT NULL,
  -- 'working' needs a result since its last change; 'refused' stops its calls until the owner acts.
  state      TEXT NOT NULL DEFAULT 'untried' CHECK (state IN ('untried', 'working', 'refused')),
  state_at   INTEGER,
  state_why  TEXT CHECK (length(state_why) <= 2000),
  PRIMARY KEY (short_code, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_starts (
  from_day TEXT PRIMARY KEY CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  minutes  INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1439)
) STRICT, WITHOUT ROWID;

CREATE TABLE days_to_match (
  day  TEXT PRIMARY KEY CHECK (length(day) = 10),
  mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_days (
  business_day     TEXT NOT NULL,
  till_id          INTEGER NOT NULL,
  kind             TEXT NOT NULL,
  is_parked        INTEGER NOT NULL,
  items            INTEGER NOT NULL CHECK (items >= 0),
  acceptable       INTEGER NOT NULL CHECK (acceptable BETWEEN 0 AND items),
  acceptable_cents INTEGER NOT NULL,
  PRIMARY KEY (business_day, till_id, kind, is_parked)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_items (
  finding_id  INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  movement_id INTEGER REFERENCES movements (id),
  sale_id     INTEGER REFERENCES sales (id),
  PRIMARY KEY (finding_id, position),
  CHECK ((movement_id IS NULL) <> (sale_id IS NULL))
) STRICT, WITHOUT ROWID;

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

CREATE TABLE identities (
  short_code      TEXT PRIMARY KEY CHECK (length(short_code) BETWEEN 4 AND 9),
  party           TEXT NOT NULL CHECK (length(party) BETWEEN 4 AND 9),
  identifier_type TEXT NOT NULL CHECK (identifier_type IN ('1', '2', '4')),
  learnt_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE import_problems (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  row       INTEGER NOT NULL,
  severity  TEXT NOT NULL CHECK (severity IN ('refused', 'warning', 'review', 'break')),
  reason    TEXT NOT NULL CHECK (length(reason) <= 2000)
) STRICT;

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
, verification_code TEXT CHECK (length(verification_code) BETWEEN 4 AND 16), code_checked_at INTEGER, code_checked_by INTEGER REFERENCES staff (id), payments INTEGER NOT NULL DEFAULT 0, seen_payments INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE lines_to_settle (
  import_id   INTEGER NOT NULL REFERENCES imports (id),
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  -- JSON: the line and its place.
  incoming    TEXT NOT NULL CHECK (length(incoming) <= 8000),
  PRIMARY KEY (import_id, movement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_days (
  business_day TEXT NOT NULL,
  till_id      INTEGER NOT NULL,
  items        INTEGER NOT NULL CHECK (items >= 0),
  PRIMARY KEY (business_day, till_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE look_ups (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  at           INTEGER NOT NULL,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  receipt      TEXT NOT NULL CHECK (length(receipt) <= 10),
  came_as      TEXT NOT NULL CHECK (came_as IN ('typed', 'merchant-message', 'customer-message', 'row', 'notice')),
  -- What the message said, without its balance: amount, time, account; personal parts in their own columns.
  stated_cents INTEGER,
  stated_at    INTEGER,
  stated_payee TEXT CHECK (length(stated_payee) <= 200),
  payer_name   TEXT CHECK (length(payer_name) <= 200),
  payer_phone  TEXT CHECK (length(payer_phone) <= 40),
  -- JSON: what stood in the text beside plain letters, such as hidden characters or other codes; null for nothing.
  marks        TEXT CHECK (length(marks) <= 200),
  -- What was asked of Safaricom, and how that stands.
  state        TEXT NOT NULL CHECK (state IN ('not-asked', 'waiting', 'answered', 'silent', 'could-not-ask')),
  call_id      INTEGER REFERENCES api_calls (id),
  why          TEXT CHECK (length(why) <= 2000),
  answered_at  INTEGER,
  -- The newest call when asking began, or began anew: each short code is asked once after it.
  asked_after  INTEGER NOT NULL DEFAULT 0
) STRICT;

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

CREATE TABLE payment_days (
  business_day  TEXT NOT NULL,
  till_id       INTEGER NOT NULL,
  account_id    INTEGER NOT NULL,
  import_id     INTEGER NOT NULL,
  items         INTEGER NOT NULL CHECK (items >= 0),
  cents         INTEGER NOT NULL,
  matched       INTEGER NOT NULL CHECK (matched BETWEEN 0 AND items),
  matched_cents INTEGER NOT NULL,
  PRIMARY KEY (business_day, till_id, account_id, import_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pulls (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  short_code TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  from_at    INTEGER NOT NULL,
  to_at      INTEGER NOT NULL CHECK (to_at > from_at),
  asked_at   INTEGER NOT NULL,
  -- 'unknown': Safaricom could not tell, or the answer was not whole. Never the same as 'none'.
  outcome    TEXT NOT NULL CHECK (outcome IN ('rows', 'none', 'unknown')),
  why        TEXT CHECK (length(why) <= 2000),
  rows       INTEGER NOT NULL,
  new_rows   INTEGER NOT NULL
) STRICT;

CREATE TABLE refused_pairs (
  id          INTEGER PRIMARY KEY,
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  sale_id     INTEGER NOT NULL REFERENCES sales (id),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  ended_at    INTEGER
) STRICT;

CREATE TABLE registrations (
  short_code    TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  kind          TEXT NOT NULL CHECK (kind IN ('pull', 'c2b')),
  state         TEXT NOT NULL CHECK (state IN ('registered', 'elsewhere', 'unknown')),
  -- The addresses, or the nominated number's last digits; never the relay's secret path.
  details       TEXT NOT NULL CHECK (length(details) <= 2000),
  at            INTEGER NOT NULL,
  staff_id      INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (short_code, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE relay_pairing (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  origin        TEXT NOT NULL CHECK (length(origin) <= 255),
  inbox         TEXT NOT NULL CHECK (length(inbox) = 16),
  relay_key     TEXT NOT NULL CHECK (length(relay_key) = 64),
  paired_at     INTEGER NOT NULL,
  paired_by     INTEGER NOT NULL REFERENCES staff (id),
  -- The last message that is in the books, and so may be acknowledged.
  taken_to      INTEGER NOT NULL DEFAULT 0,
  reached_at    INTEGER,
  -- What stops it until the owner acts: ended by the operator, or taken over by another PC.
  stopped       TEXT CHECK (stopped IN ('revoked', 'other-keys', 'not-found')),
  -- The relay's own account of itself (StatusAnswer), as it last came.
  status        TEXT CHECK (length(status) <= 20000)
) STRICT;

CREATE TABLE reversal_attachments (
  reversal_id INTEGER PRIMARY KEY REFERENCES reversals (id),
  kind        TEXT NOT NULL CHECK (kind IN ('image/jpeg', 'image/png', 'application/pdf')),
  size        INTEGER NOT NULL CHECK (size BETWEEN 1 AND 5242880),
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  -- JSON of a sealed value: base64 of the file.
  content     TEXT NOT NULL CHECK (length(content) <= 11000000)
) STRICT;

CREATE TABLE reversal_steps (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  reversal_id INTEGER NOT NULL REFERENCES reversals (id),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  event       TEXT NOT NULL CHECK (length(event) <= 40),
  state       TEXT NOT NULL CHECK (length(state) <= 20),
  what        TEXT NOT NULL CHECK (length(what) <= 2000),
  -- The entry of the audit log that was written with it.
  audit_seq   INTEGER NOT NULL
) STRICT;

CREATE TABLE reversals (
  -- Named R-000123 for ever: never used again.
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  movement_id    INTEGER NOT NULL REFERENCES movements (id),
  receipt        TEXT NOT NULL CHECK (length(receipt) BETWEEN 8 AND 10),
  till_id        INTEGER NOT NULL REFERENCES tills (id),
  short_code     TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  amount_cents   INTEGER NOT NULL CHECK (amount_cents > 0),
  method         TEXT NOT NULL CHECK (method IN ('daraja', 'by-hand', 'cash', 'send-money')),
  reason         TEXT NOT NULL CHECK (reason IN
    ('goods-returned', 'paid-twice', 'wrong-amount', 'wrong-shop', 'not-delivered', 'other')),
  note           TEXT NOT NULL CHECK (length(note) <= 300),
  sale_id        INTEGER REFERENCES sales (id),
  state          TEXT NOT NULL CHECK (state IN
    ('requested', 'approved', 'sending', 'accepted', 'unknown', 'by-hand', 'done', 'already', 'failed', 'not-reversed',
     'rejected', 'expired', 'cancelled')),
  -- What results said, each word once; the best that shows the reversal itself, and its payment as reversed; whether
  -- somebody else's reversal was seen; and what of all that is the proof of a `done`.
  told           TEXT NOT NULL DEFAULT '' CHECK (length(told) <= 40),
  seen           TEXT CHECK (seen IN ('typed', 'relay', 'direct', 'file')),
  marked         TEXT CHECK (marked IN ('relay', 'direct', 'file')),
  by_another     INTEGER NOT NULL DEFAULT 0 CHECK (by_another IN (0, 1)),
  proof          TEXT CHECK (proof IN ('typed', 'relay', 'direct', 'file')),
  state_at       INTEGER NOT NULL,
  -- Counts every change; an approval holds for one revision.
  revision       INTEGER NOT NULL DEFAULT 1,
  requested_at   INTEGER NOT NULL,
  requested_by   INTEGER NOT NULL REFERENCES staff (id),
  expires_at     INTEGER NOT NULL,
  approved_at    INTEGER,
  approved_by    INTEGER REFERENCES staff (id),
  -- SHA-256 of what was approved; spent when it is sent.
  approval_hash  BLOB CHECK (length(approval_hash) = 32),
  -- Bound by the approval: stands in the addresses that the result of its one call comes to.
  result_token   TEXT UNIQUE CHECK (length(result_token) = 32),
  -- Asked and approved by one person, with the second factor, for want of another approver.
  is_own         INTEGER NOT NULL DEFAULT 0 CHECK (is_own IN (0, 1)),
  call_id        INTEGER UNIQUE REFERENCES api_calls (id),
  sent_at        INTEGER,
  -- Safaricom's own words, and the receipt of the reversal itself.
  code           TEXT CHECK (length(code) <= 100),
  text           TEXT CHECK (length(text) <= 2000),
  own_receipt    TEXT CHECK (length(own_receipt) BETWEEN 8 AND 10),
  -- The line of the statement that shows it, or that of whoever sent the payment back before.
  shown_by       INTEGER REFERENCES movements (id),
  CHECK (approved_by IS NULL OR approved_by <> requested_by OR is_own = 1)
) STRICT;

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

CREATE TABLE sale_days (
  business_day  TEXT NOT NULL,
  till_id       INTEGER NOT NULL,
  import_id     INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  tender        TEXT NOT NULL,
  items         INTEGER NOT NULL CHECK (items >= 0),
  cents         INTEGER NOT NULL,
  matched       INTEGER NOT NULL CHECK (matched BETWEEN 0 AND items),
  matched_cents INTEGER NOT NULL,
  PRIMARY KEY (business_day, till_id, import_id, kind, tender)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_lines (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  row       INTEGER NOT NULL,
  sale_id   INTEGER NOT NULL REFERENCES sales (id),
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE sealed_keys (
  -- Never used again: a box must not be tried with a key that is not its own.
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What the values are about: sale:12, staff:3, settings.
  about TEXT NOT NULL UNIQUE CHECK (length(about) BETWEEN 1 AND 60),
  key   BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE sealed_operators (
  short_code TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  staff_id   INTEGER NOT NULL REFERENCES approver_keys (staff_id) ON DELETE CASCADE,
  box        BLOB NOT NULL CHECK (length(box) <= 1000),
  sealed_at  INTEGER NOT NULL,
  PRIMARY KEY (short_code, staff_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id         TEXT PRIMARY KEY CHECK (length(id) = 64),
  staff_id   INTEGER NOT NULL REFERENCES staff (id),
  host       TEXT NOT NULL CHECK (host IN ('electron', 'preview', 'cli')),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER
, end_reason TEXT CHECK (end_reason IN
  ('signed-out', 'idle', 'too-long', 'elsewhere', 'by-owner', 'changed', 'quit', 'crashed'))) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY CHECK (length(name) <= 60),
  value TEXT NOT NULL CHECK (length(value) <= 4000)
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  kind        TEXT NOT NULL CHECK (kind IN ('confirmation', 'pulled-row', 'status-answer')),
  channel     TEXT NOT NULL CHECK (channel IN ('direct', 'relay')),
  first_at    INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  call_id     INTEGER REFERENCES api_calls (id),
  callback_id INTEGER REFERENCES callbacks (id),
  -- The time as it was printed: what a pulled row prints is provisional until one receipt proves its zone.
  printed_at  TEXT CHECK (length(printed_at) <= 40),
  PRIMARY KEY (movement_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_delays (
  scope    TEXT PRIMARY KEY CHECK (length(scope) <= 40),
  failures INTEGER NOT NULL CHECK (failures > 0),
  last_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  role       TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'clerk', 'auditor')),
  is_active  INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at INTEGER NOT NULL
, name_key TEXT NOT NULL DEFAULT '' CHECK (length(name_key) <= 240), disabled_at INTEGER, is_approver INTEGER NOT NULL DEFAULT 0 CHECK (is_approver IN (0, 1)), cap_cents INTEGER CHECK (cap_cents > 0), day_cap_cents INTEGER CHECK (day_cap_cents > 0)) STRICT;

CREATE TABLE statement_lines (
  import_id   INTEGER NOT NULL REFERENCES imports (id),
  row         INTEGER NOT NULL,
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_answers (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt      TEXT NOT NULL CHECK (length(receipt) <= 10),
  short_code   TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  call_id      INTEGER NOT NULL REFERENCES api_calls (id),
  callback_id  INTEGER REFERENCES callbacks (id),
  at           INTEGER NOT NULL,
  fate         TEXT NOT NULL CHECK (fate IN ('completed', 'failed', 'reversed', 'pending', 'not-found', 'unknown')),
  -- False: the question itself was refused, and nothing is said of the payment.
  is_answered  INTEGER NOT NULL CHECK (is_answered IN (0, 1)),
  code         TEXT CHECK (length(code) <= 100),
  text         TEXT CHECK (length(text) <= 2000),
  state        TEXT CHECK (length(state) <= 100),
  amount_cents INTEGER,
  started_at   INTEGER,
  completed_at INTEGER,
  -- Whom it was paid to, by Safaricom's words; a number of ours or not.
  paid_to      TEXT CHECK (length(paid_to) <= 20),
  -- Personal columns that no hash covers.
  payer_phone  TEXT CHECK (length(payer_phone) <= 40),
  payer_name   TEXT CHECK (length(payer_name) <= 200)
) STRICT;

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

CREATE TABLE till_numbers (
  number   TEXT PRIMARY KEY CHECK (length(number) BETWEEN 4 AND 9 AND number NOT GLOB '*[^0-9]*'),
  till_id  INTEGER NOT NULL REFERENCES tills (id),
  seen_in  TEXT NOT NULL CHECK (length(seen_in) <= 200),
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tills (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80)
) STRICT;

CREATE TABLE totp_recovery_codes (
  staff_id  INTEGER NOT NULL REFERENCES logins (staff_id),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  used_at   INTEGER,
  PRIMARY KEY (staff_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE wordings (
  id               INTEGER PRIMARY KEY,
  details_template TEXT NOT NULL CHECK (length(details_template) <= 1000),
  reason_type      TEXT CHECK (length(reason_type) <= 200),
  UNIQUE (details_template, reason_type)
) STRICT;

CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit_entries
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries)
BEGIN SELECT RAISE(ABORT, 'the audit log grows by one'); END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER changed_findings_are_put_in AFTER UPDATE OF business_day, till_id, kind, is_parked, is_head, type, link_kind, band, ambiguity, amount_cents ON findings BEGIN INSERT INTO finding_days
    (business_day, till_id, kind, is_parked, items, acceptable, acceptable_cents)
  SELECT business_day, till_id, kind, is_parked, 1, is_acceptable, is_acceptable * cents
    FROM finding_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1, acceptable = acceptable + excluded.acceptable,
    acceptable_cents = acceptable_cents + excluded.acceptable_cents; END;

CREATE TRIGGER changed_findings_are_taken_out BEFORE UPDATE OF business_day, till_id, kind, is_parked, is_head, type, link_kind, band, ambiguity, amount_cents ON findings BEGIN UPDATE finding_days SET items = items - 1, acceptable = acceptable - f.is_acceptable,
    acceptable_cents = acceptable_cents - f.is_acceptable * f.cents
  FROM (SELECT * FROM finding_facts WHERE id = OLD.id) f
  WHERE finding_days.business_day = f.business_day AND finding_days.till_id = f.till_id
    AND finding_days.kind = f.kind AND finding_days.is_parked = f.is_parked; END;

CREATE TRIGGER changed_links_are_put_in AFTER UPDATE OF business_day, till_id, kind, ended_at ON links BEGIN INSERT INTO link_days (business_day, till_id, items)
  SELECT business_day, till_id, 1 FROM link_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1; END;

CREATE TRIGGER changed_links_are_taken_out BEFORE UPDATE OF business_day, till_id, kind, ended_at ON links BEGIN UPDATE link_days SET items = items - 1 FROM (SELECT * FROM link_facts WHERE id = OLD.id) f
  WHERE link_days.business_day = f.business_day AND link_days.till_id = f.till_id; END;

CREATE TRIGGER changed_movements_are_put_in AFTER UPDATE OF till_id, direction, amount_cents, account_id, kind, status, business_day, import_id, undone_at ON movements
WHEN NEW.id <= (SELECT movement_id FROM counted) BEGIN INSERT INTO payment_days (business_day, till_id, account_id, import_id, items, cents, matched, matched_cents)
    SELECT business_day, till_id, account_id, import_id, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM payment_facts WHERE id = NEW.id GROUP BY business_day, till_id, account_id, import_id
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER changed_movements_are_taken_out BEFORE UPDATE OF till_id, direction, amount_cents, account_id, kind, status, business_day, import_id, undone_at ON movements
WHEN OLD.id <= (SELECT movement_id FROM counted) BEGIN UPDATE payment_days SET items = items - 1, cents = payment_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM payment_facts WHERE id = OLD.id) f
    WHERE (payment_days.business_day, payment_days.till_id, payment_days.account_id, payment_days.import_id) = (f.business_day, f.till_id, f.account_id, f.import_id); END;

CREATE TRIGGER changed_sales_are_put_in AFTER UPDATE OF till_id, tender, amount_cents, kind, status, business_day, import_id, undone_at ON sales
WHEN NEW.id <= (SELECT sale_id FROM counted) BEGIN INSERT INTO sale_days (business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents)
    SELECT business_day, till_id, import_id, kind, tender, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM sale_facts WHERE id = NEW.id GROUP BY business_day, till_id, import_id, kind, tender
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER changed_sales_are_taken_out BEFORE UPDATE OF till_id, tender, amount_cents, kind, status, business_day, import_id, undone_at ON sales
WHEN OLD.id <= (SELECT sale_id FROM counted) BEGIN UPDATE sale_days SET items = items - 1, cents = sale_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM sale_facts WHERE id = OLD.id) f
    WHERE (sale_days.business_day, sale_days.till_id, sale_days.import_id, sale_days.kind, sale_days.tender) = (f.business_day, f.till_id, f.import_id, f.kind, f.tender); END;

CREATE TRIGGER joined_movements_are_put_in AFTER INSERT ON link_items
WHEN NEW.movement_id <= (SELECT movement_id FROM counted) AND NEW.kind IN ('sale', 'day-total', 'reversal-of') BEGIN INSERT INTO payment_days (business_day, till_id, account_id, import_id, items, cents, matched, matched_cents)
    SELECT business_day, till_id, account_id, import_id, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM payment_facts WHERE id = NEW.movement_id GROUP BY business_day, till_id, account_id, import_id
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER joined_movements_are_taken_out BEFORE INSERT ON link_items
WHEN NEW.movement_id <= (SELECT movement_id FROM counted) AND NEW.kind IN ('sale', 'day-total', 'reversal-of') BEGIN UPDATE payment_days SET items = items - 1, cents = payment_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM payment_facts WHERE id = NEW.movement_id) f
    WHERE (payment_days.business_day, payment_days.till_id, payment_days.account_id, payment_days.import_id) = (f.business_day, f.till_id, f.account_id, f.import_id); END;

CREATE TRIGGER joined_sales_are_put_in AFTER INSERT ON link_items
WHEN NEW.sale_id <= (SELECT sale_id FROM counted) AND NEW.kind IN ('sale') BEGIN INSERT INTO sale_days (business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents)
    SELECT business_day, till_id, import_id, kind, tender, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM sale_facts WHERE id = NEW.sale_id GROUP BY business_day, till_id, import_id, kind, tender
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER joined_sales_are_taken_out BEFORE INSERT ON link_items
WHEN NEW.sale_id <= (SELECT sale_id FROM counted) AND NEW.kind IN ('sale') BEGIN UPDATE sale_days SET items = items - 1, cents = sale_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM sale_facts WHERE id = NEW.sale_id) f
    WHERE (sale_days.business_day, sale_days.till_id, sale_days.import_id, sale_days.kind, sale_days.tender) = (f.business_day, f.till_id, f.import_id, f.kind, f.tender); END;

CREATE TRIGGER movements_are_never_renamed BEFORE UPDATE OF movement_id, kind ON link_items
WHEN NEW.movement_id IS NOT OLD.movement_id OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'what a link joins is never changed'); END;

CREATE TRIGGER new_findings_are_counted AFTER INSERT ON findings BEGIN INSERT INTO finding_days
    (business_day, till_id, kind, is_parked, items, acceptable, acceptable_cents)
  SELECT business_day, till_id, kind, is_parked, 1, is_acceptable, is_acceptable * cents
    FROM finding_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1, acceptable = acceptable + excluded.acceptable,
    acceptable_cents = acceptable_cents + excluded.acceptable_cents; END;

CREATE TRIGGER new_links_are_counted AFTER INSERT ON links BEGIN INSERT INTO link_days (business_day, till_id, items)
  SELECT business_day, till_id, 1 FROM link_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1; END;

CREATE TRIGGER new_movements_are_counted AFTER INSERT ON audit_entries
WHEN (SELECT max(id) FROM movements) > (SELECT movement_id FROM counted) BEGIN
  INSERT INTO payment_days (business_day, till_id, account_id, import_id, items, cents, matched, matched_cents)
    SELECT business_day, till_id, account_id, import_id, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM payment_facts WHERE id > (SELECT movement_id FROM counted) GROUP BY business_day, till_id, account_id, import_id
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents;
  UPDATE counted SET movement_id = (SELECT max(id) FROM movements);
END;

CREATE TRIGGER new_sales_are_counted AFTER INSERT ON audit_entries
WHEN (SELECT max(id) FROM sales) > (SELECT sale_id FROM counted) BEGIN
  INSERT INTO sale_days (business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents)
    SELECT business_day, till_id, import_id, kind, tender, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM sale_facts WHERE id > (SELECT sale_id FROM counted) GROUP BY business_day, till_id, import_id, kind, tender
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents;
  UPDATE counted SET sale_id = (SELECT max(id) FROM sales);
END;

CREATE TRIGGER one_open_reversal_a_payment BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM reversals o WHERE o.receipt = NEW.receipt AND o.till_id = NEW.till_id AND o.state IN
  ('requested', 'approved', 'sending', 'accepted', 'unknown', 'by-hand', 'done', 'already'))
BEGIN SELECT RAISE(ABORT, 'the payment has a reversal already'); END;

CREATE TRIGGER one_sent_reversal_a_payment BEFORE UPDATE OF state ON reversals
WHEN NEW.state IN ('sending', 'by-hand') AND EXISTS (SELECT 1 FROM reversals o WHERE o.id <> NEW.id AND
  o.receipt = NEW.receipt AND o.till_id = NEW.till_id AND o.state IN
  ('sending', 'accepted', 'unknown', 'by-hand', 'done', 'already'))
BEGIN SELECT RAISE(ABORT, 'another reversal may have sent the payment back'); END;

CREATE TRIGGER parted_movements_are_put_in AFTER DELETE ON link_items
WHEN OLD.movement_id <= (SELECT movement_id FROM counted) AND OLD.kind IN ('sale', 'day-total', 'reversal-of') BEGIN INSERT INTO payment_days (business_day, till_id, account_id, import_id, items, cents, matched, matched_cents)
    SELECT business_day, till_id, account_id, import_id, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM payment_facts WHERE id = OLD.movement_id GROUP BY business_day, till_id, account_id, import_id
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER parted_movements_are_taken_out BEFORE DELETE ON link_items
WHEN OLD.movement_id <= (SELECT movement_id FROM counted) AND OLD.kind IN ('sale', 'day-total', 'reversal-of') BEGIN UPDATE payment_days SET items = items - 1, cents = payment_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM payment_facts WHERE id = OLD.movement_id) f
    WHERE (payment_days.business_day, payment_days.till_id, payment_days.account_id, payment_days.import_id) = (f.business_day, f.till_id, f.account_id, f.import_id); END;

CREATE TRIGGER parted_sales_are_put_in AFTER DELETE ON link_items
WHEN OLD.sale_id <= (SELECT sale_id FROM counted) AND OLD.kind IN ('sale') BEGIN INSERT INTO sale_days (business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents)
    SELECT business_day, till_id, import_id, kind, tender, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM sale_facts WHERE id = OLD.sale_id GROUP BY business_day, till_id, import_id, kind, tender
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER parted_sales_are_taken_out BEFORE DELETE ON link_items
WHEN OLD.sale_id <= (SELECT sale_id FROM counted) AND OLD.kind IN ('sale') BEGIN UPDATE sale_days SET items = items - 1, cents = sale_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM sale_facts WHERE id = OLD.sale_id) f
    WHERE (sale_days.business_day, sale_days.till_id, sale_days.import_id, sale_days.kind, sale_days.tender) = (f.business_day, f.till_id, f.import_id, f.kind, f.tender); END;

CREATE TRIGGER rejoined_movements_are_put_in AFTER UPDATE OF is_active ON link_items
WHEN NEW.movement_id <= (SELECT movement_id FROM counted) AND NEW.kind IN ('sale', 'day-total', 'reversal-of') BEGIN INSERT INTO payment_days (business_day, till_id, account_id, import_id, items, cents, matched, matched_cents)
    SELECT business_day, till_id, account_id, import_id, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM payment_facts WHERE id = NEW.movement_id GROUP BY business_day, till_id, account_id, import_id
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER rejoined_movements_are_taken_out BEFORE UPDATE OF is_active ON link_items
WHEN OLD.movement_id <= (SELECT movement_id FROM counted) AND OLD.kind IN ('sale', 'day-total', 'reversal-of') BEGIN UPDATE payment_days SET items = items - 1, cents = payment_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM payment_facts WHERE id = OLD.movement_id) f
    WHERE (payment_days.business_day, payment_days.till_id, payment_days.account_id, payment_days.import_id) = (f.business_day, f.till_id, f.account_id, f.import_id); END;

CREATE TRIGGER rejoined_sales_are_put_in AFTER UPDATE OF is_active ON link_items
WHEN NEW.sale_id <= (SELECT sale_id FROM counted) AND NEW.kind IN ('sale') BEGIN INSERT INTO sale_days (business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents)
    SELECT business_day, till_id, import_id, kind, tender, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM sale_facts WHERE id = NEW.sale_id GROUP BY business_day, till_id, import_id, kind, tender
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents; END;

CREATE TRIGGER rejoined_sales_are_taken_out BEFORE UPDATE OF is_active ON link_items
WHEN OLD.sale_id <= (SELECT sale_id FROM counted) AND OLD.kind IN ('sale') BEGIN UPDATE sale_days SET items = items - 1, cents = sale_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM sale_facts WHERE id = OLD.sale_id) f
    WHERE (sale_days.business_day, sale_days.till_id, sale_days.import_id, sale_days.kind, sale_days.tender) = (f.business_day, f.till_id, f.import_id, f.kind, f.tender); END;

CREATE TRIGGER removed_findings_are_taken_out BEFORE DELETE ON findings BEGIN UPDATE finding_days SET items = items - 1, acceptable = acceptable - f.is_acceptable,
    acceptable_cents = acceptable_cents - f.is_acceptable * f.cents
  FROM (SELECT * FROM finding_facts WHERE id = OLD.id) f
  WHERE finding_days.business_day = f.business_day AND finding_days.till_id = f.till_id
    AND finding_days.kind = f.kind AND finding_days.is_parked = f.is_parked; END;

CREATE TRIGGER removed_links_are_taken_out BEFORE DELETE ON links BEGIN UPDATE link_days SET items = items - 1 FROM (SELECT * FROM link_facts WHERE id = OLD.id) f
  WHERE link_days.business_day = f.business_day AND link_days.till_id = f.till_id; END;

CREATE TRIGGER removed_movements_are_taken_out BEFORE DELETE ON movements
WHEN OLD.id <= (SELECT movement_id FROM counted) BEGIN UPDATE payment_days SET items = items - 1, cents = payment_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM payment_facts WHERE id = OLD.id) f
    WHERE (payment_days.business_day, payment_days.till_id, payment_days.account_id, payment_days.import_id) = (f.business_day, f.till_id, f.account_id, f.import_id); END;

CREATE TRIGGER removed_movements_free_their_ids AFTER DELETE ON movements
WHEN OLD.id = (SELECT movement_id FROM counted) BEGIN
  UPDATE counted SET movement_id = (SELECT coalesce(max(id), 0) FROM movements WHERE id < OLD.id);
END;

CREATE TRIGGER removed_sales_are_taken_out BEFORE DELETE ON sales
WHEN OLD.id <= (SELECT sale_id FROM counted) BEGIN UPDATE sale_days SET items = items - 1, cents = sale_days.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM sale_facts WHERE id = OLD.id) f
    WHERE (sale_days.business_day, sale_days.till_id, sale_days.import_id, sale_days.kind, sale_days.tender) = (f.business_day, f.till_id, f.import_id, f.kind, f.tender); END;

CREATE TRIGGER removed_sales_free_their_ids AFTER DELETE ON sales
WHEN OLD.id = (SELECT sale_id FROM counted) BEGIN
  UPDATE counted SET sale_id = (SELECT coalesce(max(id), 0) FROM sales WHERE id < OLD.id);
END;

CREATE TRIGGER reversal_steps_are_never_changed BEFORE UPDATE ON reversal_steps
BEGIN SELECT RAISE(ABORT, 'a step of a reversal is never changed'); END;

CREATE TRIGGER reversal_steps_are_never_deleted BEFORE DELETE ON reversal_steps
BEGIN SELECT RAISE(ABORT, 'a step of a reversal is never deleted'); END;

CREATE TRIGGER sales_are_never_renamed BEFORE UPDATE OF sale_id, kind ON link_items
WHEN NEW.sale_id IS NOT OLD.sale_id OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'what a link joins is never changed'); END;

CREATE TRIGGER seen_payments_are_counted AFTER INSERT ON sightings WHEN NEW.kind IN ('pulled-row', 'status-answer') AND NOT EXISTS (SELECT 1 FROM sightings o
    WHERE o.movement_id = NEW.movement_id AND o.kind IN ('pulled-row', 'status-answer') AND o.kind <> NEW.kind) BEGIN
  UPDATE imports SET seen_payments = seen_payments + 1 WHERE state = 'done' AND id IN (
    SELECT l.import_id FROM statement_lines l JOIN movements m ON m.id = l.movement_id
     WHERE l.movement_id = NEW.movement_id AND m.kind = 'customer-payment' AND m.direction = 'in'
       AND m.status = 'completed');
END;

CREATE TRIGGER unseen_payments_are_taken_out AFTER DELETE ON sightings WHEN OLD.kind IN ('pulled-row', 'status-answer') AND NOT EXISTS (SELECT 1 FROM sightings o
    WHERE o.movement_id = OLD.movement_id AND o.kind IN ('pulled-row', 'status-answer') AND o.kind <> OLD.kind) BEGIN
  UPDATE imports SET seen_payments = seen_payments - 1 WHERE state = 'done' AND id IN (
    SELECT l.import_id FROM statement_lines l JOIN movements m ON m.id = l.movement_id
     WHERE l.movement_id = OLD.movement_id AND m.kind = 'customer-payment' AND m.direction = 'in'
       AND m.status = 'completed');
END;

CREATE VIEW finding_facts AS
  SELECT id, business_day, coalesce(till_id, 0) AS till_id, kind, is_parked, amount_cents AS cents,
    type = 'proposal' AND link_kind IS 'sale' AND band IN ('certain', 'likely') AND ambiguity IS NULL
      AND is_parked = 0 AS is_acceptable
  FROM findings WHERE is_head = 1;

CREATE VIEW link_facts AS
  SELECT id, business_day, coalesce(till_id, 0) AS till_id FROM links
  WHERE ended_at IS NULL AND kind IN ('sale', 'day-total', 'reversal-of');

CREATE VIEW live_movements AS SELECT * FROM movements
  WHERE undone_at IS NULL AND import_id IS NOT (SELECT id FROM imports WHERE state = 'running');

CREATE VIEW live_sales AS SELECT * FROM sales
  WHERE undone_at IS NULL AND coalesce(import_id, 0) IS NOT (SELECT id FROM imports WHERE state = 'running');

CREATE VIEW movement_words AS SELECT id, amount_cents,
  ' ' || lower(receipt || ' ' || coalesce(account_reference, '') || ' ' || coalesce(party_name, '') || ' ' ||
    coalesce(party_code, '')) AS words FROM movements;

CREATE VIEW payment_facts AS
  SELECT m.id, m.business_day, m.till_id, m.account_id, m.import_id, m.amount_cents AS cents,
    EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.is_active = 1
      AND l.kind IN ('sale', 'day-total', 'reversal-of')) AS is_matched
  FROM movements m NOT INDEXED
  WHERE m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed' AND m.undone_at IS NULL;

CREATE VIEW sale_facts AS
  SELECT s.id, s.business_day, coalesce(s.till_id, 0) AS till_id, coalesce(s.import_id, 0) AS import_id,
    s.kind, s.tender, s.amount_cents AS cents,
    EXISTS (SELECT 1 FROM link_items l WHERE l.sale_id = s.id AND l.is_active = 1
      AND l.kind IN ('sale')) AS is_matched
  FROM sales s NOT INDEXED
  WHERE s.kind <> 'day-total' AND s.status = 'closed' AND s.undone_at IS NULL;

CREATE VIEW sale_words AS SELECT id, abs(amount_cents) AS amount_cents,
  ' ' || lower(coalesce(reference, '') || ' ' || coalesce(receipt, '') || ' ' || coalesce(customer, '') || ' ' ||
    coalesce(account_reference, '') || ' ' || coalesce(description, '')) AS words FROM sales;