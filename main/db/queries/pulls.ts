import { type Message, say } from '#shared/domain/message.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type PullOutcome = 'rows' | 'none' | 'unknown';

/** One stretch of time that Pull was asked about. */
export type PullRow = {
  readonly shortCode: string;
  readonly from: UtcMs;
  readonly to: UtcMs;
  readonly askedAt: UtcMs;
  readonly outcome: PullOutcome;
  readonly why: Message | null;
  readonly rows: number;
  readonly newRows: number;
};

export function insertPull(db: WriteDb, pull: PullRow): number {
  return db.run(
    `INSERT INTO pulls (short_code, from_at, to_at, asked_at, outcome, why, rows, new_rows)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    pull.shortCode,
    pull.from,
    pull.to,
    pull.askedAt,
    pull.outcome,
    pull.why === null ? null : JSON.stringify(pull.why).slice(0, 2000),
    pull.rows,
    pull.newRows,
  ).lastId;
}

type StoredPull = Omit<PullRow, 'why'> & { readonly why: string | null };

/** The newest question about a short code; null when none was put. */
export function selectLastPull(db: ReadDb, shortCode: string): PullRow | null {
  const found = db.get<StoredPull>(
    `SELECT short_code AS shortCode, from_at AS "from", to_at AS "to", asked_at AS askedAt, outcome, why, rows,
            new_rows AS newRows FROM pulls WHERE short_code = ? ORDER BY id DESC LIMIT 1`,
    shortCode,
  );
  return found ? { ...found, why: found.why === null ? null : readWhy(found.why) } : null;
}

/** What did not fit is not JSON any more: that it was not whole is all that is left to say. */
function readWhy(stored: string): Message {
  try {
    return JSON.parse(stored) as Message;
  } catch {
    return say('pull.not-whole');
  }
}

/** Stretches that Safaricom answered for, whole, with any part between two instants. */
export function selectAnswered(db: ReadDb, shortCode: string, from: UtcMs, to: UtcMs): Interval[] {
  return db.all<Interval>(
    `SELECT from_at AS "from", to_at AS "to" FROM pulls
      WHERE short_code = ? AND to_at >= ? AND from_at <= ? AND outcome IN ('rows', 'none') ORDER BY from_at`,
    shortCode,
    from,
    to,
  );
}

/** A short code that is registered for Pull, since when, and the till it is a number of. */
export type PulledCode = { readonly shortCode: string; readonly since: UtcMs; readonly tillId: number };

/** Those that may be asked about: `elsewhere` is registered, too. Where nobody knows, an empty answer would say nothing. */
export function selectPulledCodes(db: ReadDb): PulledCode[] {
  return db.all<PulledCode>(
    `SELECT r.short_code AS shortCode, r.at AS since, n.till_id AS tillId
       FROM registrations r JOIN till_numbers n ON n.number = r.short_code
      WHERE r.kind = 'pull' AND r.state IN ('registered', 'elsewhere') ORDER BY r.short_code`,
  );
}
