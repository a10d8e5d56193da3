import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';
import { listPulls } from '../services/pull/show-pulls.ts';

type PullChannel = Extract<keyof Handlers, `pull:${string}`>;

/** What customers paid, as Safaricom lists it itself. */
export function connectPulls({ core, pulls }: HandlerParts): Pick<Handlers, PullChannel> {
  return {
    'pull:list': () => listPulls(core, pulls),
    'pull:now': (session, input) => {
      const begun = pulls.begin(actorOf(session), input.shortCode);
      return begun.ok ? listPulls(core, pulls) : begun;
    },
    'pull:cancel': (_, input) => {
      pulls.cancel(input.shortCode);
      return listPulls(core, pulls);
    },
  };
}
