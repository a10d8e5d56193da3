import { say } from '#shared/domain/message.ts';
import type { ApprovalAnswer } from '#shared/ipc/approval-channels.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { render } from '#shared/text/render.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { showApproval } from '../services/reversals/approval-view.ts';
import { approveReversal } from '../services/reversals/approve-reversal.ts';
import type { Shown } from '../services/reversals/find-shown.ts';
import { reversalParts } from '../services/reversals/open-parts.ts';
import { rejectReversal } from '../services/reversals/reject-reversal.ts';

type ApprovalChannel = Extract<keyof Handlers, `approval:${string}`>;

/** The approval window: what is to be decided, and by whom. It names no reversal; the desk knows which one it is. */
export function connectApproval(parts: HandlerParts): Pick<Handlers, ApprovalChannel> {
  const { core, approvalDesk } = parts;
  const page = () => showApproval(core, approvalDesk);

  /** Decides with the page that was shown. One that is refused may be tried again; one that decided is spent. */
  async function decideWith(
    token: string,
    decide: (shown: Shown) => Promise<Result<unknown>>,
  ): Promise<Result<ApprovalAnswer>> {
    if (approvalDesk.about() === null) return answer(fail('reversal/changed', say('approval.nothing-text')));
    const taken = approvalDesk.takePage(token, core.now());
    if (!taken.ok) return answer(fail('reversal/changed', taken.why));
    const { reversalId, hash, putBack } = taken.page;
    const decided = await decide({ reversalId, viewHash: hash });
    if (!decided.ok) putBack();
    return answer(decided);
  }

  /** What the page says after a try: a refusal is its answer, not its failure. */
  function answer(decided: Result<unknown>): Result<ApprovalAnswer> {
    const now = page();
    if (decided.ok) return succeed({ result: 'decided', text: '', page: now });
    const { code, message } = decided.error;
    if (code === 'ipc/bug') return decided;
    return succeed({ result: resultOf(code), text: render(message, now.language), page: now });
  }

  return {
    'approval:show': () => succeed(page()),
    'approval:approve': (_, { page: token, ...signature }) =>
      decideWith(token, (shown) => approveReversal(reversalParts(parts), { ...shown, ...signature })),
    'approval:reject': (_, { page: token, ...rejection }) =>
      decideWith(token, (shown) => rejectReversal(parts, { ...shown, ...rejection })),
    'approval:close': () => {
      approvalDesk.close();
      return succeed({});
    },
  };
}

function resultOf(code: ErrorCode): ApprovalAnswer['result'] {
  if (code === 'reversal/code-needed') return 'code-needed';
  return code === 'reversal/changed' ? 'stale' : 'refused';
}
