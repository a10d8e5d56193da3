import { say } from '#shared/domain/message.ts';
import { succeed } from '#shared/ipc/result.ts';
import { render } from '#shared/text/render.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { tellOnly } from '../services/reversals/approval-page.ts';

type ApprovalChannel = Extract<keyof Handlers, `approval:${string}`>;

/** The approval window: what is to be decided, and by whom. */
export function connectApproval({ core, approvalDesk }: HandlerParts): Pick<Handlers, ApprovalChannel> {
  const nothingToDecide = () =>
    tellOnly(core, { tone: 'bad', question: say('approval.nothing'), text: say('approval.nothing-text') });
  const refuse = () => {
    const page = nothingToDecide();
    return succeed({
      result: 'refused' as const,
      text: render(say('approval.nothing-text'), page.language),
      page,
    });
  };
  return {
    'approval:show': () => succeed(nothingToDecide()),
    'approval:approve': refuse,
    'approval:reject': refuse,
    'approval:close': () => {
      approvalDesk.close();
      return succeed({});
    },
  };
}
