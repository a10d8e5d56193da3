import { constants, type KeyObject, privateDecrypt } from 'node:crypto';

/**
 * The password inside a SecurityCredential, or null when this key did not seal it. Node refuses to take PKCS#1 v1.5
 * padding off a decrypted value (CVE-2023-46809), so that is done here: `00 02`, at least eight bytes, `00`, the text.
 */
export function openCredential(key: KeyObject, credential: string): string | null {
  const sealed = Buffer.from(credential, 'base64');
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (sealed.length !== size) return null;
  const padded = decryptRaw(key, sealed);
  if (padded === null || padded[0] !== 0 || padded[1] !== 2) return null;
  const end = padded.indexOf(0, 2);
  return end < 10 ? null : padded.subarray(end + 1).toString('utf8');
}

function decryptRaw(key: KeyObject, sealed: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, sealed);
  } catch {
    // A number above this key's modulus: sealed with another one.
    return null;
  }
}
