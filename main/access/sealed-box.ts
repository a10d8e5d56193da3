import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { agree, KEY_BYTES, makeKeyPair, publicHalfOf } from './x25519.ts';

/*
 * A secret that only one approver can open:
 *   version 1 (1 byte) | public half of a key made for this box alone (32) | nonce (12) | tag (16) | text
 * The key of the box is HKDF-SHA-256 over what that half and the approver's have in common (X25519), with both public
 * halves as salt; AES-256-GCM, bound to the books, the short code and the person.
 */
const FORMAT = 'daftari-sealed-operator-1';
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_BYTES;
const TEXT_AT = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;

/** What a box is for: put in the place of another it does not open. */
export type BoxPlace = { readonly ledgerId: string; readonly shortCode: string; readonly staffId: number };

/** Null where the public half is none that anybody could have made. */
export function sealTo(publicKey: Buffer, place: BoxPlace, secret: string): Buffer | null {
  const once = makeKeyPair();
  const key = keyOf(agree(once.privateKey, publicKey), once.publicKey, publicKey);
  if (key === null) return null;
  const head = Buffer.concat([Buffer.from([VERSION]), once.publicKey]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(place, head));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), text]);
}

/** The secret, or null: sealed to another key, for another place, or changed since. */
export function openBox(privateKey: Buffer, place: BoxPlace, box: Buffer): string | null {
  if (box.length < TEXT_AT || box.readUInt8(0) !== VERSION) return null;
  const head = box.subarray(0, HEAD_BYTES);
  const madeFor = head.subarray(1);
  const key = keyOf(agree(privateKey, madeFor), madeFor, publicHalfOf(privateKey));
  if (key === null) return null;
  const decipher = createDecipheriv(CIPHER, key, box.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES))
    .setAAD(boundTo(place, head))
    .setAuthTag(box.subarray(HEAD_BYTES + NONCE_BYTES, TEXT_AT));
  const text = decipher.update(box.subarray(TEXT_AT));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // Node says only that the tag does not fit.
    return null;
  }
}

function keyOf(shared: Buffer | null, once: Buffer, approver: Buffer): Buffer | null {
  if (shared === null) return null;
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([once, approver]), FORMAT, 32));
}

function boundTo({ ledgerId, shortCode, staffId }: BoxPlace, head: Buffer): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([FORMAT, ledgerId, shortCode, staffId]))]);
}
