import { z } from 'zod';
import type { Head } from '../db/ledger.ts';
import type { KeyStore, OpenLedger } from '../db/open.ts';
import { readEntryHash } from '../db/queries/epochs.ts';
import type { Log } from '../log/log.ts';
import { itemName } from '../vault/vault.ts';

/** How the log stands beside the head that the keychain remembers. */
export type AnchorFound =
  | { readonly state: 'same' | 'new' | 'missing' | 'unread' }
  /** The log ends before the anchored entry, or has another in its place. */
  | { readonly state: 'rolled-back'; readonly anchored: Head }
  /** The anchored entry is there and more follow: the power went between a commit and its anchor. */
  | { readonly state: 'ahead'; readonly anchored: Head };

export type Anchor = {
  /** Comes first: what has not been compared is never written over. */
  readonly compare: (head: Head, isSigned: boolean) => Promise<AnchorFound>;
  /** The log has grown; the anchor follows within a second. */
  readonly noteHead: (head: Head) => void;
  readonly writeNow: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const anchorItem = z.strictObject({
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A keychain answers in milliseconds, and an import commits hundreds of times a minute. */
const WRITE_EVERY_MS = 1_000;
/** A keychain that did not take it may be locked: nobody should be asked to open it every second. */
const TRY_AGAIN_AFTER_MS = 60_000;

/**
 * The last head of the log, outside of the ledger file: a ledger put back to yesterday does not fit it. `onUnkept` is
 * told once in a row of failures that the keychain does not take it.
 */
export function openAnchor(ledger: OpenLedger, keys: KeyStore, log: Log, onUnkept: () => void): Anchor {
  const name = itemName(ledger.file.id, 'audit-anchor');
  let latest: Head | null = null;
  let written: Head | null = null;
  let isCompared = false;
  let isUnkept = false;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<void> = Promise.resolve();

  const write = async () => {
    const head = latest;
    // One that could not be read may be what shows that these books were put back: it waits for the next start.
    if (head === null || head === written || !isCompared) return;
    // Of a log without an entry there is nothing to remember yet.
    if (head.seq === 0) return;
    const kept = await keys.write(name, JSON.stringify({ seq: head.seq, hash: head.hash }));
    const isNews = !kept.ok && !isUnkept;
    isUnkept = !kept.ok;
    if (kept.ok) written = head;
    else log.error('the anchor of the audit log could not be written', { problem: kept.problem });
    if (isNews) onUnkept();
    if (isUnkept) writeIn(TRY_AGAIN_AFTER_MS);
  };
  const writeIn = (ms: number) => {
    timer ??= setTimeout(() => {
      writeNow().catch((error: unknown) =>
        log.error('the anchor of the audit log was not written', { error }),
      );
    }, ms).unref();
  };
  const writeNow = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    last = last.catch(() => undefined).then(write);
    return last;
  };

  return {
    compare: async (head, isSigned) => {
      const found = await keys.read(name);
      if (!found.ok) {
        log.error('the anchor of the audit log could not be read', { problem: found.problem });
        return { state: 'unread' };
      }
      isCompared = true;
      if (found.value === null) return { state: isSigned ? 'missing' : 'new' };
      const anchored = readItem(found.value);
      if (anchored === null) return { state: 'missing' };
      if (anchored.seq > head.seq || readEntryHash(ledger.read, anchored.seq) !== anchored.hash)
        return { state: 'rolled-back', anchored };
      return anchored.seq === head.seq ? { state: 'same' } : { state: 'ahead', anchored };
    },
    noteHead: (head) => {
      latest = head;
      writeIn(WRITE_EVERY_MS);
    },
    writeNow,
    close: async () => {
      await writeNow();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Null for what is no anchor: somebody has written into the keychain. */
function readItem(text: string): Head | null {
  try {
    const parsed = anchorItem.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
