import type { RawDatabase } from '../cipher.ts';

/** What Safaricom is asked and answers: set-up, calls, callbacks, and what they say of payments (ADR 31, 32). */
export function addSafaricom(db: RawDatabase): void {
  db.exec(SET_UP);
  db.exec(CALLS);
  db.exec(EVIDENCE);
  db.exec(LOOK_UPS);
  db.exec(WITNESS);
}

const SET_UP = `
-- Which secrets are in the keychain, never the secrets. One row for each short code and kind.
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

CREATE TABLE certificates (
  -- SHA-256 over the DER, hex.
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  pem         TEXT NOT NULL CHECK (length(pem) <= 20000),
  loaded_at   INTEGER NOT NULL,
  loaded_by   INTEGER NOT NULL REFERENCES staff (id),
  -- At most one is used; none: the one that came with the program.
  is_used     INTEGER NOT NULL CHECK (is_used IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_certificate_is_used ON certificates (is_used) WHERE is_used = 1;

-- The reversal operator's password is sealed to whoever may approve; each private half opens with their own password.
CREATE TABLE approver_keys (
  staff_id   INTEGER PRIMARY KEY REFERENCES staff (id),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  salt       BLOB NOT NULL CHECK (length(salt) = 16),
  wrapped    BLOB NOT NULL CHECK (length(wrapped) <= 200),
  made_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE sealed_operators (
  short_code TEXT NOT NULL CHECK (length(short_code) BETWEEN 4 AND 9),
  staff_id   INTEGER NOT NULL REFERENCES approver_keys (staff_id) ON DELETE CASCADE,
  box        BLOB NOT NULL CHECK (length(box) <= 1000),
  sealed_at  INTEGER NOT NULL,
  PRIMARY KEY (short_code, staff_id)
) STRICT, WITHOUT ROWID;

-- The inbox that this PC is paired with; its keys and secret path are in the keychain.
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

-- What Safaricom was told once for a short code.
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

-- Which number and identifier type answers questions about a till: learnt by the doctor.
CREATE TABLE identities (
  short_code      TEXT PRIMARY KEY CHECK (length(short_code) BETWEEN 4 AND 9),
  party           TEXT NOT NULL CHECK (length(party) BETWEEN 4 AND 9),
  identifier_type TEXT NOT NULL CHECK (identifier_type IN ('1', '2', '4')),
  learnt_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

const CALLS = `
-- Every request to Safaricom: written before it is sent, so that nothing is ever asked that nobody remembers.
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
CREATE INDEX api_calls_by_subject ON api_calls (subject, id);
CREATE INDEX api_calls_open ON api_calls (state, asked_at) WHERE state IN ('intended', 'accepted', 'lost', 'timed-out', 'silent');
CREATE INDEX api_calls_by_product ON api_calls (product, short_code, id);
CREATE INDEX api_calls_by_conversation ON api_calls (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX api_calls_by_originator ON api_calls (originator_conversation_id) WHERE originator_conversation_id IS NOT NULL;

-- Everything the relay handed over, with what became of it.
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
CREATE INDEX callbacks_by_body ON callbacks (body_hmac);
CREATE INDEX callbacks_by_call ON callbacks (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX callbacks_by_receipt ON callbacks (receipt) WHERE receipt IS NOT NULL;
CREATE INDEX callbacks_by_outcome ON callbacks (outcome, id);
CREATE INDEX callbacks_by_movement ON callbacks (movement_id) WHERE movement_id IS NOT NULL;
CREATE INDEX callbacks_by_kind ON callbacks (kind, id);

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
CREATE INDEX alerts_unseen ON alerts (at) WHERE seen_at IS NULL;

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
CREATE INDEX balances_by_code ON balances (short_code, id);

-- Stretches of time that were asked of Pull, for the coverage calendar and its gaps.
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
CREATE INDEX pulls_by_code ON pulls (short_code, to_at);
`;

const EVIDENCE = `
-- Two sources that are no file. A movement that only they show hangs on them, the better one first (ADR 32).
INSERT INTO imports (id, kind, file_name, sha256, layout, state, started_at, finished_at, staff_id) VALUES
  (-1, 'statement', 'Pull', '${'0'.repeat(64)}', 'pull', 'done', 0, 0, 0),
  (-2, 'statement', 'C2B', '${'0'.repeat(64)}', 'confirmation', 'done', 0, 0, 0);

-- Where else than in a statement a movement was seen.
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
CREATE INDEX sightings_by_kind ON sightings (kind, last_at);

-- Lines of a statement that met a movement of those two sources: they give it what they know once their import is done.
CREATE TABLE lines_to_settle (
  import_id   INTEGER NOT NULL REFERENCES imports (id),
  movement_id INTEGER NOT NULL REFERENCES movements (id),
  -- JSON: the line and its place.
  incoming    TEXT NOT NULL CHECK (length(incoming) <= 8000),
  PRIMARY KEY (import_id, movement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_to_settle_by_movement ON lines_to_settle (movement_id);
`;

/** What counts as seen: Safaricom answered us that the payment was made. A notice is carried by others. */
const SEEN = `('pulled-row', 'status-answer')`;

/** Of the files that are done and show the movement of a sighting, as a customer's payment. */
const FILES_OF = (row: 'NEW' | 'OLD') => `state = 'done' AND id IN (
    SELECT l.import_id FROM statement_lines l JOIN movements m ON m.id = l.movement_id
     WHERE l.movement_id = ${row}.movement_id AND m.kind = 'customer-payment' AND m.direction = 'in'
       AND m.status = 'completed')`;
const IS_FIRST = (row: 'NEW' | 'OLD') => `${row}.kind IN ${SEEN} AND NOT EXISTS (SELECT 1 FROM sightings o
    WHERE o.movement_id = ${row}.movement_id AND o.kind IN ${SEEN} AND o.kind <> ${row}.kind)`;

const WITNESS = `
-- Customers' payments that a file shows, and those of them that Safaricom itself has shown or answered for: what is
-- seen after the file came in is counted by the ledger itself.
ALTER TABLE imports ADD COLUMN payments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN seen_payments INTEGER NOT NULL DEFAULT 0;
UPDATE imports SET payments = (SELECT count(*) FROM statement_lines l JOIN movements m ON m.id = l.movement_id
    WHERE l.import_id = imports.id AND m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed')
  WHERE kind = 'statement' AND id > 0;
CREATE TRIGGER seen_payments_are_counted AFTER INSERT ON sightings WHEN ${IS_FIRST('NEW')} BEGIN
  UPDATE imports SET seen_payments = seen_payments + 1 WHERE ${FILES_OF('NEW')};
END;
CREATE TRIGGER unseen_payments_are_taken_out AFTER DELETE ON sightings WHEN ${IS_FIRST('OLD')} BEGIN
  UPDATE imports SET seen_payments = seen_payments - 1 WHERE ${FILES_OF('OLD')};
END;
`;

const LOOK_UPS = `
-- What Safaricom said of a receipt, whether or not it is in our books.
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
CREATE INDEX status_answers_by_receipt ON status_answers (receipt, id);

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
CREATE INDEX look_ups_by_receipt ON look_ups (receipt, id);
CREATE INDEX look_ups_waiting ON look_ups (state, at) WHERE state IN ('waiting', 'silent');

-- A payment shown at the counter and held for a sale. One at a time.
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
CREATE UNIQUE INDEX one_claim_a_receipt ON claims (receipt) WHERE ended_at IS NULL;
CREATE INDEX claims_by_receipt ON claims (receipt, id);
CREATE INDEX claims_by_movement ON claims (movement_id) WHERE movement_id IS NOT NULL;
CREATE INDEX claims_by_sale ON claims (sale_id) WHERE sale_id IS NOT NULL;
`;
