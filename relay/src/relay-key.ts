import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What stands before 32 raw bytes in PKCS #8 and SPKI (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const SEED_BYTES = 32;

/**
 * The relay's own secrets, all from the 256 random bits of the key file. Paths and pairing secrets are worked out and
 * never stored, so a database without the key file gives neither.
 */
export type RelayKey = {
  /** Ed25519, raw, in hex. */
  readonly publicKey: string;
  /** The first 128 bits of its SHA-256, in hex: stands in pairing codes and in everything that is signed. */
  readonly fingerprint: string;
  /** Ed25519 signature in hex. */
  readonly sign: (text: string) => string;
  /** The secret path of an inbox: 128 bits in hex. */
  readonly pathOf: (inbox: string) => string;
  /** The pairing secret of an inbox; another one in each round. */
  readonly secretOf: (inbox: string, round: number) => string;
  /** Tells a callback that came before from a new one, and says nothing to whoever lacks the key. */
  readonly dedupeHash: (parts: readonly (string | Uint8Array)[]) => Buffer;
};

/** Reads the key file, or makes it (0600) when there is none. Throws when it cannot be read or is damaged. */
export function loadRelayKey(file: string): RelayKey {
  if (!existsSync(file)) writeSeed(file, randomBytes(SEED_BYTES));
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is damaged: it should hold 64 hex digits`);
  return makeRelayKey(Buffer.from(text, 'hex'));
}

export function makeRelayKey(seed: Uint8Array): RelayKey {
  const signSeed = derive(seed, 'sign');
  const pathKey = derive(seed, 'path');
  const secretKey = derive(seed, 'pairing');
  const dedupeKey = derive(seed, 'dedupe');
  const privateKey = createPrivateKey({
    key: Buffer.concat([PRIVATE_HEAD, signSeed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = spki.subarray(PUBLIC_HEAD.length).toString('hex');
  return {
    publicKey,
    fingerprint: fingerprintOfKey(publicKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
    pathOf: (inbox) => shorten(pathKey, inbox),
    secretOf: (inbox, round) => shorten(secretKey, `${inbox} ${round}`),
    dedupeHash: (parts) => {
      const hmac = createHmac('sha256', dedupeKey);
      for (const part of parts) {
        const bytes = Buffer.from(part);
        hmac.update(`${bytes.length}:`).update(bytes);
      }
      return hmac.digest();
    },
  };
}

/** First 128 bits of the SHA-256 of a raw key that is given in hex. */
export function fingerprintOfKey(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex').slice(0, 32);
}

/** True when the text was signed with the private half of this raw Ed25519 key. Keys and signatures in hex. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'hex');
  const spki = Buffer.concat([PUBLIC_HEAD, raw]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
}

export function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Whether two byte strings are the same, in a time that does not say where they differ. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function derive(seed: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', seed, '', `daftari-relay ${purpose}`, SEED_BYTES));
}

function shorten(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
}

/** `wx`: two processes that start at once do not each make a key of their own. */
function writeSeed(file: string, seed: Buffer): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, `${seed.toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
