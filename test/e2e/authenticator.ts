import { Secret, TOTP } from 'otpauth';

/** What an authenticator app shows, `later` steps of 30 seconds from now. */
export function codeOf(secret: string, later = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  return totp.generate({ timestamp: Date.now() + later * 30_000 });
}
