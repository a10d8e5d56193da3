import { readAccessToken, refusesKeys, renewAfterMs } from '#shared/domain/daraja/token.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Incoming, Outgoing } from './exchange.ts';
import type { ConsumerKeys, HearToken, LineReply } from './line.ts';
import { ROUTES } from './routes.ts';
import { ABORTED, type Aborted } from './turns.ts';

type NotSent = Extract<LineReply, { type: 'not-sent' }>;
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly why: NotSent };

export type Tokens = {
  /** The token that is kept, or a new one. Whoever asks meanwhile waits for the same; who asked first hears of it. */
  readonly get: (keys: ConsumerKeys, hear?: HearToken) => Promise<TokenAnswer>;
  /** Another than the one that was refused: whoever was refused first fetches it. */
  readonly replace: (keys: ConsumerKeys, refused: string, hear?: HearToken) => Promise<TokenAnswer>;
  /** Forgets one that was refused, without asking for another. */
  readonly forget: (keys: ConsumerKeys, refused: string) => void;
  /** A new one, whatever is kept: Safaricom may end the old one with it. */
  readonly renew: (keys: ConsumerKeys, hear?: HearToken) => Promise<TokenAnswer>;
};

type Kept = { readonly token: string; readonly renewAt: number };

/** One token for each app, kept in memory alone. */
export function openTokens(
  send: (outgoing: Outgoing) => Promise<Incoming | Aborted>,
  now: () => UtcMs,
  hide: (token: string) => void = () => undefined,
): Tokens {
  const kept = new Map<string, Kept>();
  const fetching = new Map<string, Promise<TokenAnswer>>();

  const fetchToken = async (keys: ConsumerKeys, hear?: HearToken): Promise<TokenAnswer> => {
    const pair = Buffer.from(`${keys.key}:${keys.secret}`, 'utf8').toString('base64');
    const reply = await send({ ...ROUTES.token, headers: { Authorization: `Basic ${pair}` }, body: null });
    if (reply === ABORTED) return { ok: false, why: { type: 'not-sent', reason: 'aborted' } };
    const answer = read(reply);
    hear?.(answer.ok ? { type: 'answered', status: 200, body: null } : answer.why);
    if (!answer.ok) return answer;
    hide(answer.token);
    kept.set(nameOf(keys), { token: answer.token, renewAt: now() + renewAfterMs(answer.lastsMs) });
    return { ok: true, token: answer.token };
  };

  const renew: Tokens['renew'] = (keys, hear) => {
    const name = nameOf(keys);
    const under = fetching.get(name);
    if (under) return under;
    const begun = fetchToken(keys, hear).finally(() => fetching.delete(name));
    fetching.set(name, begun);
    return begun;
  };
  const get: Tokens['get'] = (keys, hear) => {
    const found = kept.get(nameOf(keys));
    const isFresh = found !== undefined && now() < found.renewAt;
    return isFresh ? Promise.resolve({ ok: true, token: found.token }) : renew(keys, hear);
  };
  const forget: Tokens['forget'] = (keys, refused) => {
    if (kept.get(nameOf(keys))?.token === refused) kept.delete(nameOf(keys));
  };
  return {
    get,
    renew,
    forget,
    replace: (keys, refused, hear) => {
      forget(keys, refused);
      return get(keys, hear);
    },
  };
}

function nameOf({ key, secret }: ConsumerKeys): string {
  return JSON.stringify([key, secret]);
}

type ReadToken =
  | { readonly ok: true; readonly token: string; readonly lastsMs: number }
  | { readonly ok: false; readonly why: NotSent };

function read(reply: Incoming): ReadToken {
  if (reply.type === 'not-sent') return { ok: false, why: reply };
  const { status } = reply;
  const about = status === undefined ? {} : { status };
  if (reply.type === 'lost') {
    // To a question that never changes, an empty 400 or 401 can only mean the keys.
    const isRefusal = reply.isEmpty === true && (status === 400 || status === 401);
    return {
      ok: false,
      why: { type: 'not-sent', reason: isRefusal ? 'keys-refused' : 'no-token', ...about },
    };
  }
  const token = reply.status < 300 ? readAccessToken(reply.body) : null;
  if (token !== null) return { ok: true, ...token };
  const reason = refusesKeys(reply.status, reply.body) ? 'keys-refused' : 'no-token';
  // A body of success without a token of use may still hold one.
  const body = reply.status < 300 ? {} : { body: reply.body };
  return { ok: false, why: { type: 'not-sent', reason, ...about, ...body } };
}
