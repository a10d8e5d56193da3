import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { AuditCrypto } from '#shared/domain/audit/verify.ts';
import { writeFingerprint } from '#shared/domain/recovery/code.ts';

/** What stands before 32 raw bytes in PKCS #8 and SPKI (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A fresh private key: 32 random bytes. */
export function makeSeed(): Buffer {
  return randomBytes(32);
}

/** The public half, raw, in base64url. */
export function publicKeyOf(seed: Buffer): string {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return spki.subarray(PUBLIC_HEAD.length).toString('base64url');
}

/** The signature in base64url. */
export function signWith(seed: Buffer, text: string): string {
  return sign(null, Buffer.from(text), privateKey(seed)).toString('base64url');
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** As people compare it: on the recovery kit, on each close sheet, on the audit screen. */
export function fingerprintOf(publicKey: string): string {
  return writeFingerprint(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest());
}

/** What the pure verifier asks of this computer. */
export const auditCrypto: AuditCrypto = {
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  isSignedBy,
  fingerprintOf,
};

function privateKey(seed: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, seed]), format: 'der', type: 'pkcs8' });
}
