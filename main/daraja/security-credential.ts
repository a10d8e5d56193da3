import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

/** Of a key of 2,048 bits; PKCS#1 v1.5 takes eleven bytes of it. */
const MOST_BYTES = 245;

/**
 * An operator's password as Safaricom takes it: RSA, PKCS#1 v1.5, over the plain UTF-8 text, in base64; another text
 * each time. Null when the password is longer than the key can hold.
 */
export function encryptPassword(certificatePem: string, password: string): string | null {
  const bytes = Buffer.from(password, 'utf8');
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return null;
  const publicKey = createPublicKey(certificatePem);
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes).toString('base64');
}

/** The password of an STK query: short code, passkey and the time that is sent beside it, in base64. */
export function stkPassword(shortCode: string, passkey: string, stamp: string): string {
  return Buffer.from(`${shortCode}${passkey}${stamp}`, 'utf8').toString('base64');
}
