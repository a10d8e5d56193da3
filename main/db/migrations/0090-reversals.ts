import type { RawDatabase } from '../cipher.ts';

/** Money that is to go back: who asked, who approved, what became of it, and every step on the way (ADR 34). */
export function addReversals(db: RawDatabase): void {
  db.exec(`
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
  -- somebody else's reversal was seen; and what of all that is the proof of a \`done\`.
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
-- While one is open, or has sent the money back, the receipt takes no other: said by the database, not by code alone.
-- No index can say it, for a late result may open again one that had failed while another is asked for.
CREATE TRIGGER one_open_reversal_a_payment BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM reversals o WHERE o.receipt = NEW.receipt AND o.till_id = NEW.till_id AND o.state IN
  ('requested', 'approved', 'sending', 'accepted', 'unknown', 'by-hand', 'done', 'already'))
BEGIN SELECT RAISE(ABORT, 'the payment has a reversal already'); END;
-- And none is sent while another of the same payment may have moved its money.
CREATE TRIGGER one_sent_reversal_a_payment BEFORE UPDATE OF state ON reversals
WHEN NEW.state IN ('sending', 'by-hand') AND EXISTS (SELECT 1 FROM reversals o WHERE o.id <> NEW.id AND
  o.receipt = NEW.receipt AND o.till_id = NEW.till_id AND o.state IN
  ('sending', 'accepted', 'unknown', 'by-hand', 'done', 'already'))
BEGIN SELECT RAISE(ABORT, 'another reversal may have sent the payment back'); END;
CREATE INDEX reversals_by_state ON reversals (state, state_at);
CREATE INDEX reversals_by_receipt ON reversals (receipt, till_id);
CREATE INDEX reversals_by_movement ON reversals (movement_id);
CREATE INDEX reversals_by_requester ON reversals (requested_by, requested_at);
CREATE INDEX reversals_by_own_receipt ON reversals (own_receipt) WHERE own_receipt IS NOT NULL;

-- Its life in steps, newest last: the timeline that people read.
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
CREATE INDEX reversal_steps_by_reversal ON reversal_steps (reversal_id, id);
CREATE TRIGGER reversal_steps_are_never_changed BEFORE UPDATE ON reversal_steps
BEGIN SELECT RAISE(ABORT, 'a step of a reversal is never changed'); END;
CREATE TRIGGER reversal_steps_are_never_deleted BEFORE DELETE ON reversal_steps
BEGIN SELECT RAISE(ABORT, 'a step of a reversal is never deleted'); END;

-- A photo or a PDF, sealed under a key of its own that erasing removes.
CREATE TABLE reversal_attachments (
  reversal_id INTEGER PRIMARY KEY REFERENCES reversals (id),
  kind        TEXT NOT NULL CHECK (kind IN ('image/jpeg', 'image/png', 'application/pdf')),
  size        INTEGER NOT NULL CHECK (size BETWEEN 1 AND 5242880),
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  -- JSON of a sealed value: base64 of the file.
  content     TEXT NOT NULL CHECK (length(content) <= 11000000)
) STRICT;
`);
}
