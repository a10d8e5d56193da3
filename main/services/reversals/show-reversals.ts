import { writeFile } from 'node:fs/promises';
import { headCode } from '#shared/domain/audit/head-code.ts';
import { say } from '#shared/domain/message.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { selectCall } from '../../db/queries/api-calls.ts';
import { readAuditEntry } from '../../db/queries/audit-log.ts';
import { readHead } from '../../db/queries/epochs.ts';
import { readPayment } from '../../db/queries/item-views.ts';
import { findAttachment, openAttachment } from '../../db/queries/reversal-attachments.ts';
import { livePaymentOf, readAskedPayment } from '../../db/queries/reversal-facts.ts';
import { countReversals, selectReversals, TAB_STATES } from '../../db/queries/reversal-lists.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import { type ReversalRow, readReversal, reversalsIn, selectSteps } from '../../db/queries/reversals.ts';
import { readSetting } from '../../db/queries/settings.ts';
import type { Session } from '../../ipc/session.ts';
import type { Core } from '../core.ts';
import type { OfferedFiles } from '../offered-files.ts';
import { readIdCursor, takePage } from '../pages.ts';
import { coverAfter } from './decide-not-reversed.ts';
import { describeReversal } from './describe-reversal.ts';
import { nextAsking } from './follow-up.ts';
import { problemsOf } from './gather-facts.ts';
import { gatherWarnings } from './gather-warnings.ts';

/** What waits, what is under way, and what was: a page of one of them, with the counts of all. */
export function listReversals(
  core: Core,
  session: Session,
  { tab, after, limit }: Input<'reversal:list'>,
): Result<Output<'reversal:list'>> {
  const before = readIdCursor(after);
  if (!before.ok) return before;
  const db = core.ledger.read;
  const { page, next } = takePage(selectReversals(db, tab, before.value, limit + 1), limit);
  const counts = countReversals(db);
  const countOf = (of: keyof typeof TAB_STATES) =>
    TAB_STATES[of].reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  return succeed({
    reversals: page.map((reversal) => describeReversal(db, session, reversal)),
    next,
    counts: {
      waiting: countOf('waiting'),
      open: countOf('open'),
      unknown: counts.get('unknown') ?? 0,
      history: countOf('history'),
      forYou: countForYou(core, session),
    },
  });
}

/** Waiting for an approver that this person is: their own only where there is no other. */
function countForYou(core: Core, { staffId }: Session): number {
  const db = core.ledger.read;
  const approvers = selectApproverFacts(db);
  const mine = approvers.find(({ id }) => id === staffId);
  if (mine === undefined) return 0;
  const isAlone = mine.role === 'owner' && approvers.length === 1;
  return reversalsIn(db, ['requested']).filter(
    ({ requestedBy, amountCents }) =>
      (requestedBy !== staffId || isAlone) && (mine.role === 'owner' || amountCents <= (mine.capCents ?? 0)),
  ).length;
}

/** One of them whole: its life in words, what speaks for and against it, and what to print. */
export function showReversal(
  core: Core,
  session: Session,
  { reversalId }: Input<'reversal:show'>,
): Result<Output<'reversal:show'>> {
  const db = core.ledger.read;
  const reversal = readReversal(db, reversalId);
  if (reversal === null) return fail('ledger/not-found', say('reversal.not-found'));
  const view = describeReversal(db, session, reversal);
  const payment = readPayment(db, view.paymentId);
  if (payment === null) throw new Error(`the payment of ${view.name} is not there`);
  const isWaiting = reversal.state === 'requested';
  const call = reversal.callId === null ? null : selectCall(db, reversal.callId);
  const head = readHead(db);
  const steps = selectSteps(db, reversalId);
  return succeed({
    reversal: view,
    payment,
    timeline: steps.map(({ at, by, state, what, auditSeq }) => ({ at, by, state, what, auditSeq })),
    warnings: isWaiting ? gatherWarnings(db, reversal, core.now()) : [],
    problems: isWaiting ? problemsNow(core, reversal) : [],
    said:
      reversal.code === null && reversal.text === null ? null : { code: reversal.code, text: reversal.text },
    call:
      call === null
        ? null
        : {
            originatorConversationId: call.originatorConversationId,
            conversationId: call.conversationId,
            at: call.askedAt,
          },
    asksAgainAt: nextAsking(core, reversal),
    cover: coverAfter(db, reversal),
    attachment: findAttachment(db, reversalId),
    voucher: {
      shop: readSetting(db, 'shop-name') ?? '',
      entries: [...new Set(steps.map(({ auditSeq }) => auditSeq))].map((seq) => ({
        seq,
        code: codeOf(core, seq),
      })),
      head: { entries: head.seq, code: headCode(head.seq, head.hash) },
    },
  });
}

function codeOf(core: Core, seq: number): string {
  const entry = readAuditEntry(core.ledger.read, seq);
  return entry === null ? '–' : headCode(seq, entry.hash);
}

/** Why it may not go back any more, though it was asked for. */
export function problemsNow(core: Pick<Core, 'ledger' | 'now'>, reversal: ReversalRow) {
  const db = core.ledger.read;
  const { id, receipt, tillId, movementId, shortCode, saleId } = reversal;
  const { method, amountCents, requestedBy } = reversal;
  const payment = readAskedPayment(db, livePaymentOf(db, receipt, tillId) ?? movementId);
  const now: UtcMs = core.now();
  const asking = { payment, method, amountCents, requestedBy, saleId, now };
  return problemsOf(db, { ...asking, exceptId: id, shortCode });
}

/** The photo or PDF of a request, as a file to save. */
export async function offerAttachment(
  core: Core,
  offered: OfferedFiles,
  session: Session,
  { reversalId }: Input<'reversal:attachment'>,
): Promise<Result<Output<'reversal:attachment'>>> {
  const db = core.ledger.read;
  const about = findAttachment(db, reversalId);
  const content = openAttachment(db, reversalId);
  if (about === null || content === null) return fail('ledger/not-found', say('reversal.no-attachment'));
  const ending = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' }[about.kind];
  const name = `${reversalName(reversalId)}.${ending}`;
  const path = offered.makePlace();
  await writeFile(path, content, { mode: 0o600 });
  return succeed({ token: offered.offer(session, path, name), name });
}
