import type { Product } from '../daraja/product.ts';
import { say } from '../message.ts';
import { type CallFacts, quote } from './call-facts.ts';
import { type Check, line } from './check.ts';

const TOKEN_CODES = new Set(['401.001', '401.002.01', '404.001.03', '400.003.01']);

/**
 * True when an answer means that the app on Safaricom's portal does not have this product. Production says so; the
 * sandbox says *invalid access token*, which after a try with a fresh token means the same.
 */
export function isNotEnabled({ httpStatus, code, text }: CallFacts): boolean {
  const words = text ?? '';
  if (/no apiproduct match/i.test(words)) return true;
  const isTokenWord = /invalid access token/i.test(words);
  return (
    (code !== null && TOKEN_CODES.has(code.trim()) && isTokenWord) || (httpStatus === 401 && isTokenWord)
  );
}

/** Without these, nothing can be asked about a payment. */
const ESSENTIAL: readonly Product[] = ['status'];

/** A line for each product that the app lacks; one good line when some were asked and none is lacking. */
export function judgeProducts(shortCode: string, lastCalls: readonly CallFacts[]): Check[] {
  const asked = lastCalls.filter(({ product, state }) => product !== 'token' && wasHeard(state));
  const lacking = asked.filter(isNotEnabled);
  if (lacking.length > 0)
    return lacking.map((call) =>
      line(
        'products',
        ESSENTIAL.includes(call.product) ? 'failure' : 'warning',
        say('doctor.products.lacking', {
          product: call.product.replaceAll('-', '_'),
          words: quote(call),
          at: { at: call.askedAt },
        }),
        { about: shortCode, mend: say('doctor.products.mend'), place: 'set-up' },
      ),
    );
  if (asked.length === 0)
    return [line('products', 'not-checked', say('doctor.products.unknown'), { about: shortCode })];
  return [line('products', 'ok', say('doctor.products.ok', { count: asked.length }), { about: shortCode })];
}

/** Safaricom's gateway had its say. */
function wasHeard(state: CallFacts['state']): boolean {
  return state !== 'intended' && state !== 'not-sent' && state !== 'lost';
}
