import { say } from '#shared/domain/message.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { Actor } from '../db/ledger.ts';
import { recallMap } from '../db/queries/column-maps.ts';
import type { InputFile } from '../readers/types.ts';
import type { Core } from './core.ts';
import type { EarlyEnd, ImportOutcome } from './import-outcome.ts';
import { importSales, shapeKey } from './import-sales.ts';
import { importStatement } from './import-statement.ts';
import { isDiskTrouble, rollBackImport } from './import-writing.ts';
import type { RunningJob } from './job-book.ts';
import { matchChangedDays } from './match-days.ts';
import { settleReported } from './settle-reported.ts';
import { takeUpLeftovers } from './take-up-leftovers.ts';
import { putDown } from './work-in-hand.ts';
import { holdYoungSpace } from './young-space.ts';

export type ImportRequest = {
  readonly file: InputFile;
  /** `auto`: whatever the content says it is. */
  readonly kind: 'auto' | 'statement' | 'sales';
  readonly shortCode?: string;
  readonly dates?: DateOrder;
  readonly map?: ColumnMap;
  /** Opens a locked PDF. Handed to the reader and nowhere else. */
  readonly password?: string;
  readonly everyNumberIsOurs: boolean;
  /** The command line brings in all its files first and matches once. */
  readonly matchAfter: boolean;
};

/** Brings one file into the ledger and matches the days it changed. Whatever goes wrong, nothing is left half done. */
export async function importFile(
  core: Core,
  actor: Actor,
  request: ImportRequest,
  job: RunningJob,
): Promise<ImportOutcome> {
  if (!(await takeUpLeftovers(core, actor))) return { type: 'failed', reason: say('import.disk-trouble') };
  const letGrow = holdYoungSpace();
  const outcome = await bringIn(core, actor, request, job).finally(letGrow);
  if (outcome.type === 'done') await settleIfPossible(core, actor);
  if (outcome.type === 'done' && request.matchAfter) {
    job.update({ stage: 'matching', fraction: null, secondsLeft: null });
    await matchChangedDays(core, actor);
  }
  return outcome;
}

/** The file is in the books: what a full disk keeps from being settled, the next file or the next start settles. */
async function settleIfPossible(core: Core, actor: Actor): Promise<void> {
  try {
    await settleReported(core, actor);
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    core.log.error('reported payments could not be settled yet', { error });
  }
}

async function bringIn(
  core: Core,
  actor: Actor,
  request: ImportRequest,
  job: RunningJob,
): Promise<ImportOutcome> {
  if (request.kind === 'sales') return bringInSales(core, actor, request, job);
  const asStatement = await guarded(core, actor, job, () => importStatement(core, actor, request, job));
  if (asStatement.type !== 'refused' || request.kind === 'statement') return asStatement;
  const mayBeSales = ['is-sales-file', 'not-a-statement'].includes(asStatement.refusal.code);
  return mayBeSales ? bringInSales(core, actor, request, job) : asStatement;
}

/** A file with columns nobody knows is read by the map last used for such a header, or asks for one. */
async function bringInSales(
  core: Core,
  actor: Actor,
  request: ImportRequest,
  job: RunningJob,
): Promise<ImportOutcome> {
  const first = await guarded(core, actor, job, () => importSales(core, actor, request, job));
  if (first.type !== 'asks' || first.question.ask !== 'columns' || request.map) return first;
  const learnt = first.headerShape
    ? recallMap(core.ledger.read, shapeKey({ headerShape: first.headerShape }))
    : null;
  if (!learnt) return first;
  const dates = request.dates ?? learnt.dates;
  const again = { ...request, map: learnt.map, ...(dates ? { dates } : {}) };
  return guarded(core, actor, job, () => importSales(core, actor, again, job));
}

/** Runs an import; an early end, a full disk or a bug takes its rows back. */
async function guarded(
  core: Core,
  actor: Actor,
  job: RunningJob,
  run: () => Promise<EarlyEnd>,
): Promise<ImportOutcome> {
  try {
    const outcome = await run();
    if ('rollBack' in outcome && outcome.rollBack !== undefined)
      await rollBackImport(
        core,
        actor,
        outcome.rollBack,
        outcome.type === 'cancelled' ? 'cancelled' : 'failed',
      );
    return outcome;
  } catch (error) {
    const importId = job.view().importId;
    if (importId !== null) await takeBackAfterTrouble(core, actor, importId);
    if (!isDiskTrouble(error)) throw error;
    return { type: 'failed', reason: say('import.disk-trouble') };
  } finally {
    const importId = job.view().importId;
    if (importId !== null) putDown(core, importId);
  }
}

/** With a full disk even taking back can fail; then the next import, undo or start does it: it is still `running`. */
async function takeBackAfterTrouble(core: Core, actor: Actor, importId: number): Promise<void> {
  try {
    await rollBackImport(core, actor, importId, 'failed');
  } catch (error) {
    core.log.error('an import could not be taken back yet; the next one will', { importId, error });
  }
}
