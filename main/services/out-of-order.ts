import { say } from '#shared/domain/message.ts';
import { type Failure, fail } from '#shared/ipc/result.ts';

/** What was asked for does not fit the state that the window is in; the page asks for that state again. */
export function outOfOrder(): { ok: false; error: Failure } {
  return fail('access/out-of-order', say('access.out-of-order'));
}
