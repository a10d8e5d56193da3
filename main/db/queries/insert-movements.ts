import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { WriteDb } from '../ledger.ts';
import { wordingFinder } from './wordings.ts';

/** Where a statement line belongs in our books. */
export type LinePlace = {
  readonly importId: number;
  readonly tillId: number;
  readonly accountId: number;
  readonly businessDay: string;
  readonly classifierVersion: number;
  readonly at: number;
};

/** Movements and evidence that wait to be written together: many rows a statement cost half of a statement a row. */
export type WaitingLines = {
  /** Takes a line that becomes a movement and returns the id that it will have. */
  readonly addMovement: (line: BookedLine, place: LinePlace) => number;
  readonly addEvidence: (importId: number, row: number, movementId: number) => void;
  /** Writes what waits: before anything that refers to it, and at the end of the transaction. */
  readonly write: () => void;
};

type Value = string | number | null;

const MOVEMENT_COLUMNS = [
  'id',
  'till_id',
  'receipt',
  'direction',
  'amount_cents',
  'occurrence',
  'account_id',
  'kind',
  'classifier_version',
  'status',
  'completed_at',
  'time_precision',
  'initiated_at',
  'business_day',
  'balance_cents',
  'account_reference',
  'linked_receipt',
  'wording_id',
  'party_phone',
  'party_code',
  'party_name',
  'import_id',
];
const MOVEMENTS = manyRows('movements', MOVEMENT_COLUMNS, 20);
const EVIDENCE = manyRows('statement_lines', ['import_id', 'row', 'movement_id'], 100);

/** The lines of one transaction. Nobody else may add movements before they are written. */
export function waitingLines(db: WriteDb): WaitingLines {
  const movements: Value[] = [];
  const evidence: Value[] = [];
  const wordingOf = wordingFinder(db);
  let nextId: number | null = null;
  return {
    addMovement: (line, place) => {
      nextId ??= newestMovement(db) + 1;
      pushMovement(movements, nextId, line, place, wordingOf(line));
      return nextId++;
    },
    addEvidence: (importId, row, movementId) => evidence.push(importId, row, movementId),
    write: () => {
      insertRows(db, MOVEMENTS, movements);
      insertRows(db, EVIDENCE, evidence);
    },
  };
}

/** Writes one movement by itself and returns its id. */
export function insertMovement(db: WriteDb, line: BookedLine, place: LinePlace): number {
  const waiting = waitingLines(db);
  const id = waiting.addMovement(line, place);
  waiting.write();
  return id;
}

function newestMovement(db: WriteDb): number {
  return db.get<{ id: number | null }>('SELECT max(id) AS id FROM movements')?.id ?? 0;
}

function pushMovement(
  values: Value[],
  id: number,
  line: BookedLine,
  place: LinePlace,
  wordingId: number,
): void {
  values.push(
    id,
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
    wordingId,
    line.party.phone,
    line.party.code,
    line.party.name,
    place.importId,
  );
}

/** A statement for `rows` rows at once, and one for what is left over. */
type ManyRows = {
  readonly columns: number;
  readonly rows: number;
  readonly many: string;
  readonly one: string;
};

/** Table and columns are written out in this file; nothing in them comes from outside. */
function manyRows(table: string, columns: readonly string[], rows: number): ManyRows {
  const row = `(${Array(columns.length).fill('?').join(', ')})`;
  const sql = (count: number) =>
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(count).fill(row).join(', ')}`;
  return { columns: columns.length, rows, many: sql(rows), one: sql(1) };
}

/** Writes all rows of `values`, which stand one after the other, and empties it. */
function insertRows(db: WriteDb, { columns, rows, many, one }: ManyRows, values: Value[]): void {
  const atOnce = columns * rows;
  let at = 0;
  for (; at + atOnce <= values.length; at += atOnce) db.run(many, ...values.slice(at, at + atOnce));
  for (; at < values.length; at += columns) db.run(one, ...values.slice(at, at + columns));
  values.length = 0;
}
