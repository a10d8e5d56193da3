import { contradicts, meaningOf } from './codes.ts';
import { type GatewayError, readGatewayError } from './gateway-error.ts';
import { asObject, asText, type Loose } from './loose.ts';
import { ANSWERED_LATER, type CredentialKind, OPERATOR_OF, type Product } from './product.ts';
import { lacksProduct, refusesToken } from './token.ts';

/** Why Safaricom said no at once. */
export type RefusalReason =
  /** The token was refused, and a fresh one too: the app is not subscribed to this product. */
  | 'not-subscribed'
  /** A reversal's token was refused: nothing was done, and it was not asked again. */
  | 'token-refused'
  /** A secret that the request spoke with; see `credential`. */
  | 'credential'
  /** Spike arrest, quota, a busy or broken system: passing. */
  | 'busy'
  /** The address is registered already, here or on an older platform. */
  | 'registered'
  /** Something in the request; Safaricom's words say what. */
  | 'request'
  | 'other';

export type Acknowledgement =
  /** Taken. `accepted`: its answer comes later; `answered`: it is in this body. */
  | ({ readonly type: 'accepted' | 'answered' } & CallIds)
  | ({
      readonly type: 'refused';
      readonly reason: RefusalReason;
      /** Which secret was refused. */
      readonly credential: CredentialKind | null;
    } & GatewayError)
  /** Nothing that was said decides whether it was taken. */
  | ({ readonly type: 'unclear' } & GatewayError);

/** The only handle on a question before its answer. */
export type CallIds = {
  readonly originatorConversationId: string | null;
  readonly conversationId: string | null;
} & GatewayError;

/** Reads what Safaricom said at once to a request of a product, after the one try with a fresh token. */
export function readAcknowledgement(
  product: Exclude<Product, 'token'>,
  status: number,
  body: unknown,
): Acknowledgement {
  const error = readGatewayError(body);
  if (error !== null) return readRefusal(product, status, body, error);
  const fields = asObject(body);
  // Pull and its registration have keys of their own; the portal prints one of them with a blank.
  const code =
    asText(fields?.ResponseCode) ?? asText(fields?.ResponseStatus) ?? asText(fields?.['Response Status']);
  const text = asText(fields?.ResponseDescription) ?? asText(fields?.ResponseMessage);
  if (fields === null || code === null) return readNothing(product, status, { code, text });
  const ids = { ...readIds(fields), code, text };
  if (product === 'pull-query' || product === 'pull-register') {
    // An HTTP status of trouble means that Safaricom could not tell, whatever stands beside it.
    return status < 400 ? { type: 'answered', ...ids } : readRefusal(product, status, body, { code, text });
  }
  if (!/^0+$/.test(code)) return readCode(product, { code, text });
  // `0` beside a sentence of failure: neither is believed.
  if (contradicts(code, text)) return { type: 'unclear', code, text };
  return { type: ANSWERED_LATER.includes(product) ? 'accepted' : 'answered', ...ids };
}

function readIds(fields: Loose): Pick<CallIds, 'originatorConversationId' | 'conversationId'> {
  return {
    // C2B misspells it.
    originatorConversationId:
      asText(fields.OriginatorConversationID) ??
      asText(fields.OriginatorCoversationID) ??
      asText(fields.ResponseRefID) ??
      asText(fields.MerchantRequestID),
    conversationId: asText(fields.ConversationID),
  };
}

/** JSON without a word that is known. 4xx is a no all the same; but a reversal may have been taken. */
function readNothing(product: Product, status: number, said: GatewayError): Acknowledgement {
  if (product === 'reversal') return { type: 'unclear', ...said };
  if (refusesToken(status, null))
    return { type: 'refused', reason: 'not-subscribed', credential: null, ...said };
  if (status === 429 || status >= 500) return { type: 'refused', reason: 'busy', credential: null, ...said };
  if (status >= 400 && status < 500) return { type: 'refused', reason: 'other', credential: null, ...said };
  return { type: 'unclear', ...said };
}

/** A `ResponseCode` other than zeros. */
function readCode(product: Product, said: { code: string; text: string | null }): Acknowledgement {
  const meaning = meaningOf(said.code);
  const operator = OPERATOR_OF[product] ?? null;
  if (meaning === 'credential-refused' && operator !== null)
    return { type: 'refused', reason: 'credential', credential: operator, ...said };
  if (product === 'reversal' && (meaning === 'busy' || meaning === 'unknown'))
    return { type: 'unclear', ...said };
  const reason = meaning === 'busy' ? 'busy' : 'other';
  return { type: 'refused', reason, credential: null, ...said };
}

/** Whether a limit was kept at the door: an internal error, or a limit in other words, may come after the effect. */
function isGateKept(status: number, text: string): boolean {
  return status < 500 && /spike arrest|quota/i.test(text);
}

/** `401.002.01`: what the gateway says of a request that it did not pass on. */
const GATEWAY_REFUSAL = /^4\d\d\./;

/** Internal errors by their code whose words are an answer: asking again would bring the same. */
const SAYS_SOMETHING = /not exist|being processed|no transactions|merchant/i;

function readRefusal(product: Product, status: number, body: unknown, error: GatewayError): Acknowledgement {
  const refuse = (reason: RefusalReason, credential: CredentialKind | null = null): Acknowledgement => ({
    type: 'refused',
    reason,
    credential,
    ...error,
  });
  if (lacksProduct(error)) return refuse('not-subscribed');
  if (refusesToken(status, body)) return refuse(product === 'reversal' ? 'token-refused' : 'not-subscribed');
  const refusedSecret = secretNamed(product, error);
  if (refusedSecret !== null) return refuse('credential', refusedSecret);
  const text = error.text ?? '';
  if (/already registered|duplicate notification/i.test(text)) return refuse('registered');
  if (
    status === 429 ||
    /spike arrest|quota|system is busy/i.test(text) ||
    /^500\.003\.0[23]$/.test(error.code ?? '')
  )
    return product === 'reversal' && !isGateKept(status, text)
      ? { type: 'unclear', ...error }
      : refuse('busy');
  if (status >= 500 || /^500\./.test(error.code ?? '')) {
    // An internal error says nothing about what was done before it.
    if (product === 'reversal') return { type: 'unclear', ...error };
    return refuse(SAYS_SOMETHING.test(text) ? 'other' : 'busy');
  }
  if (/^400\./.test(error.code ?? '')) return refuse('request');
  // Only a code of the gateway says for certain that a reversal was not taken.
  if (product === 'reversal' && !GATEWAY_REFUSAL.test(error.code ?? '')) return { type: 'unclear', ...error };
  return refuse('other');
}

/** The operator's name or password out of form, or the passkey. A wrong password is never noticed at once. */
function secretNamed(product: Product, { code, text }: GatewayError): CredentialKind | null {
  const operator = OPERATOR_OF[product];
  if (operator === undefined) return null;
  if (code !== null && meaningOf(code) === 'credential-refused') return operator;
  if (operator === 'passkey') return /wrong credentials/i.test(text ?? '') ? operator : null;
  return code === '400.002.02' &&
    /invalid (?:security\s?credential|initiator(?:\s?(?:name|password))?)\b/i.test(text ?? '')
    ? operator
    : null;
}
