import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { explainPasted, listCallbacks, listRefused, showCallback } from '../services/inbox/callback-list.ts';

type CallbackChannel = Extract<keyof Handlers, `callback:${string}`>;

/** Everything that came from Safaricom. */
export function connectCallbacks({ core }: HandlerParts): Pick<Handlers, CallbackChannel> {
  return {
    'callback:list': (_, input) => listCallbacks(core, input),
    'callback:show': (session, input) => showCallback(core, session, input.callbackId),
    'callback:explain': (_, input) => explainPasted(core, input.text),
    'callback:refused': () => listRefused(core),
  };
}
