import { say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

type AuditChannel = Extract<keyof Handlers, `audit:${string}`>;

/** The audit log. */
export function connectAudit(_parts: HandlerParts): Pick<Handlers, AuditChannel> {
  const notYet = () => fail('access/out-of-order', say('error.not-yet'));
  return {
    'audit:list': notYet,
    'audit:show': notYet,
    'audit:head': notYet,
    'audit:verify': notYet,
    'audit:export': notYet,
    'audit:cancel': notYet,
    'audit:restart': notYet,
  };
}
