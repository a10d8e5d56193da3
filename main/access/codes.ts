import { createHash, randomBytes } from 'node:crypto';
import { splitGroups, tidyTyped, writeSymbols } from '#shared/domain/readable-code.ts';

const RECOVERY_CODES = 10;
const CODE_BYTES = 10;

/** Ten codes of 80 bits in four groups, each of which stands once for the authenticator app that is lost. */
export function makeTotpRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    splitGroups(writeSymbols(randomBytes(CODE_BYTES))).join('-'),
  );
}

/** As it is kept, however it was typed. 80 random bits need no slow hash; the person's id keeps equal codes apart. */
export function hashTotpRecoveryCode(staffId: number, code: string): Buffer {
  return createHash('sha256')
    .update(`daftari-totp-recovery\n${staffId}\n${tidyTyped(code)}`)
    .digest();
}
