import { setImmediate as nextTurn } from 'node:timers/promises';
import { lastOfNextRows } from '../db/queries/plan-undo.ts';
import { countWitnessed, hasSightings } from '../db/queries/witness.ts';
import type { Core } from './core.ts';

/** Rows looked at between two turns of everybody else. */
const ROWS_A_LOOK = 20_000;

/** How many payments of a file that is coming in Safaricom itself has shown. What only this file brought, nobody saw yet. */
export async function countSeen(core: Core, importId: number, known: number): Promise<number> {
  const db = core.ledger.read;
  if (known === 0 || !hasSightings(db)) return 0;
  const file = { kind: 'statement', id: importId } as const;
  let seen = 0;
  let after = -1;
  for (
    let upTo = lastOfNextRows(db, file, after, ROWS_A_LOOK);
    upTo !== null;
    upTo = lastOfNextRows(db, file, after, ROWS_A_LOOK)
  ) {
    seen += countWitnessed(db, importId, after, upTo).seen;
    after = upTo;
    await nextTurn();
  }
  return seen;
}
