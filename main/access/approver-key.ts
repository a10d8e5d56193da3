import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { PasswordCost, Passwords } from './passwords.ts';
import { KEY_BYTES, makeKeyPair, publicHalfOf } from './x25519.ts';

/*
 * The private half of an approver's key, under Argon2id of their own password:
 *   version 1 (1 byte) | memory in KiB (4, big-endian) | passes (1) | lanes (1) | nonce (12) | tag (16) | text (32)
 * AES-256-GCM; what it is bound to is in `boundTo`. The salt and the public half lie beside it.
 */
const FORMAT = 'daftari-approver-1';
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const HEAD_BYTES = 7;
/** More than this was never written: a changed box must not make this computer work for minutes. */
const MOST_MEMORY_KIB = 1024 * 1024;
const MOST_PASSES = 20;

export type WrappedKey = { readonly publicKey: Buffer; readonly salt: Buffer; readonly wrapped: Buffer };

/** Whose key it is: moved to other books or to somebody else, it does not open. */
export type KeyOwner = { readonly ledgerId: string; readonly staffId: number };

/** A fresh key pair whose private half only this password opens. */
export async function makeApproverKey(
  passwords: Passwords,
  owner: KeyOwner,
  password: string,
): Promise<WrappedKey> {
  const { privateKey, publicKey } = makeKeyPair();
  return wrap(passwords, owner, { password, privateKey, publicKey });
}

/** The private half, or null: another password, another person's box, or one that was changed. */
export async function openApproverKey(
  passwords: Passwords,
  owner: KeyOwner,
  { password, publicKey, salt, wrapped }: WrappedKey & { readonly password: string },
): Promise<Buffer | null> {
  const cost = readCost(wrapped);
  if (cost === null) return null;
  const key = await passwords.stretch(password, salt, cost);
  const nonce = wrapped.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
  const tag = wrapped.subarray(HEAD_BYTES + NONCE_BYTES, HEAD_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce)
    .setAAD(boundTo(owner, publicKey, salt, wrapped.subarray(0, HEAD_BYTES)))
    .setAuthTag(tag);
  const text = decipher.update(wrapped.subarray(HEAD_BYTES + NONCE_BYTES + TAG_BYTES));
  try {
    const privateKey = Buffer.concat([text, decipher.final()]);
    return publicHalfOf(privateKey).equals(publicKey) ? privateKey : null;
  } catch {
    // Node says only that the tag does not fit.
    return null;
  }
}

/** The same key under another password; null when the old one does not open it. */
export async function rewrapApproverKey(
  passwords: Passwords,
  owner: KeyOwner,
  key: WrappedKey,
  change: { readonly from: string; readonly to: string },
): Promise<WrappedKey | null> {
  const privateKey = await openApproverKey(passwords, owner, { ...key, password: change.from });
  if (privateKey === null) return null;
  return wrap(passwords, owner, { password: change.to, privateKey, publicKey: key.publicKey });
}

async function wrap(
  passwords: Passwords,
  owner: KeyOwner,
  given: { readonly password: string; readonly privateKey: Buffer; readonly publicKey: Buffer },
): Promise<WrappedKey> {
  const { password, privateKey, publicKey } = given;
  const salt = randomBytes(SALT_BYTES);
  const head = writeCost(passwords.cost);
  const key = await passwords.stretch(password, salt, passwords.cost);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(owner, publicKey, salt, head));
  const text = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return { publicKey, salt, wrapped: Buffer.concat([head, nonce, cipher.getAuthTag(), text]) };
}

function boundTo({ ledgerId, staffId }: KeyOwner, publicKey: Buffer, salt: Buffer, head: Buffer): Buffer {
  const parts = [FORMAT, ledgerId, staffId, publicKey.toString('hex'), salt.toString('hex')];
  return Buffer.concat([head, Buffer.from(JSON.stringify(parts))]);
}

function writeCost({ memoryKib, passes, lanes }: PasswordCost): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION, 0);
  head.writeUInt32BE(memoryKib, 1);
  head.writeUInt8(passes, 5);
  head.writeUInt8(lanes, 6);
  return head;
}

/** Null for anything that `wrap` does not write. */
function readCost(wrapped: Buffer): PasswordCost | null {
  if (wrapped.length !== HEAD_BYTES + NONCE_BYTES + TAG_BYTES + KEY_BYTES) return null;
  if (wrapped.readUInt8(0) !== VERSION) return null;
  const cost = {
    memoryKib: wrapped.readUInt32BE(1),
    passes: wrapped.readUInt8(5),
    lanes: wrapped.readUInt8(6),
  };
  const isSane =
    cost.lanes >= 1 &&
    cost.passes >= 1 &&
    cost.passes <= MOST_PASSES &&
    cost.memoryKib >= 8 * cost.lanes &&
    cost.memoryKib <= MOST_MEMORY_KIB;
  return isSane ? cost : null;
}
