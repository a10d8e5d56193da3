import type { Pair } from '../bodies/result-body.ts';
import { reversalStatusParameters, statusParameters } from '../bodies/status-parameters.ts';
import { fieldText } from '../fields.ts';
import * as refusals from '../refusals.ts';
import type { Call, World } from '../world.ts';
import { type End, isKnownAs, type Question, refuseAsker } from './question.ts';

export const STATUS: Question = {
  product: 'status',
  commandId: 'TransactionStatusQuery',
  findBadField: ({ body }) => {
    const hasId = fieldText(body.TransactionID) !== '' || fieldText(body.OriginalConversationID) !== '';
    if (!hasId) return 'TransactionID';
    if (fieldText(body.PartyA) === '') return 'PartyA';
    if (!/^[124]$/.test(fieldText(body.IdentifierType))) return 'IdentifierType';
    return fieldText(body.Occasion).length > 100 ? 'Occasion' : null;
  },
  end: (world, call) => {
    const references = [occasionOf(call)];
    const partyA = fieldText(call.body.PartyA);
    const refused =
      refuseAsker(world, call, 'Transaction Status query ORG API', partyA) ??
      (isKnownAs(world, partyA, fieldText(call.body.IdentifierType)) ? null : refusals.RECEIVER_INVALID);
    if (refused) return { ...refused, parameters: [], references };
    return findEnd(world, call, references);
  },
};

function findEnd(world: World, { body }: Call, references: readonly Pair[]): End {
  const receipt = fieldText(body.TransactionID);
  if (receipt !== '' && !/^[A-Z0-9]{8,10}$/.test(receipt))
    return { ...refusals.BAD_FORMAT, parameters: [], references };
  const parameters = findParameters(world, receipt, fieldText(body.OriginalConversationID));
  if (parameters === null) return { ...refusals.NO_SUCH_RECEIPT, parameters: [], references };
  return { ...refusals.DONE, parameters, references };
}

function findParameters(world: World, receipt: string, conversationId: string): readonly Pair[] | null {
  const { book, shop, clock } = world;
  const reversal = book.findReversal(receipt);
  const original = reversal === null ? null : book.find(reversal.of);
  if (reversal !== null && original !== null) return reversalStatusParameters(reversal, original, shop.name);
  const payment = receipt === '' ? book.findByConversation(conversationId) : book.find(receipt);
  if (payment === null || payment.knownFrom > clock.now()) return null;
  return statusParameters(payment, shop.name, book);
}

/** What the asker wrote comes back; nothing comes back as a key alone. */
function occasionOf({ body }: Call): Pair {
  const occasion = fieldText(body.Occasion);
  return occasion === '' ? { key: 'Occasion' } : { key: 'Occasion', value: occasion };
}
