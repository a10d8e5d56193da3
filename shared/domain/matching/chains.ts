/**
 * An index from a key to all positions that have it, in ascending order: one map entry a key and one integer a
 * position, so that a million rows do not become a million small arrays.
 */
export type Chains<K> = { readonly head: ReadonlyMap<K, number>; readonly next: Int32Array };

/** Indexes the positions 0 … count − 1. A null key leaves the position out. */
export function chainBy<K>(count: number, keyOf: (index: number) => K | null): Chains<K> {
  const head = new Map<K, number>();
  const next = new Int32Array(count).fill(-1);
  for (let index = count - 1; index >= 0; index--) {
    const key = keyOf(index);
    if (key === null) continue;
    next[index] = head.get(key) ?? -1;
    head.set(key, index);
  }
  return { head, next };
}

/** All positions of a key, ascending. */
export function follow<K>(chains: Chains<K>, key: K): number[] {
  return followFrom(chains, chains.head.get(key) ?? -1);
}

/** This position and all later ones of its key, ascending; none from −1. */
export function followFrom<K>(chains: Chains<K>, first: number): number[] {
  const found: number[] = [];
  for (let at = first; at >= 0; at = chains.next[at] ?? -1) found.push(at);
  return found;
}
