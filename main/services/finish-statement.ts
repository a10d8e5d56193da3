import { say } from '#shared/domain/message.ts';
import type { AccountChecks } from '#shared/domain/statement/checks.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { describeImport, insertImportAccount, insertProblem, setImportState } from '../db/queries/imports.ts';
import { sharpenTimes } from '../db/queries/sharpen-times.ts';
import { accountOf, tillOfNumber } from '../db/queries/tills.ts';
import { setWitnessed } from '../db/queries/witness.ts';
import { alertOfPulled } from './alert-of-pulled.ts';
import { tellAlerts } from './alerts.ts';
import { startCheckpoint } from './checkpoint.ts';
import { type Core, dayFinder } from './core.ts';
import { countSeen } from './count-witnessed.ts';
import { doneSentence, type EarlyEnd, rowsOf } from './import-outcome.ts';
import type { StatementProgress, StatementRequest } from './import-statement.ts';
import { ROWS_A_TRANSACTION } from './import-writing.ts';
import { recordStep } from './record-step.ts';
import { raiseAlerts, reportVanishedLines } from './report-vanished.ts';

/** The last transaction: what the file covers, whether it adds up, and the days that must be matched again. */
export async function finishStatement(
  core: Core,
  actor: Actor,
  request: StatementRequest,
  state: StatementProgress,
  accounts: readonly AccountChecks[],
): Promise<EarlyEnd> {
  const importId = state.importId;
  if (importId === null) throw new Error('a statement ended without a head');
  const ours = accounts.filter((account) => tillOfNumber(core.ledger.read, account.shortCode) !== null);
  const questions = await reportVanishedLines(core, actor, importId, state.head, ours, state.refused);
  const seen = await countSeen(core, importId, state.counts.known);
  const done = core.ledger.act(actor, 'import.finished', `import:${importId}`, (db) => {
    for (const checks of ours) {
      const tillId = tillOfNumber(db, checks.shortCode) as number;
      const from = state.head?.periodFrom ?? checks.firstAt;
      insertImportAccount(db, importId, accountOf(db, tillId, checks.account), checks, from);
      for (const fault of checks.breaks) insertProblem(db, importId, fault.row ?? 0, 'break', fault.reason);
    }
    describeImport(db, importId, { head: state.head, ...summarise(ours) });
    markDaysToMatch(db, sharpenTimes(db, state.sharper, dayFinder(core)));
    markDaysToMatch(db, state.days);
    setWitnessed(db, importId, { payments: state.payments, seen });
    setImportState(db, importId, 'done', core.now());
    const alerts = alertOfPulled(db, importId, request.file.name, core.now());
    const sentence = doneSentence(state.counts);
    recordStep(
      db,
      actor,
      core.now(),
      'import',
      say('step.imported', { file: request.file.name, new: state.counts.new }),
      {
        imports: [importId],
      },
    );
    return succeed({ value: { sentence, alerts }, details: { ...state.counts } });
  });
  if (!done.ok) throw new Error(`import ${importId} cannot be finished: ${done.error.code}`);
  raiseAlerts(core, questions);
  tellAlerts(core, done.value.alerts);
  if (rowsOf(state.counts) > ROWS_A_TRANSACTION) startCheckpoint(core);
  return {
    type: 'done',
    importId,
    counts: state.counts,
    sentence: done.value.sentence,
    foreign: [...state.foreign.keys()],
  };
}

function summarise(accounts: readonly AccountChecks[]) {
  const times = (pick: (account: AccountChecks) => number | null) =>
    accounts.map(pick).filter((time): time is number => time !== null);
  const covered = times((account) => account.coveredTo);
  const first = times((account) => account.firstAt);
  const last = times((account) => account.lastAt);
  return {
    firstAt: first.length > 0 ? Math.min(...first) : null,
    lastAt: last.length > 0 ? Math.max(...last) : null,
    coveredTo: covered.length > 0 ? Math.min(...covered) : null,
    isPartial: accounts.length === 0 || accounts.some((account) => account.isPartial),
    isBalanced: allBalanced(accounts),
  };
}

/** False if any account does not add up, null if any cannot say. */
function allBalanced(accounts: readonly AccountChecks[]): boolean | null {
  if (accounts.some((account) => account.balanced === false)) return false;
  return accounts.length === 0 || accounts.some((account) => account.balanced === null) ? null : true;
}
