import { connectApproval } from '#main/handlers/approval.ts';
import type { HandlerParts } from '#main/handlers.ts';
import { type ApprovalDesk, openApprovalDesk } from '#main/services/reversals/approval-desk.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import type { ApprovalAnswer, ApprovalView } from '#shared/ipc/approval-channels.ts';
import { PEOPLE } from './people.ts';
import { unwrap } from './results.ts';
import type { ReversalShop } from './reversal-shop.ts';

/** The approval window as its page knows it: what it shows, and a decision with the page that was shown. */
export type ApprovalWindow = {
  readonly desk: ApprovalDesk;
  /** Of a page that asks: its token, facts, warnings. */
  readonly show: () => Promise<Extract<ApprovalView, { state: 'asked' }>>;
  readonly approve: (page: string, by?: Role, code?: string | null) => Promise<ApprovalAnswer>;
  readonly reject: (page: string, by?: Role, code?: string | null) => Promise<ApprovalAnswer>;
};

export function openApprovalWindow(
  { shop, access, parts }: ReversalShop,
  ticks: () => number = () => 0,
): ApprovalWindow {
  const desk = openApprovalDesk(ticks);
  const handlers = connectApproval({
    core: shop.core,
    access,
    safaricom: parts,
    approvalDesk: desk,
  } as unknown as HandlerParts);
  const signed = (page: string, by: Role, code: string | null) => {
    const { name, password } = PEOPLE[by];
    return { page, name, password, code };
  };
  return {
    desk,
    show: async () => {
      const { view } = unwrap(await handlers['approval:show'](null, {}));
      if (view.state !== 'asked') throw new Error(`the window does not ask: ${view.text}`);
      return view;
    },
    approve: async (page, by = 'owner', code = null) =>
      unwrap(await handlers['approval:approve'](null, signed(page, by, code))),
    reject: async (page, by = 'owner', code = null) =>
      unwrap(await handlers['approval:reject'](null, { ...signed(page, by, code), reason: 'Not this one' })),
  };
}
