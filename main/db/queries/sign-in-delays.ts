import { NO_TRIES, type Tries } from '#shared/domain/access/delays.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** The wrong tries of one scope; none when it has no row. */
export function selectTries(db: ReadDb, scope: string): Tries {
  return (
    db.get<Tries>('SELECT failures, last_at AS lastAt FROM sign_in_delays WHERE scope = ?', scope) ?? NO_TRIES
  );
}

export function saveTries(db: WriteDb, scope: string, tries: Tries): void {
  db.run(
    `INSERT INTO sign_in_delays (scope, failures, last_at) VALUES (?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`,
    scope,
    tries.failures,
    tries.lastAt,
  );
}

export function clearTries(db: WriteDb, scope: string): void {
  db.run('DELETE FROM sign_in_delays WHERE scope = ?', scope);
}

/** Drops what no longer counts, so that made-up names leave nothing behind for ever. */
export function dropOldTries(db: WriteDb, before: UtcMs): void {
  db.run('DELETE FROM sign_in_delays WHERE last_at < ?', before);
}
