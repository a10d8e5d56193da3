import { setImmediate as nextTurn } from 'node:timers/promises';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { selectToSettle, settleMovement } from '../db/queries/settle-movements.ts';
import { countTransaction } from './checkpoint.ts';
import { type Core, dayFinder } from './core.ts';
import { correctPulledTimes } from './pull/correct-times.ts';

const ROWS_A_TRANSACTION = 500;

/**
 * Payments that were only reported, and that a statement which is now in the books shows, take what it says of them and
 * hang on it. A batch a transaction; what a crash leaves, the next start or the next file settles.
 */
export async function settleReported(core: Core, actor: Actor): Promise<void> {
  for (
    let lines = selectToSettle(core.ledger.read, ROWS_A_TRANSACTION);
    lines.length > 0;
    lines = selectToSettle(core.ledger.read, ROWS_A_TRANSACTION)
  ) {
    const [first] = lines;
    const ofOne = lines.filter((line) => line.importId === first?.importId);
    const settled = core.ledger.act(actor, 'import.settled', `import:${first?.importId}`, (db) => {
      const dayOf = dayFinder(core);
      const days = ofOne.map((line) => settleMovement(db, line, dayOf));
      markDaysToMatch(db, new Set(days.flat()));
      return succeed({
        value: undefined,
        details: { settled: days.filter((changed) => changed.length > 0).length },
      });
    });
    if (!settled.ok) throw new Error(`reported payments cannot be settled: ${settled.error.code}`);
    countTransaction(core);
    await nextTurn();
  }
  await correctPulledTimes(core, actor);
}
