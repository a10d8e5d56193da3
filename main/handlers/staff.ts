import { say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

type StaffChannel = Extract<keyof Handlers, `staff:${string}` | `phone:${string}`>;

/** The people of the shop, and what of customers they may see. */
export function connectStaff(_parts: HandlerParts): Pick<Handlers, StaffChannel> {
  const notYet = () => fail('access/out-of-order', say('error.not-yet'));
  return {
    'staff:list': notYet,
    'staff:add': notYet,
    'staff:set-role': notYet,
    'staff:set-active': notYet,
    'staff:reset-password': notYet,
    'staff:reset-totp': notYet,
    'staff:end-sessions': notYet,
    'staff:set-approver': notYet,
    'phone:reveal': notYet,
  };
}
