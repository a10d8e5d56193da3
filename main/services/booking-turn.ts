import type { ReadDb } from '../db/ledger.ts';
import { importsInState } from '../db/queries/imports.ts';

/**
 * Whether confirmations and pulled rows may be booked now: never while a file is brought in or undone, for its rows are
 * not yet, or no longer, to be built on. They wait where they are, in the inbox or at Safaricom.
 */
export function mayBook(db: ReadDb): boolean {
  return (['running', 'undoing'] as const).every((state) => importsInState(db, state).length === 0);
}
