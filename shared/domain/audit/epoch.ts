import { type AuditEntry, canonicalJson, entryText } from './entry.ts';

/**
 * The entries that end an epoch. Each names the key that seals the next one. `begun` and `restarted` are signed by the
 * root key of the recovery code, the others by the key that the end before them named.
 */
export const EPOCH_ENDS = ['audit.begun', 'audit.restarted', 'audit.epoch', 'audit.root-named'] as const;
export type EpochEndAction = (typeof EPOCH_ENDS)[number];

/** Why an epoch ended. */
export type EpochReason = 'set-up' | 'start' | 'hour' | 'close' | 'money' | 'quit' | 'restart' | 'new-code';

/** Public keys and signatures are raw Ed25519 in base64url. */
export type EpochEnd = {
  /** Rises by one with each end, from 1. */
  readonly epoch: number;
  readonly reason: string;
  /** Seals the next epoch. Its private half is in the keychain until that epoch ends, and nowhere after. */
  readonly next: string;
  /** The root that signs this entry, or that it names for the future; null for an ordinary end. */
  readonly root: string | null;
  readonly signature: string;
};

/** An entry that ends an epoch, before it is signed. */
export type UnsignedEnd = Omit<AuditEntry, 'details'> & { readonly end: Omit<EpochEnd, 'signature'> };

const SEAL_FORMAT = 'daftari-epoch-1';
const KEY = /^[A-Za-z0-9_-]{43}$/;
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;

export function isEpochEnd(action: string): action is EpochEndAction {
  return action.startsWith('audit.') && EPOCH_ENDS.some((each) => each === action);
}

export function isSignedByRoot(action: EpochEndAction): boolean {
  return action === 'audit.begun' || action === 'audit.restarted';
}

/**
 * What is signed: the whole entry but its signature, bound to the head before it, and so to every entry before it. A
 * seal of its own kind: the text of an entry alone is never signed.
 */
export function sealText(unsigned: UnsignedEnd, previousHash: string): string {
  const { end, ...entry } = unsigned;
  return `${SEAL_FORMAT}\n${entryText({ ...entry, details: canonicalJson(end) }, previousHash)}`;
}

/** The end that an entry's details describe; null when they are not exactly one. */
export function readEpochEnd(details: string): EpochEnd | null {
  const parsed = parseJson(details);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { epoch, reason, next, root, signature, ...more } = parsed as Record<string, unknown>;
  if (Object.keys(more).length > 0) return null;
  if (typeof epoch !== 'number' || !Number.isSafeInteger(epoch) || typeof reason !== 'string') return null;
  if (typeof next !== 'string' || !KEY.test(next)) return null;
  if (root !== null && (typeof root !== 'string' || !KEY.test(root))) return null;
  if (typeof signature !== 'string' || !SIGNATURE.test(signature)) return null;
  return { epoch, reason, next, root, signature };
}

/** The unsigned form of a stored entry that ends an epoch. */
export function unsign(entry: AuditEntry, { signature: _, ...end }: EpochEnd): UnsignedEnd {
  const { seq, at, staffId, session, action, subject } = entry;
  return { seq, at, staffId, session, action, subject, end };
}

/** Undefined for what is no JSON; the caller refuses it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
