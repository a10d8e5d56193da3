import { say } from '#shared/domain/message.ts';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { Access } from '../../access/access.ts';
import type { EpochProblem } from '../../audit/keeper.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { proveCode } from '../prove-code.ts';
import { showHead } from './show-head.ts';

/** After a restore or a lost keychain: whoever holds the recovery code starts the signing again, and every alarm ends. */
export function restartLog(
  core: Core,
  access: Access,
  session: Session,
  typed: string,
): Promise<Result<AuditHead>> {
  return access.inTurn(async () => {
    const actor = actorOf(session);
    const proved = await proveCode(core, access, { typed, occasion: 'restart-log', actor });
    if (!proved.ok) return proved;
    const { root, settle } = proved.value;
    const restarted = await core.audit.restart(actor, root, settle);
    if (!restarted.ok) return refuse(restarted.problem);
    core.tell('ledger:changed', { areas: ['audit', 'settings'] });
    return showHead(core);
  });
}

function refuse(problem: EpochProblem): Result<never> {
  if (problem === 'wrong-root') return fail('recovery/wrong-code', say('audit.restart-other-root'));
  if (problem === 'no-keychain') return fail('access/out-of-order', say('audit.restart-no-keychain'));
  return fail('access/out-of-order', say('audit.restart-unsigned'));
}
