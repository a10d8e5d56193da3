import type { BookedPayment } from '#shared/domain/daraja/booked-payment.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { insertMovement, type LinePlace } from './insert-movements.ts';
import { noteSighting, type Sighting } from './sightings.ts';

/** What news of a payment, from anywhere but a statement, came to in the books. */
export type BookedNews =
  | { readonly became: 'new'; readonly movementId: number }
  /** `home`: the import, or the source that is no file, on which it hangs. */
  | { readonly became: 'known'; readonly movementId: number; readonly home: number }
  /** The books know this receipt otherwise, or a person took it out: a question waits, and nothing is changed. */
  | {
      readonly became: 'contradicts';
      readonly movementId: number;
      readonly field: 'amount' | 'status' | 'returned';
      /** Null when the same was asked before. */
      readonly reviewId: number | null;
    };

/**
 * Books a payment that hangs on one of the sources that are no file (`place.importId`), or says of a known one that it
 * was seen there. Called inside the act that has the news, and never while a file is brought in or undone.
 */
export function bookNews(
  db: WriteDb,
  payment: BookedPayment,
  place: LinePlace,
  sighting: Sighting,
): BookedNews {
  const known = selectKnown(db, payment.receipt, place.tillId);
  const same = known.find((row) => row.amountCents === payment.amountCents && row.occurrence === 1);
  if (same !== undefined && same.status !== payment.status)
    return ask(db, payment, place, sighting, same.id, 'status');
  if (same !== undefined) {
    noteSighting(db, same.id, sighting);
    return { became: 'known', movementId: same.id, home: same.home };
  }
  const other = known.find((row) => row.kind === payment.kind);
  if (other !== undefined) return ask(db, payment, place, sighting, other.id, 'amount');
  const takenOut = selectTakenOut(db, payment, place.tillId);
  if (takenOut !== null) return ask(db, payment, place, sighting, takenOut, 'returned');
  const movementId = insertMovement(db, payment, place);
  noteSighting(db, movementId, sighting);
  return { became: 'new', movementId };
}

type Known = {
  readonly id: number;
  readonly amountCents: number;
  readonly occurrence: number;
  readonly kind: string;
  readonly status: string;
  readonly home: number;
};

function selectKnown(db: ReadDb, receipt: string, tillId: number): Known[] {
  return db.all<Known>(
    `SELECT id, amount_cents AS amountCents, occurrence, kind, status, import_id AS home
       FROM movements
      WHERE receipt = ? AND direction = 'in' AND till_id = ? AND undone_at IS NULL ORDER BY id`,
    receipt,
    tillId,
  );
}

/** A movement of this identity that a person took out of the books because a file lacked it. */
function selectTakenOut(db: ReadDb, payment: BookedPayment, tillId: number): number | null {
  const found = db.get<{ id: number }>(
    `SELECT m.id FROM movements m JOIN reviews r ON r.movement_id = m.id
      WHERE m.receipt = ? AND m.direction = 'in' AND m.amount_cents = ? AND m.till_id = ? AND m.occurrence = 1
        AND r.state = 'applied' AND r.kind = 'vanished-line' AND m.undone_at = r.decided_at LIMIT 1`,
    payment.receipt,
    payment.amountCents,
    tillId,
  );
  return found?.id ?? null;
}

/** Asks a person which is right; the same question once. */
function ask(
  db: WriteDb,
  payment: BookedPayment,
  place: LinePlace,
  sighting: Sighting,
  movementId: number,
  field: 'amount' | 'status' | 'returned',
): BookedNews {
  const before = db.get(
    `SELECT 1 FROM reviews WHERE import_id = ? AND kind = 'changed-line' AND movement_id = ? AND state <> 'applied'
        AND json_extract(incoming, '$.line.amountCents') = ?`,
    place.importId,
    movementId,
    payment.amountCents,
  );
  if (before) return { became: 'contradicts', movementId, field, reviewId: null };
  const { lastId } = db.run(
    `INSERT INTO reviews (kind, import_id, movement_id, incoming, at) VALUES ('changed-line', ?, ?, ?, ?)`,
    place.importId,
    movementId,
    JSON.stringify({ line: payment, place, sighting }),
    place.at,
  );
  return { became: 'contradicts', movementId, field, reviewId: lastId };
}
