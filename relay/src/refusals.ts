import type { RefusalReason } from '../../shared/domain/relay/answers.ts';
import type { RefusalCount, Storage } from './storage/storage.ts';

const MINUTE = 60_000;
/** So many addresses are told apart at a time; a flood from more than these is counted together. */
const MAX_ADDRESSES = 10_000;

export type Refused = { readonly inbox: string; readonly reason: RefusalReason; readonly address: string };

export type RefusalBook = {
  /** Counts one; true when this address has made too many within the minute. */
  readonly count: (refused: Refused) => boolean;
  /** Writes what was counted since the last time. */
  readonly save: () => Promise<void>;
};

/**
 * Everything that was turned away: by shop, reason and address, in memory until `save`, so that a flood costs no
 * writes. Only what is refused is ever limited; a request that is right is never asked how many came before.
 */
export function makeRefusalBook(
  storage: Pick<Storage, 'countRefusals'>,
  perMinute: number,
  now: () => number,
): RefusalBook {
  let counts = new Map<string, RefusalCount>();
  let recent = new Map<string, number>();
  let minute = 0;

  function isTooMany(address: string, at: number): boolean {
    const current = Math.floor(at / MINUTE);
    if (current !== minute) {
      minute = current;
      recent = new Map();
    }
    const known = recent.get(address);
    if (known === undefined && recent.size >= MAX_ADDRESSES) return true;
    recent.set(address, (known ?? 0) + 1);
    return (known ?? 0) >= perMinute;
  }

  return {
    count: ({ inbox, reason, address }) => {
      const at = now();
      const alone = `${inbox} ${reason} ${address}`;
      const isKept = counts.has(alone) || counts.size < MAX_ADDRESSES;
      const key = isKept ? alone : `${inbox} ${reason} `;
      const before = counts.get(key);
      counts.set(key, {
        inbox,
        reason,
        address: isKept ? address : '',
        count: (before?.count ?? 0) + 1,
        firstAt: before?.firstAt ?? at,
        lastAt: at,
      });
      return isTooMany(address, at);
    },
    save: async () => {
      if (counts.size === 0) return;
      const saved = counts;
      counts = new Map();
      try {
        await storage.countRefusals([...saved.values()]);
      } catch (error) {
        for (const [key, each] of saved) counts.set(key, addCounts(each, counts.get(key)));
        throw error;
      }
    },
  };
}

function addCounts(earlier: RefusalCount, later: RefusalCount | undefined): RefusalCount {
  if (later === undefined) return earlier;
  return { ...later, count: earlier.count + later.count, firstAt: earlier.firstAt };
}
