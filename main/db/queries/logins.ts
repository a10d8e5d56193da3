import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** What proves who somebody is. */
export type Login = {
  readonly staffId: number;
  /** A PHC string of Argon2id. */
  readonly passwordHash: string;
  readonly isSingleUse: boolean;
  /** When the single-use password was used; it opens nothing since. */
  readonly spentAt: UtcMs | null;
  readonly setAt: UtcMs;
  /** Shorter than a password must be that stands alone. */
  readonly isShort: boolean;
  /** Base32; null = no second factor. */
  readonly totpSecret: string | null;
  readonly totpSince: UtcMs | null;
  readonly totpLastStep: number | null;
};

export function selectLogin(db: ReadDb, staffId: number): Login | null {
  const found = db.get<Omit<Login, 'isSingleUse' | 'isShort'> & { isSingleUse: 0 | 1; isShort: 0 | 1 }>(
    `SELECT staff_id AS staffId, password_hash AS passwordHash, is_single_use AS isSingleUse, spent_at AS spentAt,
            set_at AS setAt, is_short AS isShort, totp_secret AS totpSecret, totp_since AS totpSince, totp_last_step AS totpLastStep
       FROM logins WHERE staff_id = ?`,
    staffId,
  );
  return found ? { ...found, isSingleUse: found.isSingleUse === 1, isShort: found.isShort === 1 } : null;
}

/** True when the password will do no longer: it was short, and the second factor beside it is gone. */
export function mustLengthen({ isShort, totpSecret }: Pick<Login, 'isShort' | 'totpSecret'>): boolean {
  return isShort && totpSecret === null;
}

/** Gives a person a password, the first or another; the second factor stays as it is. */
export function savePassword(
  db: WriteDb,
  password: { staffId: number; hash: string; isSingleUse: boolean; isShort: boolean; at: UtcMs },
): void {
  db.run(
    `INSERT INTO logins (staff_id, password_hash, is_single_use, is_short, set_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (staff_id) DO UPDATE SET password_hash = excluded.password_hash,
       is_single_use = excluded.is_single_use, is_short = excluded.is_short, spent_at = NULL, set_at = excluded.set_at`,
    password.staffId,
    password.hash,
    password.isSingleUse ? 1 : 0,
    password.isShort ? 1 : 0,
    password.at,
  );
}

/** The same password, hashed at today's cost; nothing when it has been changed meanwhile. */
export function replaceHash(db: WriteDb, login: Pick<Login, 'staffId' | 'passwordHash'>, hash: string): void {
  db.run(
    'UPDATE logins SET password_hash = ? WHERE staff_id = ? AND password_hash = ?',
    hash,
    login.staffId,
    login.passwordHash,
  );
}

export function spendStartingPassword(db: WriteDb, staffId: number, at: UtcMs): void {
  db.run('UPDATE logins SET spent_at = ? WHERE staff_id = ? AND is_single_use = 1', at, staffId);
}

/** Switches the second factor on; `step` is the half minute whose code has just been used. */
export function saveTotp(
  db: WriteDb,
  totp: { staffId: number; secret: string; step: number; at: UtcMs },
): void {
  db.run(
    'UPDATE logins SET totp_secret = ?, totp_since = ?, totp_last_step = ? WHERE staff_id = ?',
    totp.secret,
    totp.at,
    totp.step,
    totp.staffId,
  );
}

/** Switches the second factor off; its recovery codes go with it. */
export function removeTotp(db: WriteDb, staffId: number): void {
  db.run(
    'UPDATE logins SET totp_secret = NULL, totp_since = NULL, totp_last_step = NULL WHERE staff_id = ?',
    staffId,
  );
  db.run('DELETE FROM totp_recovery_codes WHERE staff_id = ?', staffId);
}

export function saveTotpStep(db: WriteDb, staffId: number, step: number): void {
  db.run('UPDATE logins SET totp_last_step = ? WHERE staff_id = ?', step, staffId);
}

/** New recovery codes in the place of all older ones. */
export function replaceRecoveryCodes(db: WriteDb, staffId: number, hashes: readonly Buffer[]): void {
  db.run('DELETE FROM totp_recovery_codes WHERE staff_id = ?', staffId);
  for (const hash of hashes)
    db.run('INSERT INTO totp_recovery_codes (staff_id, code_hash) VALUES (?, ?)', staffId, hash);
}

/** True when this is a recovery code of the person that has not been used. */
export function hasRecoveryCode(db: ReadDb, staffId: number, hash: Buffer): boolean {
  return (
    db.get(
      'SELECT 1 FROM totp_recovery_codes WHERE staff_id = ? AND code_hash = ? AND used_at IS NULL',
      staffId,
      hash,
    ) !== undefined
  );
}

export function spendRecoveryCode(db: WriteDb, staffId: number, hash: Buffer, at: UtcMs): void {
  db.run(
    'UPDATE totp_recovery_codes SET used_at = ? WHERE staff_id = ? AND code_hash = ?',
    at,
    staffId,
    hash,
  );
}

export function countRecoveryCodes(db: ReadDb, staffId: number): number {
  return (
    db.get<{ n: number }>(
      'SELECT count(*) AS n FROM totp_recovery_codes WHERE staff_id = ? AND used_at IS NULL',
      staffId,
    )?.n ?? 0
  );
}
