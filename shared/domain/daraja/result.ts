import { asObject, asText, fieldOf, type Loose } from './loose.ts';
import { hasKey, type Parameters, readParameters, soleValueOf } from './parameters.ts';

/** What every result has in common, before it is known which question it answers. */
export type ResultEnvelope = {
  /** `0` = finished, `1` = more is to come. */
  readonly type: string | null;
  readonly code: string | null;
  readonly text: string | null;
  /** Of the question, never of the payment that was asked about. */
  readonly originatorConversationId: string | null;
  readonly conversationId: string | null;
  /** Never the receipt that was asked about: a placeholder, or the new transaction's own receipt. */
  readonly transactionId: string | null;
  readonly parameters: Parameters;
  readonly references: Parameters;
};

/** Which of our questions a result answers; null when its body does not say. */
export type AnswerKind = 'status' | 'reversal' | 'balance';

/** Reads `{Result: {…}}`, or the same without its wrapper; null when the body is no result at all. */
export function readResult(body: unknown): ResultEnvelope | null {
  const outer = asObject(body);
  const result = asObject(fieldOf(outer, 'Result')) ?? outer;
  if (result === null || !looksLikeResult(result)) return null;
  return {
    type: asText(fieldOf(result, 'ResultType')),
    code: asText(fieldOf(result, 'ResultCode')),
    text: asText(fieldOf(result, 'ResultDesc')),
    originatorConversationId: asText(fieldOf(result, 'OriginatorConversationID')),
    conversationId: asText(fieldOf(result, 'ConversationID')),
    transactionId: asText(fieldOf(result, 'TransactionID')),
    parameters: readParameters(fieldOf(result, 'ResultParameters'), 'ResultParameter'),
    references: readParameters(fieldOf(result, 'ReferenceData'), 'ReferenceItem'),
  };
}

function looksLikeResult(body: Loose): boolean {
  const names = (...keys: readonly string[]) => keys.some((key) => asText(fieldOf(body, key)) !== null);
  return (
    names('OriginatorConversationID', 'ConversationID', 'ResultCode') &&
    asText(fieldOf(body, 'ResponseCode')) === null
  );
}

/**
 * No captured body of a time-out exists. It is told by its type (more is to come), by its words, or by having ids and
 * nothing else.
 */
export function isTimeout(result: ResultEnvelope): boolean {
  if (result.parameters.length > 0) return false;
  if (result.code === null) return true;
  return result.type === '1' || /\btime[d -]*\s?out\b/i.test(result.text ?? '');
}

/** The parameters decide; then Safaricom's own address among the references; then the codes that only one product has. */
export function answerKindOf(result: ResultEnvelope): AnswerKind | null {
  const { parameters, references, code } = result;
  const action = (asText(soleValueOf(parameters, 'ActionType')) ?? '').toLowerCase();
  if (hasKey(parameters, 'AccountBalance') || action === 'accountbalance') return 'balance';
  if (hasKey(parameters, 'OriginalTransactionID') || action === 'transactionreversal') return 'reversal';
  if (hasKey(parameters, 'TransactionStatus') || action === 'transactionstatusquery') return 'status';
  const address = (asText(soleValueOf(references, 'QueueTimeoutURL')) ?? '').toLowerCase();
  if (address.includes('abresults')) return 'balance';
  if (address.includes('reversalresults')) return 'reversal';
  if (/transactionstatus|statusresults/.test(address)) return 'status';
  if (/b2c|b2b/.test(address)) return null;
  if (/^R0000\d\d$/.test(code ?? '')) return 'reversal';
  if (code === '2032' || hasKey(references, 'Occasion') || hasKey(parameters, 'ReceiptNo')) return 'status';
  // A failed question about the balance says when it failed and nothing else.
  return hasKey(parameters, 'BOCompletedTime') ? 'balance' : null;
}

/** `TAH0000000`: a date and zeros stand where there is no transaction. */
export function isPlaceholder(transactionId: string): boolean {
  return /^[A-Z0-9]{3}\d?0{5,}$/.test(transactionId) || /^X+$/.test(transactionId);
}
