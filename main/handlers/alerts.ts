import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { dismissAlerts, listAlerts } from '../services/alerts.ts';
import { actorOf } from '../services/core.ts';

type AlertChannel = Extract<keyof Handlers, `alert:${string}`>;

/** What the program noticed by itself. */
export function connectAlerts({ core }: HandlerParts): Pick<Handlers, AlertChannel> {
  return {
    'alert:list': (_, input) => listAlerts(core, input),
    'alert:dismiss': (session, input) => dismissAlerts(core, actorOf(session), input),
  };
}
