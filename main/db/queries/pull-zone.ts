import { ASSUMED_ZONE, type PullZone, proveZone } from '#shared/domain/daraja/pull-time.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';
import { moveInTime } from './move-days.ts';
import { readSetting, writeSetting } from './settings.ts';
import { PULL_SOURCE } from './sightings.ts';

/** The zone of the times that Pull prints; null until a receipt that another source also timed has shown it. */
export function readPullZone(db: ReadDb): PullZone | null {
  const zone = readSetting(db, 'pull-zone');
  return zone === 'nairobi' || zone === 'utc' ? zone : null;
}

/**
 * A source whose clock is known says when a movement was made. If Pull shows it too, what Pull printed then shows the
 * zone of all its times; those that were read in another are set right afterwards.
 */
export function learnZone(db: WriteDb, movementId: number, at: UtcMs): void {
  if (readPullZone(db) !== null) return;
  const pulled = db.get<{ printed: string | null }>(
    `SELECT printed_at AS printed FROM sightings WHERE movement_id = ? AND kind = 'pulled-row'`,
    movementId,
  );
  const zone = pulled?.printed ? proveZone(pulled.printed, at) : null;
  if (zone === null) return;
  writeSetting(db, 'pull-zone', zone);
  if (zone !== ASSUMED_ZONE) writeSetting(db, 'pull-times-unfinished', '0');
}

export type PulledTime = {
  readonly id: number;
  readonly at: UtcMs;
  readonly day: BusinessDay;
  readonly printed: string;
};

/** Movements that hang on Pull, with what it printed, after an id. */
export function selectPulledTimes(db: ReadDb, after: number, limit: number): PulledTime[] {
  return db.all<PulledTime>(
    `SELECT m.id, m.completed_at AS at, m.business_day AS day, s.printed_at AS printed
       FROM sightings s CROSS JOIN movements m ON m.id = s.movement_id
      WHERE s.movement_id > ? AND s.kind = 'pulled-row' AND s.printed_at IS NOT NULL AND m.import_id = ${PULL_SOURCE}
      ORDER BY s.movement_id LIMIT ?`,
    after,
    limit,
  );
}

/** The movement was made at another time than was read, perhaps on another day. */
export function retime(db: WriteDb, { id, day }: PulledTime, at: UtcMs, newDay: BusinessDay): void {
  db.run('UPDATE movements SET completed_at = ? WHERE id = ?', at, id);
  moveInTime(db, id, at, { day, newDay });
}
