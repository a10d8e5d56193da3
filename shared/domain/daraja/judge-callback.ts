import { type Message, say } from '../message.ts';
import { phonesAgree } from '../party.ts';
import type { CallState } from './call-state.ts';
import { explainResult } from './explain-result.ts';
import { asCents, asText } from './loose.ts';
import { valuesOf } from './parameters.ts';
import { splitParty } from './parties.ts';
import type { Product } from './product.ts';
import { answerKindOf, isTimeout, type ResultEnvelope } from './result.ts';

/** The request that a result token was made for, as the books have it. */
export type AskedCall = {
  readonly product: Product;
  readonly state: CallState;
  /** Its body, without secrets. */
  readonly request: Readonly<Record<string, unknown>>;
  /** From the acknowledgement; null where none came. */
  readonly originatorConversationId: string | null;
  readonly conversationId: string | null;
  /** Numbers of the short code that was asked for, any of which an answer may name. */
  readonly ourNumbers: readonly string[];
  /** Who paid what the request is about, masked or not, by the books; null when they do not say. */
  readonly payer: string | null;
  /** What answered it before; null when nothing has. Of an answer that was erased only its code is left. */
  readonly answer: { readonly result: ResultEnvelope | null; readonly code: string | null } | null;
};

/** A callback that came to an address with a token. */
export type CameToToken = {
  readonly kind: 'result' | 'timeout';
  /** Null when its body is no result. */
  readonly result: ResultEnvelope | null;
};

export type Judgement =
  /** `becomes`: the call's new state; null when nothing changes for it. */
  | { readonly outcome: 'matched'; readonly becomes: 'answered' | 'timed-out' | null; readonly why: Message }
  | {
      readonly outcome: 'duplicate' | 'suspicious' | 'unreadable';
      readonly why: Message;
      /** It fits the request in everything, and says otherwise than the answer that was believed. */
      readonly isOtherAnswer?: true;
    };

/**
 * What to make of a callback, by its token first and then by what its body says. Safaricom signs nothing, so whatever
 * contradicts the request of that token is believed in nothing. What a body does not say contradicts nothing, but for
 * the ids of a request that Safaricom acknowledged: whoever carried the answer does not know them.
 */
export function judgeCallback({ kind, result }: CameToToken, call: AskedCall | null): Judgement {
  if (call === null) return suspicious(say('callback.unknown-token'));
  // Nobody was ever given its token. One that was refused went out: a result all the same says more than the refusal.
  if (call.state === 'not-sent') return suspicious(say('callback.never-sent'));
  // At its own address a time-out needs no words that we know.
  if (kind === 'timeout' && (result === null || isTimeout(result))) return judgeTimeout(result, call);
  if (result === null) return { outcome: 'unreadable', why: say('callback.no-result') };
  if (isTimeout(result)) return judgeTimeout(result, call);
  const contradiction = findContradiction(result, call);
  if (contradiction !== null) return suspicious(contradiction);
  if (call.answer !== null) {
    return saysTheSame(result, call.answer)
      ? { outcome: 'duplicate', why: say('callback.same-meaning') }
      : { ...suspicious(say('callback.other-answer')), isOtherAnswer: true };
  }
  return { outcome: 'matched', becomes: 'answered', why: howItCame(call) };
}

function suspicious(why: Message) {
  return { outcome: 'suspicious', why } as const;
}

function judgeTimeout(result: ResultEnvelope | null, call: AskedCall): Judgement {
  const otherIds = result !== null && findOtherId(result, call);
  if (otherIds) return suspicious(say('callback.other-ids'));
  if (call.state === 'answered')
    return { outcome: 'matched', becomes: null, why: say('callback.timeout-after-answer') };
  if (call.state === 'timed-out') return { outcome: 'duplicate', why: say('callback.timeout-again') };
  return { outcome: 'matched', becomes: 'timed-out', why: say('callback.timed-out') };
}

function howItCame({ state, conversationId, originatorConversationId }: AskedCall): Message {
  if (state === 'refused') return say('callback.answered-though-refused');
  if (state === 'silent' || state === 'timed-out') return say('callback.answered-late');
  const hasAck = conversationId !== null || originatorConversationId !== null;
  return hasAck ? say('callback.answered') : say('callback.answered-without-ack');
}

/** The first thing in which the body contradicts the request, in words; null when there is none. */
function findContradiction(result: ResultEnvelope, call: AskedCall): Message | null {
  if (findOtherId(result, call)) return say('callback.other-ids');
  const hasAck = call.conversationId !== null || call.originatorConversationId !== null;
  const namesNone = result.conversationId === null && result.originatorConversationId === null;
  if (hasAck && namesNone) return say('callback.no-ids');
  const kind = answerKindOf(result);
  if (kind !== null && kind !== call.product) return say('callback.other-product', { kind });
  const receipts = { status: 'ReceiptNo', reversal: 'OriginalTransactionID', balance: null } as const;
  const key = kind === null ? null : receipts[kind];
  const asked = asText(call.request.TransactionID)?.toUpperCase();
  const named =
    key === null ? [] : valuesOf(result.parameters, key).map((each) => asText(each)?.toUpperCase());
  const other = named.find((came) => came !== undefined && came !== asked);
  if (asked && other !== undefined) return say('callback.other-receipt', { asked, came: other.slice(0, 40) });
  return call.product === 'reversal' ? findOtherMoney(result, call) : null;
}

function findOtherId(result: ResultEnvelope, call: AskedCall): boolean {
  const pairs = [
    [result.originatorConversationId, call.originatorConversationId],
    [result.conversationId, call.conversationId],
  ] as const;
  return pairs.some(([came, asked]) => came !== null && asked !== null && came !== asked);
}

/** A reversal names how much went from whom to whom; where it names several, each must fit. */
function findOtherMoney({ parameters }: ResultEnvelope, call: AskedCall): Message | null {
  const asked = asCents(call.request.Amount);
  const amount = valuesOf(parameters, 'Amount')
    .map(asCents)
    .find((came) => came !== null && asked !== null && came !== asked);
  if (amount !== undefined && amount !== null && asked !== null)
    return say('callback.other-amount', { asked: { money: asked }, came: { money: amount } });
  const numbers = (key: string) =>
    valuesOf(parameters, key).map((party) => splitParty(asText(party) ?? '').number ?? '');
  const from = numbers('DebitPartyPublicName').find(
    (number) => /^\d{4,9}$/.test(number) && !call.ourNumbers.includes(number),
  );
  if (from !== undefined) return say('callback.other-number', { number: from });
  const isToOther = numbers('CreditPartyPublicName').some((to) => phonesAgree(to, call.payer) === false);
  return isToOther ? say('callback.other-party') : null;
}

/** True when the two say the same of the money, in whatever words and order of fields. */
function saysTheSame(result: ResultEnvelope, answer: NonNullable<AskedCall['answer']>): boolean {
  return answer.result === null
    ? result.code === answer.code
    : meaningOf(result) === meaningOf(answer.result);
}

function meaningOf(result: ResultEnvelope): string {
  const {
    warnings: _w,
    text: _t,
    originatorConversationId: _o,
    conversationId: _c,
    ...rest
  } = explainResult(result);
  const said = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  // What we do not understand is compared as it came.
  const raw = rest.kind === 'unreadable' ? result.parameters : null;
  return JSON.stringify([said, raw]);
}
