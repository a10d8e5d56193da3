/**
 * Totals of each day, kept by the ledger itself in the transaction that changes what they count, so that a month or a
 * year is read as quickly as a day (ADR 25). Part of migration 0010; never edited once shipped.
 *
 * Whatever counts is taken out before it changes and put back in as it then is. New rows are put in with the audit
 * entry that ends every act: one look a transaction, for a trigger on each new row would slow an import by a fifth.
 */

/** An item that stands in no table as null: any till, no file. */
const NONE = 0;

type Side = {
  readonly table: 'payment_days' | 'sale_days';
  readonly facts: 'payment_facts' | 'sale_facts';
  readonly items: 'movements' | 'sales';
  /** Up to which id the items are counted: a column of `counted`. */
  readonly upTo: 'movement_id' | 'sale_id';
  /** The columns of the facts that name the row of the table. */
  readonly key: string;
  /** What an item's facts depend on. */
  readonly columns: string;
  /** The kinds of link that make an item matched. */
  readonly links: string;
};

const PAYMENTS: Side = {
  table: 'payment_days',
  facts: 'payment_facts',
  items: 'movements',
  upTo: 'movement_id',
  key: 'business_day, till_id, account_id, import_id',
  columns: 'till_id, direction, amount_cents, account_id, kind, status, business_day, import_id, undone_at',
  links: `'sale', 'day-total', 'reversal-of'`,
};

const SALES: Side = {
  table: 'sale_days',
  facts: 'sale_facts',
  items: 'sales',
  upTo: 'sale_id',
  key: 'business_day, till_id, import_id, kind, tender',
  columns: 'till_id, tender, amount_cents, kind, status, business_day, import_id, undone_at',
  links: `'sale'`,
};

const TABLES = `
-- Up to where the rows are counted: what comes in is counted at the end of its transaction.
CREATE TABLE counted (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  movement_id INTEGER NOT NULL,
  sale_id     INTEGER NOT NULL
) STRICT;
INSERT INTO counted (one, movement_id, sale_id) VALUES (1, 0, 0);

-- By import, because the rows of the one that is running do not count yet.
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

-- Sales and refunds that count. Till 0: of no till we know. Import 0: typed.
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

-- Questions that have a row on the screen. Acceptable: likely answers that are the only one and not parked.
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

-- Links that have a row on the screen.
CREATE TABLE link_days (
  business_day TEXT NOT NULL,
  till_id      INTEGER NOT NULL,
  items        INTEGER NOT NULL CHECK (items >= 0),
  PRIMARY KEY (business_day, till_id)
) STRICT, WITHOUT ROWID;
`;

const FACTS = `
CREATE VIEW payment_facts AS
  SELECT m.id, m.business_day, m.till_id, m.account_id, m.import_id, m.amount_cents AS cents,
    EXISTS (SELECT 1 FROM link_items l WHERE l.movement_id = m.id AND l.is_active = 1
      AND l.kind IN (${PAYMENTS.links})) AS is_matched
  FROM movements m NOT INDEXED
  WHERE m.kind = 'customer-payment' AND m.direction = 'in' AND m.status = 'completed' AND m.undone_at IS NULL;

CREATE VIEW sale_facts AS
  SELECT s.id, s.business_day, coalesce(s.till_id, ${NONE}) AS till_id, coalesce(s.import_id, ${NONE}) AS import_id,
    s.kind, s.tender, s.amount_cents AS cents,
    EXISTS (SELECT 1 FROM link_items l WHERE l.sale_id = s.id AND l.is_active = 1
      AND l.kind IN (${SALES.links})) AS is_matched
  FROM sales s NOT INDEXED
  WHERE s.kind <> 'day-total' AND s.status = 'closed' AND s.undone_at IS NULL;

CREATE VIEW finding_facts AS
  SELECT id, business_day, coalesce(till_id, ${NONE}) AS till_id, kind, is_parked, amount_cents AS cents,
    type = 'proposal' AND link_kind IS 'sale' AND band IN ('certain', 'likely') AND ambiguity IS NULL
      AND is_parked = 0 AS is_acceptable
  FROM findings WHERE is_head = 1;

CREATE VIEW link_facts AS
  SELECT id, business_day, coalesce(till_id, ${NONE}) AS till_id FROM links
  WHERE ended_at IS NULL AND kind IN ('sale', 'day-total', 'reversal-of');
`;

/** Adds the facts of some items to their days. */
function putIn({ table, facts, key }: Side, which: string): string {
  return `INSERT INTO ${table} (${key}, items, cents, matched, matched_cents)
    SELECT ${key}, count(*), sum(cents), sum(is_matched), sum(is_matched * cents)
      FROM ${facts} WHERE ${which} GROUP BY ${key}
    ON CONFLICT DO UPDATE SET items = items + excluded.items, cents = cents + excluded.cents,
      matched = matched + excluded.matched, matched_cents = matched_cents + excluded.matched_cents;`;
}

/** Takes the facts of one item out of its day. */
function takeOut({ table, facts, key }: Side, id: string): string {
  return `UPDATE ${table} SET items = items - 1, cents = ${table}.cents - f.cents,
      matched = matched - f.is_matched, matched_cents = matched_cents - f.is_matched * f.cents
    FROM (SELECT * FROM ${facts} WHERE id = ${id}) f
    WHERE (${names(table, key)}) = (${names('f', key)});`;
}

function names(of: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${of}.${column}`)
    .join(', ');
}

function keepItems(side: Side): string {
  const { items, upTo } = side;
  const limit = `(SELECT ${upTo} FROM counted)`;
  return `
CREATE TRIGGER new_${items}_are_counted AFTER INSERT ON audit_entries
WHEN (SELECT max(id) FROM ${items}) > ${limit} BEGIN
  ${putIn(side, `id > ${limit}`)}
  UPDATE counted SET ${upTo} = (SELECT max(id) FROM ${items});
END;
CREATE TRIGGER changed_${items}_are_taken_out BEFORE UPDATE OF ${side.columns} ON ${items}
WHEN OLD.id <= ${limit} BEGIN ${takeOut(side, 'OLD.id')} END;
CREATE TRIGGER changed_${items}_are_put_in AFTER UPDATE OF ${side.columns} ON ${items}
WHEN NEW.id <= ${limit} BEGIN ${putIn(side, 'id = NEW.id')} END;
CREATE TRIGGER removed_${items}_are_taken_out BEFORE DELETE ON ${items}
WHEN OLD.id <= ${limit} BEGIN ${takeOut(side, 'OLD.id')} END;
-- The ids of the newest rows are given again when those go. Rows that are yet to be counted keep their turn.
CREATE TRIGGER removed_${items}_free_their_ids AFTER DELETE ON ${items}
WHEN OLD.id = ${limit} BEGIN
  UPDATE counted SET ${upTo} = (SELECT coalesce(max(id), 0) FROM ${items} WHERE id < OLD.id);
END;`;
}

/** An item is matched, or no longer, when what joins it changes. */
function keepMatched(side: Side, column: 'movement_id' | 'sale_id'): string {
  const isAbout = (row: string) =>
    `${row}.${column} <= (SELECT ${side.upTo} FROM counted) AND ${row}.kind IN (${side.links})`;
  const name = `${side.items}_are`;
  return `
CREATE TRIGGER joined_${name}_taken_out BEFORE INSERT ON link_items
WHEN ${isAbout('NEW')} BEGIN ${takeOut(side, `NEW.${column}`)} END;
CREATE TRIGGER joined_${name}_put_in AFTER INSERT ON link_items
WHEN ${isAbout('NEW')} BEGIN ${putIn(side, `id = NEW.${column}`)} END;
CREATE TRIGGER rejoined_${name}_taken_out BEFORE UPDATE OF is_active ON link_items
WHEN ${isAbout('OLD')} BEGIN ${takeOut(side, `OLD.${column}`)} END;
CREATE TRIGGER rejoined_${name}_put_in AFTER UPDATE OF is_active ON link_items
WHEN ${isAbout('NEW')} BEGIN ${putIn(side, `id = NEW.${column}`)} END;
CREATE TRIGGER parted_${name}_taken_out BEFORE DELETE ON link_items
WHEN ${isAbout('OLD')} BEGIN ${takeOut(side, `OLD.${column}`)} END;
CREATE TRIGGER parted_${name}_put_in AFTER DELETE ON link_items
WHEN ${isAbout('OLD')} BEGIN ${putIn(side, `id = OLD.${column}`)} END;
CREATE TRIGGER ${name}_never_renamed BEFORE UPDATE OF ${column}, kind ON link_items
WHEN NEW.${column} IS NOT OLD.${column} OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'what a link joins is never changed'); END;`;
}

const FINDING_COLUMNS =
  'business_day, till_id, kind, is_parked, is_head, type, link_kind, band, ambiguity, amount_cents';
const FINDING_IN = `INSERT INTO finding_days
    (business_day, till_id, kind, is_parked, items, acceptable, acceptable_cents)
  SELECT business_day, till_id, kind, is_parked, 1, is_acceptable, is_acceptable * cents
    FROM finding_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1, acceptable = acceptable + excluded.acceptable,
    acceptable_cents = acceptable_cents + excluded.acceptable_cents;`;
const FINDING_OUT = `UPDATE finding_days SET items = items - 1, acceptable = acceptable - f.is_acceptable,
    acceptable_cents = acceptable_cents - f.is_acceptable * f.cents
  FROM (SELECT * FROM finding_facts WHERE id = OLD.id) f
  WHERE finding_days.business_day = f.business_day AND finding_days.till_id = f.till_id
    AND finding_days.kind = f.kind AND finding_days.is_parked = f.is_parked;`;
const LINK_COLUMNS = 'business_day, till_id, kind, ended_at';
const LINK_IN = `INSERT INTO link_days (business_day, till_id, items)
  SELECT business_day, till_id, 1 FROM link_facts WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET items = items + 1;`;
const LINK_OUT = `UPDATE link_days SET items = items - 1 FROM (SELECT * FROM link_facts WHERE id = OLD.id) f
  WHERE link_days.business_day = f.business_day AND link_days.till_id = f.till_id;`;

function keepRows(rows: 'findings' | 'links', columns: string, putIn: string, takeOut: string): string {
  return `
CREATE TRIGGER new_${rows}_are_counted AFTER INSERT ON ${rows} BEGIN ${putIn} END;
CREATE TRIGGER changed_${rows}_are_taken_out BEFORE UPDATE OF ${columns} ON ${rows} BEGIN ${takeOut} END;
CREATE TRIGGER changed_${rows}_are_put_in AFTER UPDATE OF ${columns} ON ${rows} BEGIN ${putIn} END;
CREATE TRIGGER removed_${rows}_are_taken_out BEFORE DELETE ON ${rows} BEGIN ${takeOut} END;`;
}

export const TOTALS = [
  TABLES,
  FACTS,
  keepItems(PAYMENTS),
  keepItems(SALES),
  keepMatched(PAYMENTS, 'movement_id'),
  keepMatched(SALES, 'sale_id'),
  keepRows('findings', FINDING_COLUMNS, FINDING_IN, FINDING_OUT),
  keepRows('links', LINK_COLUMNS, LINK_IN, LINK_OUT),
].join('');
