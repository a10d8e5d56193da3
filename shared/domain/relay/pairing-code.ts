import { isSymbol, readSymbols, splitGroups, tidyTyped, writeSymbols } from '../readable-code.ts';
import { isHexOf, readHex, writeHex } from './hex.ts';

/** What the operator hands to a shop, once: all that its PC needs to find the relay and to prove who it is. */
export type PairingCode = {
  /** `https://host` or `https://host:port`, nothing after it. */
  readonly origin: string;
  /** The inbox's public name: 64 bits in hex. */
  readonly inbox: string;
  /** The inbox's secret path for callbacks: 128 bits in hex. */
  readonly path: string;
  /** Proves the right to pair; good once, for 24 hours. 128 bits in hex. */
  readonly secret: string;
  /** The relay's own key, as `fingerprintOfKey` in relay and app gives it: 128 bits in hex. */
  readonly relay: string;
};

/** A code that was pasted, or why it is none. `newer`: a later relay wrote it. */
export type PairingCodeRead =
  | { readonly ok: true; readonly code: PairingCode }
  | { readonly ok: false; readonly problem: 'not-a-code' | 'mistyped' | 'newer' };

const VERSION = 1;
const INBOX_BYTES = 8;
const KEY_BYTES = 16;
const CHECK_BYTES = 4;
/** Version, inbox, path, secret, fingerprint, length of the origin. */
const HEAD_BYTES = 1 + INBOX_BYTES + 3 * KEY_BYTES + 1;
/** Five bytes fill eight symbols exactly. */
const BLOCK_BYTES = 5;
const MAX_ORIGIN = 255;
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;

/** True for an address that can stand in a code: scheme, host and port in lower case, nothing more. */
export function isRelayOrigin(text: string): boolean {
  return text.length <= MAX_ORIGIN && ORIGIN.test(text);
}

/**
 * The code as the operator sends it: Crockford's base 32 in groups of four, with a checksum. It survives being
 * wrapped, spaced or put in lower case by whatever carries it. Throws when a part is not of its form.
 */
export function writePairingCode(code: PairingCode): string {
  if (!isRelayOrigin(code.origin)) throw new RangeError('the origin cannot stand in a pairing code');
  if (!isHexOf(code.inbox, INBOX_BYTES)) throw new RangeError('an inbox is 64 bits in hex');
  for (const part of [code.path, code.secret, code.relay])
    if (!isHexOf(part, KEY_BYTES)) throw new RangeError('path, secret and fingerprint are 128 bits in hex');
  const body = [
    VERSION,
    ...readHex(code.inbox + code.path + code.secret + code.relay),
    code.origin.length,
    ...[...code.origin].map((letter) => letter.charCodeAt(0)),
  ];
  while ((body.length + CHECK_BYTES) % BLOCK_BYTES !== 0) body.push(0);
  return splitGroups(writeSymbols(Uint8Array.from([...body, ...checksumOf(body)]))).join('-');
}

/** Reads a code as it was pasted. */
export function readPairingCode(pasted: string): PairingCodeRead {
  const symbols = tidyTyped(pasted);
  const isWhole = symbols.length >= 8 && symbols.length % 8 === 0;
  if (!isWhole || ![...symbols].every(isSymbol)) return { ok: false, problem: 'not-a-code' };
  const bytes = readSymbols(symbols);
  const body = bytes.slice(0, -CHECK_BYTES);
  if (writeHex(bytes.slice(-CHECK_BYTES)) !== writeHex(checksumOf(body)))
    return { ok: false, problem: 'mistyped' };
  if (body[0] !== VERSION) return { ok: false, problem: 'newer' };
  const length = body[HEAD_BYTES - 1] ?? 0;
  const letters = body.slice(HEAD_BYTES, HEAD_BYTES + length);
  const origin = String.fromCharCode(...letters);
  if (letters.length !== length || !isRelayOrigin(origin)) return { ok: false, problem: 'not-a-code' };
  const parts = writeHex(body.slice(1, HEAD_BYTES - 1));
  const from = INBOX_BYTES * 2;
  const part = (at: number) => parts.slice(from + at * KEY_BYTES * 2, from + (at + 1) * KEY_BYTES * 2);
  return {
    ok: true,
    code: { origin, inbox: parts.slice(0, from), path: part(0), secret: part(1), relay: part(2) },
  };
}

/** CRC-32 (ISO-HDLC): finds a slip of the hand; it is no protection against a forger. */
function checksumOf(bytes: Iterable<number>): Uint8Array {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  const sum = ~rest >>> 0;
  return Uint8Array.of(sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255);
}
