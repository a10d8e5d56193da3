import { say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

type AccessChannel = Extract<keyof Handlers, `access:${string}` | `account:${string}` | `password:${string}`>;

/** Who sits at the window: signing in and out, locking, one’s own login. */
export function connectAccess(_parts: HandlerParts): Pick<Handlers, AccessChannel> {
  const notYet = () => fail('access/out-of-order', say('error.not-yet'));
  return {
    'access:state': notYet,
    'access:sign-in': notYet,
    'access:choose-password': notYet,
    'access:unlock': notYet,
    'access:sign-out': notYet,
    'access:lock': notYet,
    'access:active': notYet,
    'access:confirm': notYet,
    'password:check': notYet,
    'account:show': notYet,
    'account:change-password': notYet,
    'account:begin-totp': notYet,
    'account:finish-totp': notYet,
    'account:remove-totp': notYet,
    'account:new-recovery-codes': notYet,
  };
}
