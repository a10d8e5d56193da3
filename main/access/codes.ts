import { createHash, randomInt } from 'node:crypto';

/** Crockford's letters: none is taken for another, aloud or on paper. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RECOVERY_CODES = 10;

/** Groups of four letters, five bits each, as they are shown and written down. */
export function makeCode(groups: number): string {
  return Array.from({ length: groups }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');
}

/** Ten codes of 80 bits, each of which stands once for the authenticator app that is lost. */
export function makeTotpRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => makeCode(4));
}

/** Of 80 bits, for one use: typed by the person at the first sign-in, never kept in clear. */
export function makeStartingPassword(): string {
  return makeCode(4);
}

/** As it is kept. 80 random bits need no slow hash; the person's id keeps equal codes apart. */
export function hashTotpRecoveryCode(staffId: number, code: string): Buffer {
  return createHash('sha256')
    .update(`daftari-totp-recovery\n${staffId}\n${readCode(code)}`)
    .digest();
}

/** What was typed, whichever way: small letters, spaces, and the letters that look like digits. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}
