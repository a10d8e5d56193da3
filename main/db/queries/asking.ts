import type { Identity } from '#shared/domain/daraja/requests.ts';
import type { ReadDb } from '../ledger.ts';

/** Where answers come to; null when no relay is paired, or something stops it until the owner acts. */
export function readRelayOrigin(db: ReadDb): string | null {
  return db.get<{ origin: string }>('SELECT origin FROM relay_pairing WHERE stopped IS NULL')?.origin ?? null;
}

/** The certificate that the owner loaded and that is used, PEM; null: the one that came with the program. */
export function readUsedCertificate(db: ReadDb): string | null {
  return db.get<{ pem: string }>('SELECT pem FROM certificates WHERE is_used = 1')?.pem ?? null;
}

/** How Safaricom answered for a till, as the doctor learnt it. */
export function readIdentity(db: ReadDb, shortCode: string): Identity | null {
  return (
    db.get<Identity>(
      'SELECT party, identifier_type AS identifierType FROM identities WHERE short_code = ?',
      shortCode,
    ) ?? null
  );
}
