import { refusesToken } from '#shared/domain/daraja/token.ts';
import { SECOND, type UtcMs } from '#shared/domain/time.ts';
import { type Limits, openExchange, type TestNetwork, USUAL_LIMITS } from './exchange.ts';
import { checkOrigin } from './hosts.ts';
import type { DarajaLine, LineReply, LineRequest } from './line.ts';
import { ROUTES } from './routes.ts';
import { openTokens } from './tokens.ts';
import { ABORTED, openTurns } from './turns.ts';

/** What the line says of itself: never a body, a key or a token. */
export type LineLog = {
  readonly warn: (what: string, facts?: Record<string, unknown>) => void;
  /** Hears each new token, so that the log can hide it. */
  readonly hide?: (secret: string) => void;
};

export type LineOptions = {
  /** One of `HOSTS`, or this computer. */
  readonly origin: string;
  readonly now: () => UtcMs;
  readonly log: LineLog;
  /** Milliseconds from the beginning of one request to that of the next; a second by default. */
  readonly pace?: number;
  readonly limits?: Partial<Limits>;
  readonly network?: TestNetwork;
};

const NOT_IN_TIME: LineReply = { type: 'not-sent', reason: 'aborted' };

/** Opens the line to Daraja, or to a simulator on this computer. Nothing is sent before somebody asks. */
export function openDarajaLine(options: LineOptions): DarajaLine {
  const { origin, now, log, pace = SECOND, limits, network } = options;
  checkOrigin(origin);
  let gap: ReturnType<DarajaLine['clockGap']> = null;
  const heardDate = (header: string) => {
    const theirs = Date.parse(header);
    const at = now();
    if (!Number.isNaN(theirs)) gap = { ms: theirs - at, at };
  };
  const exchange = openExchange({
    origin,
    heardDate,
    limits: { ...USUAL_LIMITS, ...limits },
    ...(network ? { network } : {}),
  });
  const turns = openTurns(pace);
  const tokens = openTokens((outgoing) => turns.atPace(() => exchange(outgoing)), now, log.hide);

  const post = async ({ product, body }: LineRequest, token: string, signal: AbortSignal | undefined) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const outgoing = { ...ROUTES[product], headers, body: JSON.stringify(body), hide: token };
    const reply = await turns.atPace(() => exchange(outgoing), signal);
    return reply === ABORTED ? NOT_IN_TIME : plain(reply);
  };

  const sendNow = async (request: LineRequest, signal: AbortSignal | undefined): Promise<LineReply> => {
    const { keys, product, hearToken } = request;
    const first = await tokens.get(keys, hearToken);
    if (!first.ok) return first.why;
    const reply = await post(request, first.token, signal);
    if (!isTokenRefused(reply)) return reply;
    // Money is never asked for twice, whatever was said to the first.
    if (product === 'reversal') {
      tokens.forget(keys, first.token);
      return reply;
    }
    const second = await tokens.replace(keys, first.token, hearToken);
    return second.ok ? post(request, second.token, signal) : second.why;
  };

  const note = (product: string, reply: LineReply): LineReply => {
    if (reply.type !== 'answered') {
      const { reason, status } = reply;
      log.warn('Safaricom did not answer', { product, ended: reply.type, reason, status });
    }
    return reply;
  };

  return {
    origin,
    send: async (request, signal) => {
      const { product } = request;
      const ended = await turns.ofProduct(product, () => sendNow(request, signal), signal);
      return ended === ABORTED ? NOT_IN_TIME : note(product, ended);
    },
    checkKeys: async (keys) => {
      const token = await tokens.renew(keys);
      return note('token', token.ok ? { type: 'answered', status: 200, body: null } : token.why);
    },
    clockGap: () => gap,
    close: turns.close,
  };
}

/** Also by a page, or by nothing at all: HTTP 401 needs no words. */
function isTokenRefused(reply: LineReply): boolean {
  if (reply.type === 'not-sent' || reply.status === undefined) return false;
  return refusesToken(reply.status, reply.type === 'answered' ? reply.body : null);
}

/** Without what only the token call needs to know. */
function plain(reply: Awaited<ReturnType<ReturnType<typeof openExchange>>>): LineReply {
  if (reply.type !== 'lost') return reply;
  const { isEmpty: _, ...rest } = reply;
  return rest;
}
