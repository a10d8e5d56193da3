import { type Message, say } from '#shared/domain/message.ts';
import type { ApprovalAnswer } from '#shared/ipc/approval-channels.ts';
import { type Failure, type Result, succeed } from '#shared/ipc/result.ts';
import { render } from '#shared/text/render.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { showApproval } from '../services/reversals/approval-view.ts';
import { approveReversal } from '../services/reversals/approve-reversal.ts';
import { reversalParts } from '../services/reversals/open-parts.ts';
import { rejectReversal } from '../services/reversals/reject-reversal.ts';

type ApprovalChannel = Extract<keyof Handlers, `approval:${string}`>;

/** The approval window: what is to be decided, and by whom. It names no reversal; the desk knows which one it is. */
export function connectApproval(parts: HandlerParts): Pick<Handlers, ApprovalChannel> {
  const { core, approvalDesk } = parts;
  const page = () => showApproval(core, approvalDesk.about());

  /** What the page says after a try: a refusal is its answer, not its failure. */
  function answer(decided: Result<unknown>): Result<ApprovalAnswer> {
    const now = page();
    if (decided.ok) return succeed({ result: 'decided', text: '', page: now });
    const { code, message } = decided.error;
    if (code === 'ipc/bug') return decided;
    const result = code === 'reversal/code-needed' ? 'code-needed' : 'refused';
    return succeed({ result, text: render(message, now.language), page: now });
  }
  const nothing = (): Result<never> => refuse(say('approval.nothing-text'));

  return {
    'approval:show': () => succeed(page()),
    'approval:approve': async (_, { hash, name, password, code }) => {
      const reversalId = approvalDesk.about();
      if (reversalId === null) return answer(nothing());
      const approval = { reversalId, viewHash: hash, name, password, code };
      return answer(await approveReversal(reversalParts(parts), approval));
    },
    'approval:reject': async (_, { name, password, code, reason }) => {
      const reversalId = approvalDesk.about();
      if (reversalId === null) return answer(nothing());
      return answer(await rejectReversal(parts, { reversalId, name, password, code, reason }));
    },
    'approval:close': () => {
      approvalDesk.close();
      return succeed({});
    },
  };
}

function refuse(message: Message): { ok: false; error: Failure } {
  return { ok: false, error: { code: 'reversal/changed', message } };
}
