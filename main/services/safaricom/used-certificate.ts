import { readCertificate } from '#main/daraja/certificate.ts';
import { SHIPPED_CERTIFICATES } from '#main/daraja/known-certificates.ts';
import type { ReadDb } from '#main/db/ledger.ts';
import type { Environment } from '#main/db/ledger-file.ts';
import { readUsedCertificate } from '#main/db/queries/asking.ts';

/**
 * The certificate that passwords are encrypted with, PEM: the one that the owner loaded, else the one that came with the
 * program; a demo has only what it was given. Null where there is none, or it is known to be of the other environment.
 */
export function usedCertificate(db: ReadDb, environment: Environment): string | null {
  const pem = readUsedCertificate(db) ?? (environment === 'demo' ? null : SHIPPED_CERTIFICATES[environment]);
  if (pem === null) return null;
  const read = readCertificate(Buffer.from(pem, 'utf8'));
  if (!read.ok) return null;
  const { use } = read.value;
  return use === 'unknown' || use === environment ? pem : null;
}
