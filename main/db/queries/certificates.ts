import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** A certificate that an owner loaded. */
export type CertificateRow = {
  readonly fingerprint: string;
  readonly pem: string;
  readonly loadedAt: UtcMs;
  readonly loadedBy: string;
  readonly isUsed: boolean;
};

export function selectCertificates(db: ReadDb): CertificateRow[] {
  return db
    .all<Omit<CertificateRow, 'isUsed'> & { isUsed: 0 | 1 }>(
      `SELECT c.fingerprint, c.pem, c.loaded_at AS loadedAt, s.name AS loadedBy, c.is_used AS isUsed
         FROM certificates c JOIN staff s ON s.id = c.loaded_by ORDER BY c.loaded_at DESC, c.fingerprint`,
    )
    .map((row) => ({ ...row, isUsed: row.isUsed === 1 }));
}

/** Keeps a certificate, not in use yet; one that is there already stays as it is. */
export function insertCertificate(
  db: WriteDb,
  certificate: {
    readonly fingerprint: string;
    readonly pem: string;
    readonly at: UtcMs;
    readonly staffId: number;
  },
): void {
  const { fingerprint, pem, at, staffId } = certificate;
  db.run(
    `INSERT INTO certificates (fingerprint, pem, loaded_at, loaded_by, is_used) VALUES (?, ?, ?, ?, 0)
     ON CONFLICT (fingerprint) DO NOTHING`,
    fingerprint,
    pem,
    at,
    staffId,
  );
}

/** From now on this one is used; null = the one that came with the program. */
export function useCertificate(db: WriteDb, fingerprint: string | null): void {
  db.run('UPDATE certificates SET is_used = 0 WHERE is_used = 1');
  if (fingerprint !== null) db.run('UPDATE certificates SET is_used = 1 WHERE fingerprint = ?', fingerprint);
}
