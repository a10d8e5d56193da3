import type { ReadDb } from '../ledger.ts';

export type PulledQuestion = {
  readonly kind: 'changed-line' | 'vanished-line';
  readonly movementId: number;
  readonly receipt: string;
};

/** Open questions of a file about payments that Pull has shown: it lacks them, or states them otherwise. */
export function selectPulledQuestions(db: ReadDb, importId: number): PulledQuestion[] {
  return db.all<PulledQuestion>(
    `SELECT r.kind, m.id AS movementId, m.receipt FROM reviews r
       JOIN sightings s ON s.movement_id = r.movement_id AND s.kind = 'pulled-row'
       JOIN movements m ON m.id = r.movement_id
      WHERE r.import_id = ? AND r.state = 'open' AND r.kind IN ('changed-line', 'vanished-line') ORDER BY r.id`,
    importId,
  );
}
