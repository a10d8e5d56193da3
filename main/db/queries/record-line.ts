import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { WriteDb } from '../ledger.ts';
import { type LinePlace, type WaitingLines, waitingLines } from './insert-movements.ts';
import { keepToSettle } from './settle-movements.ts';

export type Recorded =
  | { readonly became: 'new'; readonly movementId: number }
  /**
   * `isFiner`: the line tells the time better than the ledger, which learns it when the import is done. A movement that
   * no statement had shown learns all the line knows then, and hangs on that import.
   */
  | { readonly became: 'known'; readonly movementId: number; readonly isFiner: boolean }
  /**
   * The ledger knows this receipt otherwise, or a person took it out because a file lacked it: the line waits in review
   * and changes nothing.
   */
  | {
      readonly became: 'changed';
      readonly movementId: number;
      readonly field: 'amount' | 'status' | 'returned';
    };

/** Records the lines of one batch, one after the other; `finish` writes what is kept for the end of it. */
export type LineBook = {
  readonly record: (line: BookedLine, place: LinePlace) => Recorded;
  readonly finish: () => void;
};

type Known = {
  readonly id: number;
  readonly tillId: number;
  readonly direction: string;
  readonly amountCents: number;
  readonly occurrence: number;
  readonly kind: string;
  readonly status: string;
  readonly precision: string;
  /** The import it hangs on; below zero: no file. */
  readonly home: number;
};
type KnownList = [
  receipt: string,
  id: number,
  tillId: number,
  direction: string,
  amountCents: number,
  occurrence: number,
  kind: string,
  status: string,
  precision: string,
  home: number,
];

const FINENESS: Readonly<Record<string, number>> = { day: 0, minute: 1, second: 2 };

/**
 * Opens a batch. A line becomes a movement when the ledger has none of its identity (till, receipt, direction, amount,
 * occurrence), and evidence of it. The same receipt, direction and kind with another amount, or the same identity with
 * another status, goes to review. What the ledger knows of the batch's receipts is asked once, not line by line.
 */
export function openLineBook(db: WriteDb, lines: readonly BookedLine[]): LineBook {
  const knownOf = selectKnown(db, lines);
  const takenOut = selectTakenOut(db, lines);
  const waiting = waitingLines(db);
  return {
    record: (line, place) => recordLine(db, line, place, knownOf, takenOut, waiting),
    finish: waiting.write,
  };
}

type KnownByReceipt = Map<string, Known[]>;

function selectKnown(db: WriteDb, lines: readonly BookedLine[]): KnownByReceipt {
  const known: KnownByReceipt = new Map();
  if (!mayKnowAny(db, lines)) return known;
  const receipts = JSON.stringify([...new Set(lines.map((line) => line.receipt))]);
  const rows = db.lists<KnownList>(
    `SELECT m.receipt, m.id, m.till_id, m.direction, m.amount_cents, m.occurrence, m.kind, m.status, m.time_precision,
            m.import_id
       FROM json_each(?) j CROSS JOIN movements m WHERE m.receipt = j.value AND m.undone_at IS NULL`,
    receipts,
  );
  for (const [receipt, id, tillId, direction, amountCents, occurrence, kind, status, precision, home] of rows)
    learn(known, receipt, { id, tillId, direction, amountCents, occurrence, kind, status, precision, home });
  return known;
}

/** Receipts rise with time, so those of new rows lie where the ledger has none: one look instead of one a receipt. */
function mayKnowAny(db: WriteDb, lines: readonly BookedLine[]): boolean {
  let [least, most] = ['\uffff', ''];
  for (const { receipt } of lines) {
    if (receipt < least) least = receipt;
    if (receipt > most) most = receipt;
  }
  const sql = 'SELECT 1 FROM movements WHERE receipt BETWEEN ? AND ? AND undone_at IS NULL LIMIT 1';
  return db.get(sql, least, most) !== undefined;
}

/** Movements that a person took out of the books because a file lacked them, by their identity. */
function selectTakenOut(db: WriteDb, lines: readonly BookedLine[]): ReadonlyMap<string, number> {
  const rows = db.all<Identity & { id: number }>(
    `SELECT m.id, m.receipt, m.direction, m.amount_cents AS amountCents, m.till_id AS tillId, m.occurrence
       FROM reviews r JOIN movements m ON m.id = r.movement_id
      WHERE r.state = 'applied' AND r.kind = 'vanished-line' AND m.undone_at = r.decided_at
        AND m.receipt IN (SELECT value FROM json_each(?))`,
    JSON.stringify(lines.map((line) => line.receipt)),
  );
  return new Map(rows.map((row) => [identityOf(row), row.id]));
}

type Identity = Pick<Known, 'tillId' | 'direction' | 'amountCents' | 'occurrence'> & {
  readonly receipt: string;
};

function identityOf({ receipt, direction, amountCents, tillId, occurrence }: Identity): string {
  return `${receipt} ${direction} ${amountCents} ${tillId} ${occurrence}`;
}

function learn(known: KnownByReceipt, receipt: string, row: Known): void {
  const rows = known.get(receipt);
  if (rows) rows.push(row);
  else known.set(receipt, [row]);
}

function recordLine(
  db: WriteDb,
  line: BookedLine,
  place: LinePlace,
  knownOf: KnownByReceipt,
  takenOut: ReadonlyMap<string, number>,
  waiting: WaitingLines,
): Recorded {
  let other: Known | undefined;
  for (const row of knownOf.get(line.receipt) ?? []) {
    if (row.direction !== line.direction || row.tillId !== place.tillId) continue;
    if (row.amountCents === line.amountCents && row.occurrence === line.occurrence)
      return meetKnown(db, line, place, row, waiting);
    if (row.kind === line.kind && row.amountCents !== line.amountCents) other ??= row;
  }
  if (other) return review(db, line, place, other.id, 'amount', waiting);
  const before = takenOut.size > 0 ? takenOut.get(identityOf({ ...line, tillId: place.tillId })) : undefined;
  if (before !== undefined) return review(db, line, place, before, 'returned', waiting);
  const movementId = waiting.addMovement(line, place);
  waiting.addEvidence(place.importId, line.row, movementId);
  const { direction, amountCents, occurrence, kind, status, precision } = line;
  const row = {
    id: movementId,
    tillId: place.tillId,
    direction,
    amountCents,
    occurrence,
    kind,
    status,
    precision,
    home: place.importId,
  };
  learn(knownOf, line.receipt, row);
  return { became: 'new', movementId };
}

function meetKnown(
  db: WriteDb,
  line: BookedLine,
  place: LinePlace,
  known: Known,
  waiting: WaitingLines,
): Recorded {
  if (known.status !== line.status) return review(db, line, place, known.id, 'status', waiting);
  waiting.addEvidence(place.importId, line.row, known.id);
  if (known.home < 0) {
    keepToSettle(db, known.id, line, place);
    return { became: 'known', movementId: known.id, isFiner: false };
  }
  return { became: 'known', movementId: known.id, isFiner: isFiner(line.precision, known.precision) };
}

function isFiner(incoming: string, known: string): boolean {
  return (FINENESS[incoming] ?? 0) > (FINENESS[known] ?? 0);
}

function review(
  db: WriteDb,
  line: BookedLine,
  place: LinePlace,
  movementId: number,
  field: 'amount' | 'status' | 'returned',
  waiting: WaitingLines,
): Recorded {
  // The movement may be of this very batch.
  waiting.write();
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
