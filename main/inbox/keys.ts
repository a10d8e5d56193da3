import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { pairingToProve } from '#shared/domain/relay/signed-request.ts';

/** What stands before 32 raw bytes in PKCS #8 and SPKI (RFC 8410). */
const HEADS = {
  ed25519: {
    private: Buffer.from('302e020100300506032b657004220420', 'hex'),
    public: Buffer.from('302a300506032b6570032100', 'hex'),
  },
  x25519: {
    private: Buffer.from('302e020100300506032b656e04220420', 'hex'),
    public: Buffer.from('302a300506032b656e032100', 'hex'),
  },
} as const;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What this PC holds of an inbox: 32 raw bytes each, in hex. */
export type PrivateKeys = {
  /** Private half of the X25519 key that messages are sealed to. */
  readonly boxKey: string;
  /** Seed of the Ed25519 key that requests are signed with. */
  readonly signSeed: string;
};

/** The halves that the relay is told, raw, in hex. */
export type PublicKeys = { readonly boxKey: string; readonly signKey: string };

export function makePrivateKeys(): PrivateKeys {
  return { boxKey: randomBytes(KEY_BYTES).toString('hex'), signSeed: randomBytes(KEY_BYTES).toString('hex') };
}

export function publicKeysOf({ boxKey, signSeed }: PrivateKeys): PublicKeys {
  return {
    boxKey: publicHalf('x25519', privateKey('x25519', boxKey)),
    signKey: publicHalf('ed25519', privateKey('ed25519', signSeed)),
  };
}

/** Ed25519 over the text, in hex. */
export function signText(keys: PrivateKeys, text: string): string {
  return sign(null, Buffer.from(text), privateKey('ed25519', keys.signSeed)).toString('hex');
}

/** Whether the text was signed with this raw Ed25519 key. Key and signature in hex; of any other form: false. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  const [raw, given] = [Buffer.from(key, 'hex'), Buffer.from(signature, 'hex')];
  if (raw.length !== KEY_BYTES || given.length !== SIGNATURE_BYTES) return false;
  const spki = Buffer.concat([HEADS.ed25519.public, raw]);
  return verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), given);
}

/** First 16 bytes of the SHA-256 of a raw key, in hex: what a pairing code names the relay by. */
export function fingerprintOf(relayKey: string): string {
  return createHash('sha256').update(Buffer.from(relayKey, 'hex')).digest('hex').slice(0, 32);
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Proves with the secret of the pairing code that these keys are the shop's. */
export function provePairing(
  secret: string,
  about: { readonly relay: string; readonly inbox: string } & PublicKeys,
): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(pairingToProve(about)).digest('hex');
}

/** 128 random bits in hex. */
export function makeNonce(): string {
  return randomBytes(16).toString('hex');
}

function privateKey(curve: keyof typeof HEADS, raw: string): KeyObject {
  const der = Buffer.concat([HEADS[curve].private, Buffer.from(raw, 'hex')]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function publicHalf(curve: keyof typeof HEADS, key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return spki.subarray(HEADS[curve].public.length).toString('hex');
}
