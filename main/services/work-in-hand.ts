import type { Core } from './core.ts';

/** The imports that a job of this run of the program is bringing in, taking back or undoing. */
const inHand = new WeakMap<Core['ledger'], Set<number>>();

export function takeInHand(core: Core, importId: number): void {
  const ids = inHand.get(core.ledger) ?? new Set();
  inHand.set(core.ledger, ids.add(importId));
}

export function putDown(core: Core, importId: number): void {
  inHand.get(core.ledger)?.delete(importId);
}

/** False for an unfinished import or undo that nobody works on: a full disk, a bug or a crash left it behind. */
export function isInHand(core: Core, importId: number): boolean {
  return inHand.get(core.ledger)?.has(importId) ?? false;
}
