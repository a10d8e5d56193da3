import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** A code of the half minute before or after counts too: phones and PCs differ by seconds. */
const STEPS_AROUND = 1;
const SECRET_BYTES = 20;

export type TotpOffer = {
  /** Base32, to be typed where no camera is. */
  readonly secret: string;
  /** `otpauth://…`, for the QR code. */
  readonly uri: string;
};

/** A new secret for the authenticator app of one person. */
export function makeTotpOffer(person: string, shop: string): TotpOffer {
  const secret = new Secret({ size: SECRET_BYTES });
  const issuer = shop === '' ? 'Daftari' : `Daftari ${shop}`;
  return { secret: secret.base32, uri: totpOf(secret.base32, { issuer, label: person }).toString() };
}

/** The code of an instant. */
export function totpAt(secret: string, at: number): string {
  return totpOf(secret).generate({ timestamp: at });
}

/**
 * The half minute whose code this is, counted from 1970, if it is near `at` and later than `lastStep`, whose code has
 * been used; null when the code does not fit.
 */
export function matchTotp(secret: string, code: string, at: number, lastStep: number | null): number | null {
  const token = code.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: at, window: STEPS_AROUND });
  if (delta === null) return null;
  const step = Math.floor(at / 1_000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

function totpOf(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({
    ...names,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  });
}
