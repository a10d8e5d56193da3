import { say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

type SetupChannel = Extract<keyof Handlers, `setup:${string}`>;

/** The first run. */
export function connectSetup(_parts: HandlerParts): Pick<Handlers, SetupChannel> {
  const notYet = () => fail('access/out-of-order', say('error.not-yet'));
  return {
    'setup:show': notYet,
    'setup:save-shop': notYet,
    'setup:make-owner': notYet,
    'setup:finish': notYet,
  };
}
