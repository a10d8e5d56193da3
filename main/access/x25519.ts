import { createPrivateKey, createPublicKey, diffieHellman, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;
/** What stands before 32 raw bytes in PKCS #8 and SPKI (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

/** Both halves raw: 32 bytes each. */
export type KeyPair = { readonly privateKey: Buffer; readonly publicKey: Buffer };

export function makeKeyPair(): KeyPair {
  const privateKey = randomBytes(KEY_BYTES);
  return { privateKey, publicKey: publicHalfOf(privateKey) };
}

export function publicHalfOf(privateKey: Buffer): Buffer {
  const spki = createPublicKey(asPrivate(privateKey)).export({ format: 'der', type: 'spki' });
  return spki.subarray(PUBLIC_HEAD.length);
}

/** What two halves have in common; null where the public one is none that anybody could have made. */
export function agree(privateKey: Buffer, publicKey: Buffer): Buffer | null {
  if (publicKey.length !== KEY_BYTES) return null;
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, publicKey]), format: 'der', type: 'spki' });
  try {
    const shared = diffieHellman({ privateKey: asPrivate(privateKey), publicKey: key });
    return shared.every((byte) => byte === 0) ? null : shared;
  } catch {
    // A point of low order: the library refuses to work with it.
    return null;
  }
}

function asPrivate(privateKey: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, privateKey]), format: 'der', type: 'pkcs8' });
}
