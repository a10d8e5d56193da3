import { say } from '#shared/domain/message.ts';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { Access } from '../../access/access.ts';
import type { EpochProblem } from '../../audit/keeper.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import { proveCode } from '../prove-code.ts';
import { showHead } from './show-head.ts';

/**
 * After a restore or a lost keychain: whoever holds the recovery code starts the signing again, and every alarm ends. A
 * log whose signing never began, because the keychain took no key at the first run, begins with it.
 */
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
    const isUnsigned = !restarted.ok && restarted.problem === 'unsigned';
    const begun = isUnsigned ? await core.audit.begin(actor, root, settle) : restarted;
    // A beginning answers no alarm; the code that was typed for both does.
    const isAnswered = !begun.ok || core.audit.alarm() === null;
    const started = isAnswered ? begun : await core.audit.restart(actor, root);
    if (!started.ok) return refuse(started.problem);
    core.tell('ledger:changed', { areas: ['audit', 'settings'] });
    return showHead(core);
  });
}

function refuse(problem: EpochProblem): Result<never> {
  if (problem === 'wrong-root') return fail('recovery/wrong-code', say('audit.restart-other-root'));
  if (problem === 'no-keychain') return fail('access/out-of-order', say('audit.restart-no-keychain'));
  throw new Error(`the signed log cannot be started: ${problem}`);
}
