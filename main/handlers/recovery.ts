import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { outOfOrder } from '../services/out-of-order.ts';
import { openCodeChange, showRecovery } from '../services/recovery-code.ts';
import { resetOwner } from '../services/reset-owner.ts';

type RecoveryChannel = Extract<keyof Handlers, `recovery:${string}`>;

/** The recovery code of books that are open. */
export function connectRecovery({ core, access }: HandlerParts): Pick<Handlers, RecoveryChannel> {
  const change = openCodeChange(core, access);
  return {
    // The key is where it belongs; main/closed-app.ts answers while it is not.
    'recovery:open': () => outOfOrder(),
    'recovery:reset-owner': (_, input) => resetOwner(core, access, input),
    'recovery:show': () => showRecovery(core),
    'recovery:make-code': (session) => change.make(session),
    'recovery:confirm-code': (session, input) => change.confirm(session, input.groups),
  };
}
