import { succeed } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';

type RelayChannel = Extract<keyof Handlers, `relay:${string}`>;

/** The relay that Safaricom's answers come through. */
export function connectRelay({ inbox }: HandlerParts): Pick<Handlers, RelayChannel> {
  return {
    'relay:show': () => succeed(inbox.show()),
    'relay:pair': (session, input) => inbox.pair(actorOf(session), input.code),
    'relay:forget': (session) => inbox.forget(actorOf(session)),
  };
}
