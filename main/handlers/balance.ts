import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { askBalance } from '../services/balance/ask-balance.ts';
import { listBalances, showBalance } from '../services/balance/show-balance.ts';
import { actorOf } from '../services/core.ts';

type BalanceChannel = Extract<keyof Handlers, `balance:${string}`>;

/** What the accounts with Safaricom hold. */
export function connectBalance({ core, safaricom }: HandlerParts): Pick<Handlers, BalanceChannel> {
  return {
    'balance:show': () => showBalance(core),
    'balance:ask': (session, input) => askBalance(safaricom, actorOf(session), input.shortCode),
    'balance:history': (_, input) => listBalances(core, input.shortCode),
  };
}
