import { say } from '#shared/domain/message.ts';
import { type Failure, fail } from '#shared/ipc/result.ts';

/** The password fits and the second factor is missing: the window has a field for it and left it empty. */
export function refuseWithoutCode(): { ok: false; error: Failure } {
  return fail('access/refused', say('access.code-missing'));
}
