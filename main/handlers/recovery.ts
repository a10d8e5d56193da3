import { say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

type RecoveryChannel = Extract<keyof Handlers, `recovery:${string}`>;

/** The recovery code. */
export function connectRecovery(_parts: HandlerParts): Pick<Handlers, RecoveryChannel> {
  const notYet = () => fail('access/out-of-order', say('error.not-yet'));
  return {
    'recovery:open': notYet,
    'recovery:reset-owner': notYet,
    'recovery:show': notYet,
    'recovery:make-code': notYet,
    'recovery:confirm-code': notYet,
  };
}
