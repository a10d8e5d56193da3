import type { UtcMs } from '../time.ts';

/** A value inside an audit entry. No name, phone or message of a person ever: ids, counts, cents and receipts. */
export type AuditValue =
  | string
  | number
  | boolean
  | null
  | readonly AuditValue[]
  | { readonly [name: string]: AuditValue };
export type AuditDetails = { readonly [name: string]: AuditValue };

/** One entry before it is chained. */
export type AuditEntry = {
  readonly seq: number;
  readonly at: UtcMs;
  /** Null when nobody was signed in. */
  readonly staffId: number | null;
  readonly session: string | null;
  readonly action: string;
  /** What it was done to: `import:12`, `link:40`, `ledger`. */
  readonly subject: string;
  /** Canonical JSON, see `canonicalJson`. */
  readonly details: string;
};

/** The version of the byte layout, the first field of every hashed entry. */
export const ENTRY_FORMAT = 'daftari-audit-1';

/** JSON with sorted names and no spaces: one text for one value, whatever order it was built in. */
export function canonicalJson(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError('audit values are whole numbers');
  return JSON.stringify(value);
}

/** The text that is hashed: a JSON array in fixed order, headed by the format and the hash before it (hex). */
export function entryText(entry: AuditEntry, previousHash: string): string {
  const { seq, at, staffId, session, action, subject, details } = entry;
  return JSON.stringify([ENTRY_FORMAT, previousHash, seq, at, staffId, session, action, subject, details]);
}

/** `gap`: one is missing or stands elsewhere; `repeated`: it was there before; `wrong-hash`: it was changed. */
export type ChainFault = 'gap' | 'repeated' | 'wrong-previous' | 'wrong-hash';
export type ChainedEntry = AuditEntry & { readonly previousHash: string; readonly hash: string };

/** The first link of every chain: 64 zeros. */
export const GENESIS = '0'.repeat(64);

/**
 * What is wrong with the entry that should have this number and follow this hash; null when nothing is. `hash` is
 * SHA-256 as hex, given by the caller because this layer has no crypto.
 */
export function checkLink(
  entry: ChainedEntry,
  seq: number,
  previousHash: string,
  hash: (text: string) => string,
): ChainFault | null {
  if (entry.seq !== seq) return entry.seq < seq ? 'repeated' : 'gap';
  if (entry.previousHash !== previousHash) return 'wrong-previous';
  return hash(entryText(entry, previousHash)) === entry.hash ? null : 'wrong-hash';
}

/**
 * Checks that a run of entries from the first on hangs together, and nothing of its signatures: for tests and
 * measurements. Returns the first fault, or the head.
 */
export function checkChain(
  entries: Iterable<ChainedEntry>,
  hash: (text: string) => string,
): { ok: true; entries: number; head: string } | { ok: false; seq: number; fault: ChainFault } {
  let head = GENESIS;
  let seq = 0;
  for (const entry of entries) {
    seq += 1;
    const fault = checkLink(entry, seq, head, hash);
    if (fault !== null) return { ok: false, seq, fault };
    head = entry.hash;
  }
  return { ok: true, entries: seq, head };
}
