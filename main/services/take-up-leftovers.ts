import type { Actor } from '../db/ledger.ts';
import type { Core } from './core.ts';
import { isDiskTrouble, rollBackInterrupted } from './import-writing.ts';
import { settleReported } from './settle-reported.ts';
import { finishInterruptedUndo } from './undo-import.ts';

/**
 * Takes back the imports, and carries through the undos, that met a full disk or a bug and that no job owns any more:
 * they would stand in the way of every other; and settles what an import that is done did not come to. False while the disk still refuses.
 */
export async function takeUpLeftovers(core: Core, actor: Actor): Promise<boolean> {
  try {
    await rollBackInterrupted(core, actor);
    await finishInterruptedUndo(core, actor);
    await settleReported(core, actor);
    return true;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    core.log.error('what was left half done cannot be taken up yet', { error });
    return false;
  }
}
