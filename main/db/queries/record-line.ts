import type { ClassifiedLine } from '#shared/domain/statement/types.ts';
import type { WriteDb } from '../ledger.ts';

/** Where a statement line belongs in our books. */
export type LinePlace = {
  readonly importId: number;
  readonly tillId: number;
  readonly accountId: number;
  readonly businessDay: string;
  readonly classifierVersion: number;
  readonly at: number;
};

export type Recorded =
  | { readonly became: 'new' | 'known'; readonly movementId: number }
  /** The ledger knows this receipt otherwise: the line waits in review and changes nothing. */
  | { readonly became: 'changed'; readonly movementId: number; readonly field: 'amount' | 'status' };

type Known = {
  id: number;
  amount_cents: number;
  occurrence: number;
  kind: string;
  status: string;
  time_precision: string;
  import_id: number;
};

const FINENESS: Readonly<Record<string, number>> = { day: 0, minute: 1, second: 2 };

/**
 * Records one line: a movement when the ledger has none of its identity (till, receipt, direction, amount,
 * occurrence), and the line as its evidence. The same receipt, direction and kind with another amount, or the same
 * identity with another status, goes to review.
 */
export function recordLine(db: WriteDb, line: ClassifiedLine, place: LinePlace): Recorded {
  const known = db.all<Known>(
    `SELECT id, amount_cents, occurrence, kind, status, time_precision, import_id FROM movements
      WHERE receipt = ? AND direction = ? AND till_id = ? AND undone_at IS NULL`,
    line.receipt,
    line.direction,
    place.tillId,
  );
  const same = known.find(
    (row) => row.amount_cents === line.amountCents && row.occurrence === line.occurrence,
  );
  if (same) {
    if (same.status !== line.status) return review(db, line, place, same.id, 'status');
    if (isFiner(line.precision, same.time_precision)) sharpenTime(db, same.id, line);
    attachLine(db, place.importId, line.row, same.id);
    return { became: 'known', movementId: same.id };
  }
  const other = known.find((row) => row.kind === line.kind && row.amount_cents !== line.amountCents);
  if (other) return review(db, line, place, other.id, 'amount');
  const movementId = insertMovement(db, line, place);
  attachLine(db, place.importId, line.row, movementId);
  return { became: 'new', movementId };
}

function isFiner(incoming: string, known: string): boolean {
  return (FINENESS[incoming] ?? 0) > (FINENESS[known] ?? 0);
}

/** A file that kept its seconds mends the time of one that a spreadsheet had cut to minutes. */
function sharpenTime(db: WriteDb, movementId: number, line: ClassifiedLine): void {
  db.run(
    'UPDATE movements SET completed_at = ?, time_precision = ? WHERE id = ?',
    line.completedAt,
    line.precision,
    movementId,
  );
}

function attachLine(db: WriteDb, importId: number, row: number, movementId: number): void {
  db.run(
    'INSERT INTO statement_lines (import_id, row, movement_id) VALUES (?, ?, ?)',
    importId,
    row,
    movementId,
  );
}

export function insertMovement(db: WriteDb, line: ClassifiedLine, place: LinePlace): number {
  return db.run(
    `INSERT INTO movements (till_id, receipt, direction, amount_cents, occurrence, account_id, kind,
       classifier_version, status, completed_at, time_precision, initiated_at, business_day, balance_cents,
       account_reference, linked_receipt, reason_type, details_template, party_phone, party_code, party_name, import_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.tillId,
    line.receipt,
    line.direction,
    line.amountCents,
    line.occurrence,
    place.accountId,
    line.kind,
    place.classifierVersion,
    line.status,
    line.completedAt,
    line.precision,
    line.initiatedAt,
    place.businessDay,
    line.balanceCents,
    line.accountReference,
    line.linkedReceipt,
    line.reasonType,
    line.detailsTemplate,
    line.party.phone,
    line.party.code,
    line.party.name,
    place.importId,
  ).lastId;
}

function review(
  db: WriteDb,
  line: ClassifiedLine,
  place: LinePlace,
  movementId: number,
  field: 'amount' | 'status',
): Recorded {
  db.run(
    `INSERT INTO reviews (kind, import_id, row, movement_id, incoming, at) VALUES ('changed-line', ?, ?, ?, ?, ?)`,
    place.importId,
    line.row,
    movementId,
    JSON.stringify({ line, place }),
    place.at,
  );
  return { became: 'changed', movementId, field };
}
