import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';
import { holdPayment, releaseClaim } from '../services/look-up/claims.ts';
import { findSales, searchPayments } from '../services/look-up/find-sales.ts';
import { listLookUps, showLookUp } from '../services/look-up/show-look-up.ts';

type LookUpChannel = Extract<keyof Handlers, `look-up:${string}` | `claim:${string}`>;

/** Whether a payment is real, and holding it at the counter. */
export function connectLookUps({ core, lookUps }: HandlerParts): Pick<Handlers, LookUpChannel> {
  return {
    'look-up:ask': (session, input) => lookUps.ask(actorOf(session), input),
    'look-up:show': (_, input) => showLookUp(core, input),
    'look-up:list': (session, input) => listLookUps(core, actorOf(session), input),
    'look-up:again': (session, input) => lookUps.again(actorOf(session), input.lookUpId),
    'look-up:search': (_, input) => searchPayments(core, input),
    'claim:hold': (session, input) => holdPayment(core, actorOf(session), input),
    'claim:release': (session, input) => releaseClaim(core, actorOf(session), input),
    'claim:sales': (_, input) => findSales(core, input),
  };
}
