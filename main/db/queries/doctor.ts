import type { Pair } from '#shared/domain/doctor/till-number.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** Which number and type answered a question about a short code's payments; null before one did. */
export function selectIdentity(db: ReadDb, shortCode: string): (Pair & { readonly at: UtcMs }) | null {
  const found = db.get<Pair & { at: UtcMs }>(
    `SELECT party, identifier_type AS identifierType, learnt_at AS at FROM identities
      WHERE short_code = ? AND identifier_type IN ('2', '4')`,
    shortCode,
  );
  return found ?? null;
}

export function saveIdentity(db: WriteDb, shortCode: string, pair: Pair, at: UtcMs): void {
  db.run(
    `INSERT INTO identities (short_code, party, identifier_type, learnt_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (short_code) DO UPDATE SET party = excluded.party, identifier_type = excluded.identifier_type,
       learnt_at = excluded.learnt_at`,
    shortCode,
    pair.party,
    pair.identifierType,
    at,
  );
}

/** All numbers of the till that a short code belongs to: its own, the store's, the head office's. */
export function selectNumbersOfTill(db: ReadDb, shortCode: string): string[] {
  return db
    .all<{ number: string }>(
      `SELECT other.number FROM till_numbers own JOIN till_numbers other ON other.till_id = own.till_id
        WHERE own.number = ? ORDER BY other.number`,
      shortCode,
    )
    .map(({ number }) => number);
}

/** The numbers of the till that a payment came to, by the books. */
export function selectNumbersPaid(db: ReadDb, receipt: string): string[] {
  return db
    .all<{ number: string }>(
      `SELECT DISTINCT n.number FROM movements m JOIN till_numbers n ON n.till_id = m.till_id
        WHERE m.receipt = ? AND m.direction = 'in' AND m.undone_at IS NULL ORDER BY n.number`,
      receipt,
    )
    .map(({ number }) => number);
}

/** The accounts that statements have shown of the till that a short code belongs to. */
export function selectAccountNames(db: ReadDb, shortCode: string): string[] {
  return db
    .all<{ name: string }>(
      `SELECT a.name FROM till_numbers n JOIN accounts a ON a.till_id = n.till_id WHERE n.number = ? ORDER BY a.id`,
      shortCode,
    )
    .map(({ name }) => name);
}

/** How many approvers can open the reversal operator of a short code now. */
export function countOpeners(db: ReadDb, shortCode: string): number {
  const found = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM sealed_operators o JOIN staff s ON s.id = o.staff_id
      WHERE o.short_code = ? AND s.is_active = 1`,
    shortCode,
  );
  return found?.n ?? 0;
}

/** A customer's payment of before to this short code, for a question that must be about one; null where there is none. */
export function readPastReceipt(db: ReadDb, shortCode: string, before: UtcMs): string | null {
  const found = db.get<{ receipt: string }>(
    `SELECT m.receipt FROM movements m JOIN till_numbers n ON n.till_id = m.till_id
      WHERE n.number = ? AND m.completed_at < ? AND m.kind = 'customer-payment' AND m.status = 'completed'
        AND m.undone_at IS NULL AND length(m.receipt) = 10
      ORDER BY m.business_day DESC, m.completed_at DESC, m.id DESC LIMIT 1`,
    shortCode,
    before,
  );
  return found?.receipt ?? null;
}

/**
 * Who is shut out and, when that happened, was an owner or might send money back: the entries of the log say who was
 * trusted with that until then.
 */
export function selectLeavers(db: ReadDb): { readonly name: string; readonly at: UtcMs }[] {
  return db.all<{ name: string; at: UtcMs }>(
    `SELECT s.name, s.disabled_at AS at FROM staff s
      WHERE s.id > 0 AND s.is_active = 0 AND s.disabled_at IS NOT NULL
        AND (s.role = 'owner' OR EXISTS (
          SELECT 1 FROM audit_entries e
           WHERE e.subject = 'staff:' || s.id AND e.action = 'staff.approval-set' AND e.at <= s.disabled_at
             AND json_extract(e.details, '$.after') IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM audit_entries l
                              WHERE l.subject = e.subject AND l.seq > e.seq AND l.at <= s.disabled_at
                                AND l.action IN ('staff.approval-set', 'staff.role-set'))))
      ORDER BY s.disabled_at`,
  );
}

/** When the certificate that the owner loaded was loaded; null where the program's own is used. */
export function readCertificateLoadedAt(db: ReadDb): UtcMs | null {
  return db.get<{ at: UtcMs }>('SELECT loaded_at AS at FROM certificates WHERE is_used = 1')?.at ?? null;
}

export type StoredRegistration = {
  readonly shortCode: string;
  readonly kind: 'pull' | 'c2b';
  readonly state: 'registered' | 'elsewhere' | 'unknown';
  /** Of C2B, the relay that notices go to. */
  readonly details: string;
};

/** What Safaricom was told for each short code. */
export function selectToldOf(db: ReadDb, shortCode: string): StoredRegistration[] {
  return db.all<StoredRegistration>(
    'SELECT short_code AS shortCode, kind, state, details FROM registrations WHERE short_code = ? ORDER BY kind',
    shortCode,
  );
}
