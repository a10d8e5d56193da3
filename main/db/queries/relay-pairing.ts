import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** Why the relay is asked nothing more until the owner acts. */
export type RelayStop = 'revoked' | 'other-keys' | 'not-found';

export type RelayPairing = {
  readonly origin: string;
  readonly inbox: string;
  readonly relayKey: string;
  readonly pairedAt: UtcMs;
  readonly pairedBy: string;
  readonly takenTo: number;
  readonly reachedAt: UtcMs | null;
  readonly stopped: RelayStop | null;
  /** JSON of the relay's account of itself, as it was last noted. */
  readonly status: string | null;
};

/** The inbox that this PC is paired with; null when there is none. */
export function readRelayPairing(db: ReadDb): RelayPairing | null {
  const row = db.get<RelayPairing>(
    `SELECT r.origin, r.inbox, r.relay_key AS relayKey, r.paired_at AS pairedAt, s.name AS pairedBy,
            r.taken_to AS takenTo, r.reached_at AS reachedAt, r.stopped, r.status
       FROM relay_pairing r JOIN staff s ON s.id = r.paired_by`,
  );
  return row ?? null;
}

export type NewPairing = Pick<RelayPairing, 'origin' | 'inbox' | 'relayKey' | 'pairedAt' | 'takenTo'> & {
  readonly staffId: number;
};

/** Puts this pairing in the place of whatever was there. */
export function writeRelayPairing(db: WriteDb, pairing: NewPairing): void {
  db.run('DELETE FROM relay_pairing');
  db.run(
    `INSERT INTO relay_pairing (one, origin, inbox, relay_key, paired_at, paired_by, taken_to, reached_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
    pairing.origin,
    pairing.inbox,
    pairing.relayKey,
    pairing.pairedAt,
    pairing.staffId,
    pairing.takenTo,
    pairing.pairedAt,
  );
}

export function deleteRelayPairing(db: WriteDb): void {
  db.run('DELETE FROM relay_pairing');
}

/** Everything up to this number is in the books, or known never to come. */
export function advanceTaken(db: WriteDb, inbox: string, sequence: number): void {
  db.run('UPDATE relay_pairing SET taken_to = max(taken_to, ?) WHERE inbox = ?', sequence, inbox);
}

/** A relay that was put back to an earlier state counts on from there. */
export function putTakenBack(db: WriteDb, inbox: string, sequence: number): void {
  db.run('UPDATE relay_pairing SET taken_to = min(taken_to, ?) WHERE inbox = ?', sequence, inbox);
}

export function stopRelay(db: WriteDb, inbox: string, stopped: RelayStop | null): void {
  db.run('UPDATE relay_pairing SET stopped = ? WHERE inbox = ?', stopped, inbox);
}

export function noteRelayStatus(
  db: WriteDb,
  inbox: string,
  note: { readonly status: string; readonly reachedAt: UtcMs },
): void {
  db.run(
    'UPDATE relay_pairing SET status = ?, reached_at = ? WHERE inbox = ?',
    note.status,
    note.reachedAt,
    inbox,
  );
}
