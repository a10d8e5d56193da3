import { say } from '#shared/domain/message.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import type { Access } from './access/access.ts';
import { selectSteps } from './db/queries/step-views.ts';
import { connectAccess } from './handlers/access.ts';
import { connectAlerts } from './handlers/alerts.ts';
import { connectApproval } from './handlers/approval.ts';
import { connectAudit } from './handlers/audit.ts';
import { connectBalance } from './handlers/balance.ts';
import { connectCallbacks } from './handlers/callbacks.ts';
import { connectDemo } from './handlers/demo.ts';
import { connectDoctor } from './handlers/doctor.ts';
import { connectLookUps } from './handlers/look-ups.ts';
import { connectPulls } from './handlers/pulls.ts';
import { connectRecovery } from './handlers/recovery.ts';
import { connectRelay } from './handlers/relay.ts';
import { connectReversals } from './handlers/reversals.ts';
import { connectSafaricom } from './handlers/safaricom.ts';
import { connectSetup } from './handlers/setup.ts';
import { connectStaff } from './handlers/staff.ts';
import type { Handlers } from './ipc/router.ts';
import { type AboutHost, saveSettings, showState } from './services/app-state.ts';
import type { AuditJobs } from './services/audit/audit-jobs.ts';
import { checkCode } from './services/check-code.ts';
import { actorOf, type Core } from './services/core.ts';
import type { DoctorDesk } from './services/doctor/desk.ts';
import type { FileTokens } from './services/file-tokens.ts';
import { findRows } from './services/find-rows.ts';
import type { ImportJobs } from './services/import-jobs.ts';
import type { InboxDesk } from './services/inbox/inbox-desk.ts';
import type { JobBook } from './services/job-book.ts';
import type { LookUps } from './services/look-up/look-ups.ts';
import { completeSum, showCandidates } from './services/match-by-hand.ts';
import { noticePattern } from './services/offer-rule.ts';
import type { OfferedFiles } from './services/offered-files.ts';
import { parkItems, unparkItems } from './services/park-items.ts';
import { planUndo } from './services/plan-undo.ts';
import type { PullDesk } from './services/pull/pull-desk.ts';
import {
  acceptAll,
  acceptFinding,
  matchByHand,
  rejectFinding,
  unmatchLink,
} from './services/reconcile-acts.ts';
import type { ApprovalDesk } from './services/reversals/approval-desk.ts';
import { decideReview, listReviews } from './services/reviews.ts';
import { declineRule, listRules, moveRule, removeRule, saveRule, showOffer } from './services/rules.ts';
import type { SafaricomParts } from './services/safaricom/parts.ts';
import { searchLedger } from './services/search-ledger.ts';
import { setDayStart } from './services/set-day-start.ts';
import type { DemoPerson } from './services/show-access.ts';
import { showCoverage } from './services/show-coverage.ts';
import { showDetail } from './services/show-detail.ts';
import { listImports, listProblems, showImport } from './services/show-imports.ts';
import { listSales } from './services/show-sales.ts';
import { showSummary } from './services/show-summary.ts';
import { addTillNumber } from './services/tills.ts';
import { tryRule } from './services/try-rule.ts';
import { addSale, editSale, voidSale } from './services/type-sale.ts';
import { undoStep } from './services/undo-step.ts';

export type HandlerParts = {
  readonly core: Core;
  readonly access: Access;
  readonly jobs: ImportJobs;
  readonly book: JobBook;
  readonly auditJobs: AuditJobs;
  readonly about: AboutHost;
  readonly lookUps: LookUps;
  readonly pulls: PullDesk;
  readonly approvalDesk: ApprovalDesk;
  readonly safaricom: SafaricomParts;
  readonly inbox: InboxDesk;
  readonly doctor: DoctorDesk;
  readonly files: FileTokens;
  readonly offered: OfferedFiles;
  /** Invented people to try the roles as; none in a real shop. */
  readonly demoPeople: readonly DemoPerson[];
  /** What may be looked up in the demo; nothing in a real shop. */
  readonly demoExamples: () => Output<'demo:examples'>['examples'];
};

/** Which service answers which channel. The router has already checked the sender, the permission and the input. */
export function connectHandlers(parts: HandlerParts): Handlers {
  const { core, jobs, book, about } = parts;
  const noJob = () => fail('ledger/not-found', say('import.job-unknown'));
  return {
    ...connectAccess(parts),
    ...connectSetup(parts),
    ...connectRecovery(parts),
    ...connectStaff(parts),
    ...connectAudit(parts),
    ...connectSafaricom(parts),
    ...connectAlerts(parts),
    ...connectRelay(parts),
    ...connectCallbacks(parts),
    ...connectLookUps(parts),
    ...connectPulls(parts),
    ...connectDemo(parts),
    ...connectDoctor(parts),
    ...connectBalance(parts),
    ...connectReversals(parts),
    ...connectApproval(parts),

    'app:state': (session) => showState(core, session, about),
    'settings:save': (session, input) => saveSettings(core, session, about, input),
    'day-start:set': async (session, input) => {
      const set = await setDayStart(core, actorOf(session), input);
      return set.ok ? showState(core, session, about) : set;
    },
    'tills:add': (session, input) => addTillNumber(core, actorOf(session), input),

    'import:start': (session, input) => jobs.start(session, input),
    'import:preview-sales': (session, input) => jobs.preview(session, input),
    'import:list': (_, input) => listImports(core, input),
    'import:show': (_, input) => showImport(core, input.importId),
    'import:problems': (_, input) => listProblems(core, input),
    'import:plan-undo': (_, input) => planUndo(core, input.importId),
    'import:undo': (session, input) => jobs.undo(session, input.importId),
    'import:check-code': (session, input) => checkCode(core, actorOf(session), input),
    'job:show': (session, input) => {
      const job = book.show(input.jobId, session.role);
      return job ? succeed(job) : noJob();
    },
    'job:list': (session) => succeed({ jobs: book.list(session.role) }),
    'job:cancel': (session, input) => {
      const job = book.cancel(input.jobId, session.role);
      return job ? succeed(job) : noJob();
    },

    'coverage:month': (_, input) => showCoverage(core, input),
    'review:list': (_, input) => listReviews(core, input),
    'review:decide': (session, input) => decideReview(core, actorOf(session), input),

    'reconcile:summary': (_, input) => showSummary(core, input),
    'reconcile:rows': (_, input) => findRows(core, input),
    'reconcile:accept': (session, input) =>
      noticePattern(core, actorOf(session), () => acceptFinding(core, actorOf(session), input.findingId)),
    'reconcile:accept-all': (session, input) => acceptAll(core, actorOf(session), input),
    'reconcile:reject': (session, input) => rejectFinding(core, actorOf(session), input.findingId),
    'reconcile:match': (session, input) =>
      noticePattern(core, actorOf(session), () => matchByHand(core, actorOf(session), input)),
    'reconcile:unmatch': (session, input) => unmatchLink(core, actorOf(session), input.linkId),
    'reconcile:park': (session, input) => parkItems(core, actorOf(session), input),
    'reconcile:unpark': (session, input) => unparkItems(core, actorOf(session), input),
    'reconcile:candidates': (_, input) => showCandidates(core, input),
    'reconcile:complete-sum': (_, input) => completeSum(core, input),
    'step:list': (_, input) => {
      const before = input.after === null ? null : Number(input.after);
      if (before !== null && !Number.isSafeInteger(before))
        return fail('ledger/bad-input', say('error.malformed'));
      const steps = selectSteps(core.ledger.read, before, input.limit);
      const last = steps.at(-1);
      return succeed({ steps, next: steps.length === input.limit && last ? String(last.id) : null });
    },
    'step:undo': (session, input) => undoStep(core, actorOf(session), input.stepId),

    'ledger:search': (_, input) => searchLedger(core, input),
    'ledger:show': (_, input) => showDetail(core, input),
    'sale:list': (_, input) => listSales(core, input),
    'sale:add': (session, input) => addSale(core, actorOf(session), input),
    'sale:edit': (session, input) => editSale(core, actorOf(session), input),
    'sale:void': (session, input) => voidSale(core, actorOf(session), input),
    'rule:list': () => listRules(core),
    'rule:offer': () => showOffer(core),
    'rule:save': (session, input) => saveRule(core, actorOf(session), input),
    'rule:move': (session, input) => moveRule(core, actorOf(session), input),
    'rule:remove': (session, input) => removeRule(core, actorOf(session), input.ruleId),
    'rule:decline': (session, input) => declineRule(core, actorOf(session), input.ruleId),
    'rule:dry-run': (_, input) => tryRule(core, input),
  };
}
