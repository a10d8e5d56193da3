import type { RawDatabase } from '../cipher.ts';

/** The code printed on a statement, and who saw Safaricom confirm it. */
export function keepVerificationCode(db: RawDatabase): void {
  db.exec(`
ALTER TABLE imports ADD COLUMN verification_code TEXT CHECK (length(verification_code) BETWEEN 4 AND 16);
ALTER TABLE imports ADD COLUMN code_checked_at INTEGER;
ALTER TABLE imports ADD COLUMN code_checked_by INTEGER REFERENCES staff (id);
`);
}
