import { isHexOf } from './hex.ts';

/** What Safaricom may call, each at an address of its own; docs/relay-protocol.md. */
export type CallbackKind = 'result' | 'timeout' | 'confirmation' | 'validation';

/** A callback's address, taken apart: whose it is, and which request it answers (null: C2B answers none). */
export type CallbackTarget = {
  /** The shop's secret path: 128 bits in hex. */
  readonly path: string;
  readonly kind: CallbackKind;
  /** The result token that was made for one request: 128 bits in hex. */
  readonly token: string | null;
};

/** The two addresses of one request, for its ResultURL and QueueTimeOutURL. */
export type ResultUrls = { readonly result: string; readonly timeout: string };
/** The two addresses that are registered once for a short code. */
export type C2bUrls = { readonly confirmation: string; readonly validation: string };

const PATH_BYTES = 16;
const TOKEN_BYTES = 16;
/** Safaricom refuses an address that has one of these anywhere, in any case (portal, "Register URL"). */
const BANNED_WORDS = ['m-pesa', 'mpesa', 'safaricom', 'exec', 'exe', 'cmd', 'sql', 'query'] as const;

/** Where Safaricom sends what became of one request. `origin` is the relay's, `token` fresh for this request. */
export function resultUrls(origin: string, path: string, token: string): ResultUrls {
  if (!isHexOf(path, PATH_BYTES) || !isHexOf(token, TOKEN_BYTES))
    throw new RangeError('a path and a token are 128 bits in hex');
  return { result: `${origin}/${path}/${token}`, timeout: `${origin}/${path}/${token}/timeout` };
}

/** Where Safaricom sends the payments of a short code. */
export function c2bUrls(origin: string, path: string): C2bUrls {
  if (!isHexOf(path, PATH_BYTES)) throw new RangeError('a path is 128 bits in hex');
  return {
    confirmation: `${origin}/${path}/c2b/confirmation`,
    validation: `${origin}/${path}/c2b/validation`,
  };
}

/** Reads what stands after the host. Null for anything that `resultUrls` and `c2bUrls` do not write. */
export function readCallbackTarget(target: string): CallbackTarget | null {
  const [start, path, first, second, ...more] = target.split('/');
  if (start !== '' || !isHexOf(path, PATH_BYTES) || more.length > 0) return null;
  if (first === 'c2b')
    return second === 'confirmation' || second === 'validation' ? { path, kind: second, token: null } : null;
  if (!isHexOf(first, TOKEN_BYTES)) return null;
  if (second === undefined) return { path, kind: 'result', token: first };
  return second === 'timeout' ? { path, kind: 'timeout', token: first } : null;
}

/** The secret path that an address begins with, whatever follows; null when it begins with none. */
export function readCallbackPath(target: string): string | null {
  const first = /^\/([0-9a-f]{32})(?=[/?]|$)/.exec(target)?.[1];
  return first ?? null;
}

/** The word for which Safaricom would refuse this address, or null. */
export function findBannedWord(url: string): string | null {
  const lower = url.toLowerCase();
  return BANNED_WORDS.find((word) => lower.includes(word)) ?? null;
}
