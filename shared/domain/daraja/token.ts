import { SECOND } from '../time.ts';
import { type GatewayError, readGatewayError } from './gateway-error.ts';
import { asObject, asText } from './loose.ts';

/** A token and how long it is good for. */
export type AccessToken = { readonly token: string; readonly lastsMs: number };

const USUAL_SECONDS = 3_599;
const MOST_SECONDS = 86_400;

/** Reads the answer of the token call; `expires_in` comes as text or number. Null when it holds no token. */
export function readAccessToken(body: unknown): AccessToken | null {
  const fields = asObject(body);
  const token = asText(fields?.access_token);
  // It goes into a header: nothing but visible ASCII may.
  if (token === null || !/^[\x21-\x7e]{1,4096}$/.test(token)) return null;
  const seconds = Number(asText(fields?.expires_in) ?? Number.NaN);
  const isSense = Number.isFinite(seconds) && seconds > 0 && seconds <= MOST_SECONDS;
  return { token, lastsMs: Math.floor((isSense ? seconds : USUAL_SECONDS) * SECOND) };
}

/** A token is renewed two minutes before its end, or after three quarters of a short life. */
export function renewAfterMs(lastsMs: number): number {
  return Math.max(lastsMs - 120 * SECOND, Math.floor(lastsMs * 0.75));
}

/**
 * True when the token call says that consumer key and secret are wrong: by its code, or by 401 or 403 with JSON. A busy
 * gateway or a wrong `grant_type` says nothing about them.
 */
export function refusesKeys(status: number, body: unknown): boolean {
  const error = readGatewayError(body);
  if (error?.code === '400.008.01') return true;
  return (status === 401 || status === 403) && error !== null && !isBusyText(error);
}

function isBusyText({ text }: GatewayError): boolean {
  return /spike arrest|quota|busy/i.test(text ?? '');
}

/** Codes that mean a bad token wherever they come. */
const TOKEN_CODES = new Set(['404.001.03', '400.003.01', '401.001']);

/**
 * True when a product says that it does not take the token: each has a code of its own, and HTTP 401 says it without any
 * words. The same is said of an app that is not subscribed to the product; a fresh token tells the two apart.
 */
export function refusesToken(status: number, body: unknown): boolean {
  const error = readGatewayError(body);
  if (error === null) return status === 401;
  if (TOKEN_CODES.has(error.code ?? '') || /invalid access token/i.test(error.text ?? '')) return true;
  if (lacksProduct(error)) return true;
  // The balance's own code for it has been seen with words about quite other things.
  const isOfOtherThings = error.text !== null && (error.code === '401.002.01' || isBusyText(error));
  return status === 401 && !isOfOtherThings;
}

/** True for the gateway's own words about an app without this product. */
export function lacksProduct({ code, text }: GatewayError): boolean {
  return /no apiproduct match/i.test(text ?? '') || /NoApiProductMatch/i.test(code ?? '');
}
