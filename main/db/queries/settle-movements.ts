import { settledParty, settledTime } from '#shared/domain/statement/settled.ts';
import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { BusinessDay, TimePrecision, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import type { LinePlace } from './insert-movements.ts';
import { moveInTime } from './move-days.ts';
import { learnZone } from './pull-zone.ts';
import { wordingFinder } from './wordings.ts';

/** A line that met a movement which no statement had shown: it waits until its import is done. */
export function keepToSettle(db: WriteDb, movementId: number, line: BookedLine, place: LinePlace): void {
  db.run(
    `INSERT INTO lines_to_settle (import_id, movement_id, incoming) VALUES (?, ?, ?)
     ON CONFLICT (import_id, movement_id) DO NOTHING`,
    place.importId,
    movementId,
    JSON.stringify({ line, place }),
  );
}

export type LineToSettle = {
  readonly importId: number;
  readonly movementId: number;
  readonly incoming: string;
};

/** Lines that wait, of an import that is done. */
export function selectToSettle(db: ReadDb, limit: number): LineToSettle[] {
  return db.all<LineToSettle>(
    `SELECT l.import_id AS importId, l.movement_id AS movementId, l.incoming
       FROM lines_to_settle l JOIN imports i ON i.id = l.import_id WHERE i.state = 'done'
      ORDER BY l.import_id, l.movement_id LIMIT ?`,
    limit,
  );
}

type Reported = {
  readonly home: number;
  readonly undoneAt: number | null;
  readonly day: BusinessDay;
  readonly at: UtcMs;
  readonly precision: TimePrecision;
  readonly phone: string | null;
  readonly code: string | null;
  readonly name: string | null;
};

/**
 * The movement takes what the line of a statement says of it, and hangs on that statement from now on. Returns the days
 * that must be matched again; none where it has left the books or hangs on a statement already.
 */
export function settleMovement(
  db: WriteDb,
  { importId, movementId, incoming }: LineToSettle,
  dayOf: (at: UtcMs) => BusinessDay,
): BusinessDay[] {
  db.run('DELETE FROM lines_to_settle WHERE import_id = ? AND movement_id = ?', importId, movementId);
  const known = db.get<Reported>(
    `SELECT import_id AS home, undone_at AS undoneAt, business_day AS day, completed_at AS at,
            time_precision AS precision, party_phone AS phone, party_code AS code, party_name AS name
       FROM movements WHERE id = ?`,
    movementId,
  );
  if (!known || known.home > 0 || known.undoneAt !== null) return [];
  const { line, place } = JSON.parse(incoming) as { line: BookedLine; place: LinePlace };
  if (line.precision !== 'day') learnZone(db, movementId, line.completedAt);
  const time = settledTime(known, { at: line.completedAt, precision: line.precision });
  const party = settledParty(known, line.party);
  const day = dayOf(time.at);
  db.run(
    `UPDATE movements SET account_id = ?, kind = ?, classifier_version = ?, completed_at = ?, time_precision = ?,
       initiated_at = ?, balance_cents = coalesce(?, balance_cents), account_reference = coalesce(?, account_reference),
       linked_receipt = ?, wording_id = ?, party_phone = ?, party_code = ?, party_name = ?, import_id = ? WHERE id = ?`,
    place.accountId,
    line.kind,
    place.classifierVersion,
    time.at,
    time.precision,
    line.initiatedAt,
    line.balanceCents,
    line.accountReference,
    line.linkedReceipt,
    wordingFinder(db)(line),
    party.phone,
    party.code,
    party.name,
    importId,
    movementId,
  );
  moveInTime(db, movementId, time.at, { day: known.day, newDay: day });
  return [known.day, day];
}
