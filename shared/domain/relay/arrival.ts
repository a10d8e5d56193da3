import type { CallbackKind } from './callback-url.ts';
import { isHexOf } from './hex.ts';

/** What the relay saw when a callback came: sealed together with its body. */
export type ArrivalFacts = {
  readonly inbox: string;
  readonly kind: CallbackKind;
  /** The result token in the address; null for C2B. */
  readonly token: string | null;
  /** By the relay's clock: UTC, ms. */
  readonly at: number;
  /** The address that it came from, as the relay could tell. */
  readonly from: string;
};

export type Arrival = { readonly facts: ArrivalFacts; readonly body: Uint8Array };

const LENGTH_BYTES = 4;
const KINDS: readonly unknown[] = ['result', 'timeout', 'confirmation', 'validation'];

/** What is sealed: the length of the facts (four bytes, big-endian), the facts as ASCII JSON, the body as it came. */
export function packArrival({ facts, body }: Arrival): Uint8Array {
  const { inbox, kind, token, at, from } = facts;
  const json = JSON.stringify({ version: 1, inbox, kind, token, at, from });
  if (!/^[ -~]*$/.test(json)) throw new RangeError('the facts of an arrival are ASCII');
  const head = Uint8Array.from(json, (letter) => letter.charCodeAt(0));
  const packed = new Uint8Array(LENGTH_BYTES + head.length + body.length);
  new DataView(packed.buffer).setUint32(0, head.length);
  packed.set(head, LENGTH_BYTES);
  packed.set(body, LENGTH_BYTES + head.length);
  return packed;
}

/** Reads what was sealed. Null when it is not of this form: whoever has the public key can seal anything. */
export function readArrival(packed: Uint8Array): Arrival | null {
  if (packed.length < LENGTH_BYTES) return null;
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  const head = packed.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  if (head.length !== length) return null;
  const facts = readFacts([...head].map((byte) => String.fromCharCode(byte)).join(''));
  return facts && { facts, body: packed.slice(LENGTH_BYTES + length) };
}

function readFacts(json: string): ArrivalFacts | null {
  const read = parse(json);
  if (typeof read !== 'object' || read === null) return null;
  const { version, inbox, kind, token, at, from } = read as Record<string, unknown>;
  const isKnown = version === 1 && isHexOf(inbox, 8) && KINDS.includes(kind);
  const isTold = typeof at === 'number' && Number.isSafeInteger(at) && typeof from === 'string';
  const isBound = kind === 'result' || kind === 'timeout' ? isHexOf(token, 16) : token === null;
  if (!isKnown || !isTold || !isBound) return null;
  return { inbox, kind: kind as CallbackKind, token: token as string | null, at, from };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
