import { type Pair, type ResultParts, USUAL_SHAPE } from '../bodies/result-body.ts';
import { isLegalUrl } from '../callback-url.ts';
import { fieldText } from '../fields.ts';
import type { Role } from '../operators.ts';
import { answer, type Outcome, refuseField } from '../outcome.ts';
import type { Refusal } from '../refusals.ts';
import type { Call, World } from '../world.ts';

/** How a question ended: what its result says. */
export type End = {
  readonly code: string;
  readonly text: string;
  readonly parameters: readonly Pair[];
  readonly references: readonly Pair[];
  /** The receipt of what was done; a placeholder stands where nothing was. */
  readonly transactionId?: string;
};

/** A question that is acknowledged at once and answered by a POST. */
export type Question = {
  readonly product: 'status' | 'reversal' | 'balance';
  readonly commandId: string;
  /** The first field that the gateway does not take, beside those that all questions share. */
  readonly findBadField: (call: Call) => string | null;
  readonly end: (world: World, call: Call) => End;
};

/**
 * Checks what the gateway checks, and no more: it does not look into the credential. Whatever the question does, it
 * does now; the result says later what became of it.
 */
export function take(world: World, call: Call, question: Question): Outcome {
  const bad = findBadField(world, call, question);
  if (bad !== null) return refuseField(world, bad);
  const { body } = call;
  const now = world.clock.now();
  const originatorConversationId = world.ids.request();
  const conversationId = world.ids.conversation(now);
  const { transactionId = world.book.placeholder(now), ...end } = question.end(world, call);
  const parts: ResultParts = { type: 0, originatorConversationId, conversationId, transactionId, ...end };
  const { least, most } = world.rules.latency;
  const ack = {
    OriginatorConversationID: originatorConversationId,
    ConversationID: conversationId,
    ResponseCode: '0',
    ResponseDescription: 'Accept the service request successfully.',
  };
  return answer(ack, [
    {
      about: question.product,
      url: fieldText(body.ResultURL),
      timeoutUrl: fieldText(body.QueueTimeOutURL),
      afterMs: world.chance.between(least, most),
      isBeforeAck: false,
      body: { kind: 'result', parts, shape: USUAL_SHAPE },
    },
  ]);
}

function findBadField({ environment }: World, call: Call, question: Question): string | null {
  const { body } = call;
  if (fieldText(body.Initiator) === '') return 'Initiator';
  if (fieldText(body.SecurityCredential) === '') return 'SecurityCredential';
  if (body.CommandID !== question.commandId) return 'CommandID';
  const bad = question.findBadField(call);
  if (bad !== null) return bad;
  const remarks = fieldText(body.Remarks);
  if (remarks.length < 2 || remarks.length > 100) return 'Remarks';
  if (!isLegalUrl(body.ResultURL, environment)) return 'ResultURL';
  return isLegalUrl(body.QueueTimeOutURL, environment) ? null : 'QueueTimeOutURL';
}

/** Why the asking operator, or the number asked for, is refused; null when both are right. */
export function refuseAsker(world: World, call: Call, role: Role, shortCode: string): Refusal | null {
  const { body } = call;
  return world.operators.check(
    fieldText(body.Initiator),
    fieldText(body.SecurityCredential),
    role,
    shortCode,
  );
}

/** Whether a number of the shop is known under an identifier type. */
export function isKnownAs({ shop }: World, shortCode: string, identifierType: string): boolean {
  return shop.shortCodes.some(
    ({ number, identifierTypes }) => number === shortCode && identifierTypes.includes(identifierType),
  );
}

/** The address that stands among the references of a result: Safaricom's own, not ours. */
export function internalAddress({ environment }: World, results: 'abresults' | 'reversalresults'): Pair {
  const host = environment === 'sandbox' ? 'internalsandbox' : 'internalapi';
  return { key: 'QueueTimeoutURL', value: `https://${host}.safaricom.co.ke/mpesa/${results}/v1/submit` };
}
