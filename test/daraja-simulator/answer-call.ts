import { authorize } from './authorize.ts';
import { type Outcome, refuse } from './outcome.ts';
import { BALANCE } from './products/balance.ts';
import { registerUrls, simulatePayment } from './products/c2b.ts';
import { queryPull, registerPull } from './products/pull.ts';
import { take } from './products/question.ts';
import { REVERSAL } from './products/reversal.ts';
import { STATUS } from './products/status.ts';
import { pushPrompt } from './products/stk-push.ts';
import { queryPrompt } from './products/stk-query.ts';
import { giveToken } from './products/token.ts';
import type { Product, RouteFound } from './products.ts';
import type { Incoming } from './wire/listen.ts';
import type { Call, World } from './world.ts';

const HANDLERS: Readonly<Record<Exclude<Product, 'token'>, (world: World, call: Call) => Outcome>> = {
  status: (world, call) => take(world, call, STATUS),
  reversal: (world, call) => take(world, call, REVERSAL),
  balance: (world, call) => take(world, call, BALANCE),
  'pull-register': registerPull,
  'pull-query': queryPull,
  'c2b-register': registerUrls,
  'c2b-simulate': simulatePayment,
  'stk-push': pushPrompt,
  'stk-query': queryPrompt,
};

/** Safaricom's answer when nothing goes wrong on the way: path, token, body, product, in this order. */
export function answerCall(
  world: World,
  incoming: Incoming,
  route: RouteFound,
  body: Call['body'] | null,
): Outcome {
  if (route.product === null)
    return route.problem === 'no-such-path'
      ? refuse(world, 404, '404.001.01', 'Resource not found')
      : refuse(world, 405, '405.001', 'Method Not Allowed');
  if (route.product === 'token') return giveToken(world, incoming);
  const caller = authorize(world, route.product, incoming.authorization);
  if ('refused' in caller) return caller.refused;
  const isJson = incoming.contentType?.toLowerCase().startsWith('application/json') === true;
  if (body === null || !isJson) return refuse(world, 400, '400.002.05', 'Invalid Request Payload');
  return HANDLERS[route.product](world, { app: caller.app, path: incoming.path, body });
}

/** A body that is a JSON object, or null. */
export function readBody(text: string): Call['body'] | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Call['body'])
      : null;
  } catch {
    // Not JSON: the gateway says so.
    return null;
  }
}
