import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isSealed, type SealedValue } from '#shared/domain/audit/sealed-value.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type StoredKey = { readonly id: number; readonly about: string; readonly key: Buffer };

/**
 * A personal value as an audit entry may hold it for ever: AES-256-GCM under a random key of what it is about
 * (`sale:12`, `staff:3`), kept beside the log. Erasing that key erases the value from every entry.
 */
export function seal(db: WriteDb, about: string, value: string): SealedValue {
  const { id, key } = findKey(db, about) ?? makeKey(db, about);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(about));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return { sealed: { key: id, box: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') } };
}

/** What the entry holds, nothing where there was nothing. */
export function sealIfAny(db: WriteDb, about: string, value: string | null): SealedValue | null {
  return value === null ? null : seal(db, about, value);
}

/** The value again; null when its key has been erased or does not fit it. */
export function unseal(db: ReadDb, { sealed }: SealedValue): string | null {
  const stored = db.get<StoredKey>('SELECT id, about, key FROM sealed_keys WHERE id = ?', sealed.key);
  if (!stored) return null;
  const box = Buffer.from(sealed.box, 'base64');
  if (box.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, stored.key, box.subarray(0, NONCE_BYTES))
    .setAAD(boundTo(stored.about))
    .setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // Node says only that the tag does not fit: the box or the key is another's.
    return null;
  }
}

/** Details of an entry with every sealed value opened; null stands where one has been erased. */
export function unsealAll(db: ReadDb, details: unknown): unknown {
  if (isSealed(details)) return unseal(db, details);
  if (Array.isArray(details)) return details.map((item) => unsealAll(db, item));
  if (typeof details !== 'object' || details === null) return details;
  return Object.fromEntries(Object.entries(details).map(([name, item]) => [name, unsealAll(db, item)]));
}

/** Makes every sealed value about this unreadable for ever; `secure_delete` overwrites the key. True if there was one. */
export function eraseSealed(db: WriteDb, about: string): boolean {
  return db.run('DELETE FROM sealed_keys WHERE about = ?', about).changes > 0;
}

function findKey(db: ReadDb, about: string): StoredKey | undefined {
  return db.get<StoredKey>('SELECT id, about, key FROM sealed_keys WHERE about = ?', about);
}

function makeKey(db: WriteDb, about: string): StoredKey {
  const key = randomBytes(32);
  const made = db.run('INSERT INTO sealed_keys (about, key) VALUES (?, ?)', about, key);
  return { id: made.lastId, about, key };
}

/** A box moved to an entry about something else does not open there. */
function boundTo(about: string): Buffer {
  return Buffer.from(`daftari-sealed-1\n${about}`);
}
