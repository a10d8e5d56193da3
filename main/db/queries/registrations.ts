import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type RegistrationKind = 'pull' | 'c2b';
/** `elsewhere`: Safaricom says that somebody registered it, and it was not us. `unknown`: nobody heard the answer. */
export type RegistrationState = 'registered' | 'elsewhere' | 'unknown';

export type RegistrationRow = {
  readonly shortCode: string;
  readonly kind: RegistrationKind;
  readonly state: RegistrationState;
  /** The relay that notices go to, or the last digits of the nominated number. */
  readonly details: string;
  readonly at: UtcMs;
  readonly by: string;
};

export function selectRegistrations(db: ReadDb): RegistrationRow[] {
  return db.all<RegistrationRow>(
    `SELECT r.short_code AS shortCode, r.kind, r.state, r.details, r.at, s.name AS by
       FROM registrations r JOIN staff s ON s.id = r.staff_id ORDER BY r.short_code, r.kind`,
  );
}

export function selectRegistration(
  db: ReadDb,
  shortCode: string,
  kind: RegistrationKind,
): RegistrationRow | null {
  return selectRegistrations(db).find((row) => row.shortCode === shortCode && row.kind === kind) ?? null;
}

export function saveRegistration(
  db: WriteDb,
  registration: Omit<RegistrationRow, 'by'> & { readonly staffId: number },
): void {
  const { shortCode, kind, state, details, at, staffId } = registration;
  db.run(
    `INSERT INTO registrations (short_code, kind, state, details, at, staff_id) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (short_code, kind) DO UPDATE SET state = excluded.state, details = excluded.details,
       at = excluded.at, staff_id = excluded.staff_id`,
    shortCode,
    kind,
    state,
    details,
    at,
    staffId,
  );
}

/** Where callbacks come to; null before a relay is paired. */
export function selectRelayOrigin(db: ReadDb): string | null {
  return db.get<{ origin: string }>('SELECT origin FROM relay_pairing WHERE one = 1')?.origin ?? null;
}
