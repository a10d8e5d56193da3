import { setImmediate as nextTurn } from 'node:timers/promises';
import { ASSUMED_ZONE, readPulledTime } from '#shared/domain/daraja/pull-time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../../db/ledger.ts';
import { markDaysToMatch } from '../../db/queries/days.ts';
import { type PulledTime, readPullZone, retime, selectPulledTimes } from '../../db/queries/pull-zone.ts';
import { readSetting, removeSetting, writeSetting } from '../../db/queries/settings.ts';
import { countTransaction } from '../checkpoint.ts';
import { type Core, dayFinder } from '../core.ts';

const ROWS_A_TRANSACTION = 500;

/**
 * Sets the times right that were read in another zone than Pull's, once a receipt has shown it; does nothing otherwise.
 * A time that a notice or a statement gave is left as it is. Killed in between, the next start goes on.
 */
export async function correctPulledTimes(core: Core, actor: Actor): Promise<void> {
  for (
    let after = readSetting(core.ledger.read, 'pull-times-unfinished');
    after !== null;
    after = readSetting(core.ledger.read, 'pull-times-unfinished')
  ) {
    const from = Number(after);
    const corrected = core.ledger.act(actor, 'pull.times-corrected', 'pull', (db) => {
      const some = selectPulledTimes(db, from, ROWS_A_TRANSACTION);
      const rows = some.filter((row) => correct(db, row, dayFinder(core))).length;
      const last = some.at(-1);
      if (last === undefined) removeSetting(db, 'pull-times-unfinished');
      else writeSetting(db, 'pull-times-unfinished', String(last.id));
      return succeed({ value: undefined, details: { rows } });
    });
    if (!corrected.ok) throw new Error(`pulled times cannot be set right: ${corrected.error.code}`);
    countTransaction(core);
    await nextTurn();
  }
}

function correct(db: WriteDb, row: PulledTime, dayOf: ReturnType<typeof dayFinder>): boolean {
  const zone = readPullZone(db) ?? ASSUMED_ZONE;
  const at = readPulledTime(row.printed, zone);
  if (at === null || at === row.at || row.at !== readPulledTime(row.printed, ASSUMED_ZONE)) return false;
  const newDay = dayOf(at);
  retime(db, row, at, newDay);
  markDaysToMatch(db, [row.day, newDay]);
  return true;
}
