import { type ChainedEntry, type ChainFault, checkLink, GENESIS } from './entry.ts';
import {
  type EpochEnd,
  type EpochEndAction,
  isEpochEnd,
  isSignedByRoot,
  readEpochEnd,
  sealText,
  unsign,
} from './epoch.ts';
import type { HeadClaim } from './head-code.ts';

/** What the verifier needs of the computer it runs on. */
export type AuditCrypto = {
  /** SHA-256 as hex. */
  readonly hash: (text: string) => string;
  /** Ed25519; key and signature in base64url. */
  readonly isSignedBy: (publicKey: string, text: string, signature: string) => boolean;
  /** Of a public key, as it is printed. */
  readonly fingerprintOf: (publicKey: string) => string;
};

/** What is known from paper. */
export type Claims = {
  readonly head: HeadClaim | null;
  /** Of the root key, without gaps; null when nobody says which it is. */
  readonly rootFingerprint: string | null;
};

export type Fault =
  | ChainFault
  /** It ends an epoch but does not say so in the way that ends have, or out of turn. */
  | 'bad-epoch'
  /** Not sealed by the key of its own epoch. */
  | 'wrong-seal'
  /** The root is not the one on paper, or a restart was signed by a root that was not in force. */
  | 'wrong-root'
  /** Nothing in it is signed although a root is on paper. */
  | 'unsigned'
  /** The log ends before the entry that a printed head names. */
  | 'cut'
  /** The entry that a printed head names has another hash. */
  | 'other-head';

export type Verdict = {
  readonly ok: boolean;
  /** Entries read without a fault, and the hash of the last of them. */
  readonly entries: number;
  readonly head: string;
  /** The last entry that the key of its own epoch has sealed; 0 when nothing is signed. */
  readonly signedTo: number;
  readonly epochs: number;
  /** Fingerprints of the roots, oldest first: to compare with the recovery kit. */
  readonly roots: readonly string[];
  /** Entries where the recovery code started the keys again. */
  readonly restarts: readonly number[];
  /**
   * Where the root on paper stands: the first signed log of these books begins with it; or it is `later`, named under
   * keys that only the first vouches for; or nobody said one.
   */
  readonly rootOnPaper: 'not-given' | 'first' | 'later' | 'unknown';
  /** The printed head was given and stands in the log. */
  readonly hasHead: boolean;
  readonly fault: { readonly seq: number; readonly kind: Fault } | null;
};

export type Verification = {
  /** Looks at the next entry; false once a fault has been found: nothing after it can be proved. */
  readonly take: (entry: ChainedEntry) => boolean;
  readonly finish: () => Verdict;
};

/**
 * Checks a log entry by entry, with public data only. Each hash binds an entry to all before it, and each end of an
 * epoch is sealed by the one key that the end before it named: whoever has today's key cannot seal an older epoch
 * again (CVE-2023-31439), and nobody has the older keys. What nothing in a log can show is that its tail was cut
 * off; a printed head does.
 */
export function startVerifying(crypto: AuditCrypto, claims: Claims): Verification {
  let [seq, head] = [0, GENESIS];
  let fault: Verdict['fault'] = null;
  let hasHead = false;
  const keys = startKeys(crypto);

  const faultOf = (entry: ChainedEntry): Fault | null => {
    const link = checkLink(entry, seq + 1, head, crypto.hash);
    if (link !== null) return link;
    if (claims.head?.seq === entry.seq) {
      if (!entry.hash.startsWith(claims.head.hashStart)) return 'other-head';
      hasHead = true;
    }
    return isEpochEnd(entry.action) ? keys.check(entry, entry.action) : null;
  };

  return {
    take: (entry) => {
      if (fault !== null) return false;
      const kind = faultOf(entry);
      if (kind !== null) {
        fault = { seq: kind === 'gap' ? seq + 1 : entry.seq, kind };
        return false;
      }
      [seq, head] = [entry.seq, entry.hash];
      return true;
    },
    finish: () => {
      if (fault === null && claims.head !== null && !hasHead) fault = { seq: seq + 1, kind: 'cut' };
      const { roots } = keys.state;
      const rootOnPaper = compareRoot(roots, claims.rootFingerprint);
      if (fault === null && rootOnPaper === 'unknown')
        fault = { seq: 1, kind: roots.length === 0 ? 'unsigned' : 'wrong-root' };
      return { ok: fault === null, entries: seq, head, hasHead, rootOnPaper, fault, ...keys.state };
    },
  };
}

/** The whole of a log at once. */
export function verifyLog(entries: Iterable<ChainedEntry>, crypto: AuditCrypto, claims: Claims): Verdict {
  const verification = startVerifying(crypto, claims);
  for (const entry of entries) if (!verification.take(entry)) break;
  return verification.finish();
}

function compareRoot(roots: readonly string[], onPaper: string | null): Verdict['rootOnPaper'] {
  if (onPaper === null) return 'not-given';
  const place = roots.indexOf(onPaper);
  return place === 0 ? 'first' : place > 0 ? 'later' : 'unknown';
}

type KeyState = Pick<Verdict, 'signedTo' | 'epochs' | 'roots' | 'restarts'>;

/** Follows the keys from the root through every end. */
function startKeys(crypto: AuditCrypto) {
  let state: KeyState = { signedTo: 0, epochs: 0, roots: [], restarts: [] };
  let current: string | null = null;
  let root: string | null = null;

  const check = (entry: ChainedEntry, action: EpochEndAction): Fault | null => {
    const end = readEpochEnd(entry.details);
    if (end === null || !isInTurn(end, action, state.epochs)) return 'bad-epoch';
    const signer = isSignedByRoot(action) ? end.root : current;
    if (action === 'audit.restarted' && end.root !== root) return 'wrong-root';
    if (signer === null) return 'bad-epoch';
    if (!crypto.isSignedBy(signer, sealText(unsign(entry, end), entry.previousHash), end.signature))
      return 'wrong-seal';
    current = end.next;
    root = end.root ?? root;
    const named = action === 'audit.restarted' ? null : end.root;
    state = {
      signedTo: entry.seq,
      epochs: end.epoch,
      roots: named === null ? state.roots : [...state.roots, crypto.fingerprintOf(named)],
      restarts: action === 'audit.restarted' ? [...state.restarts, entry.seq] : state.restarts,
    };
    return null;
  };

  return {
    check,
    get state() {
      return state;
    },
  };
}

/** The first end begins the signed log and comes once; each says its number, and who names a root has one. */
function isInTurn(end: EpochEnd, action: EpochEndAction, epochs: number): boolean {
  if (end.epoch !== epochs + 1 || (action === 'audit.begun') !== (epochs === 0)) return false;
  return (end.root === null) === (action === 'audit.epoch');
}
