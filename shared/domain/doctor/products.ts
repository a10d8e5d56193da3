import { readAcknowledgement } from '../daraja/acknowledgement.ts';
import type { Product } from '../daraja/product.ts';
import { type Message, say } from '../message.ts';
import { type CallFacts, quote } from './call-facts.ts';
import { type Check, line } from './check.ts';

/**
 * What the last request for a product shows of it. `lacking`: the app on Safaricom's portal does not have it; production
 * says so, and the sandbox speaks of the token, which after a try with a fresh one means the same. `refused`: something
 * else in the request. `passing`: Safaricom was busy, or said no for a reason that is told elsewhere.
 */
export type ProductStanding = 'answers' | 'lacking' | 'refused' | 'passing' | 'not-heard';

export function standingOfProduct(call: CallFacts): ProductStanding {
  const { product, state, code, text } = call;
  if (product === 'token') return 'not-heard';
  switch (state) {
    case 'accepted':
    case 'answered':
      return 'answers';
    case 'timed-out':
    case 'silent':
      // Taken once, or lost on the way: only the acknowledgement's zeros tell.
      return code !== null && /^0+$/.test(code.trim()) ? 'answers' : 'not-heard';
    case 'refused': {
      const httpStatus = call.httpStatus ?? 400;
      const read = readAcknowledgement(product, httpStatus, { errorCode: code, errorMessage: text });
      if (read.type !== 'refused') return 'passing';
      if (read.reason === 'not-subscribed') return 'lacking';
      return (read.reason === 'request' || read.reason === 'other') && httpStatus < 500
        ? 'refused'
        : 'passing';
    }
    default:
      return 'not-heard';
  }
}

/** Without these, nothing can be asked about a payment. */
const ESSENTIAL: readonly Product[] = ['status'];

/** A line for each product that does not answer as it should; one good line for all that do. */
export function judgeProducts(shortCode: string, lastCalls: readonly CallFacts[]): Check[] {
  const answering = lastCalls.filter((call) => standingOfProduct(call) === 'answers').length;
  const lines = lastCalls.flatMap((call) => judgeProduct(shortCode, call) ?? []);
  if (answering > 0)
    return [
      ...lines,
      line('products', 'ok', say('doctor.products.ok', { count: answering }), { about: shortCode }),
    ];
  if (lines.length > 0) return lines;
  return [line('products', 'not-checked', say('doctor.products.unknown'), { about: shortCode })];
}

/** Null for a product that answers, or of which nothing was heard. */
function judgeProduct(shortCode: string, call: CallFacts): Check | null {
  const about = { about: shortCode } as const;
  switch (standingOfProduct(call)) {
    case 'lacking':
      return line(
        'products',
        ESSENTIAL.includes(call.product) ? 'failure' : 'warning',
        sayOf('doctor.products.lacking', call),
        { ...about, mend: say('doctor.products.mend'), place: 'set-up' },
      );
    case 'refused':
      return line('products', 'warning', sayOf('doctor.products.refused', call), {
        ...about,
        mend: say('doctor.products.refused-mend'),
      });
    case 'passing':
      return line('products', 'not-checked', sayOf('doctor.products.passing', call), about);
    default:
      return null;
  }
}

function sayOf(id: string, call: CallFacts): Message {
  const product = call.product.replaceAll('-', '_');
  return { id, values: { product, words: quote(call), at: { at: call.askedAt } } };
}
