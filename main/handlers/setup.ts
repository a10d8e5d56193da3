import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { openOwnerSetup } from '../services/set-up-owner.ts';
import { saveShopDraft, showSetup } from '../services/set-up-shop.ts';

type SetupChannel = Extract<keyof Handlers, `setup:${string}`>;

/** The contract lets nobody else ask for these. */
const WINDOW = 'main';

/** The first run. */
export function connectSetup({ core, access }: HandlerParts): Pick<Handlers, SetupChannel> {
  const owner = openOwnerSetup(core, access);
  return {
    'setup:show': () => showSetup(core),
    'setup:save-shop': (_, input) => saveShopDraft(core, input),
    'setup:make-owner': (_, input) => owner.makeOwner(input),
    'setup:finish': (_, input) => owner.finish(input, WINDOW),
  };
}
