import { balanceText } from '../bodies/balance-text.ts';
import type { Pair } from '../bodies/result-body.ts';
import { fieldText } from '../fields.ts';
import * as refusals from '../refusals.ts';
import { toStamp } from '../stamps.ts';
import type { World } from '../world.ts';
import { internalAddress, isKnownAs, type Question, refuseAsker } from './question.ts';

export const BALANCE: Question = {
  product: 'balance',
  commandId: 'AccountBalance',
  findBadField: ({ body }) => {
    if (fieldText(body.PartyA) === '') return 'PartyA';
    return /^[124]$/.test(fieldText(body.IdentifierType)) ? null : 'IdentifierType';
  },
  end: (world, call) => {
    const { book, clock } = world;
    const partyA = fieldText(call.body.PartyA);
    const endedAt: Pair = { key: 'BOCompletedTime', value: Number(toStamp(clock.now())) };
    const refused =
      refuseAsker(world, call, 'Balance Query ORG API', partyA) ??
      (isKnownAs(world, partyA, fieldText(call.body.IdentifierType)) ? null : refusals.RECEIVER_INVALID);
    if (refused === refusals.LOCKED)
      return { ...refused, parameters: [...LOCKED_WORDS, endedAt], references: [{ key: 'QueueTimeoutURL' }] };
    const references = [internalAddress(world, 'abresults')];
    if (refused) return { ...refused, parameters: [endedAt], references };
    const balances = balanceText(withReceiving(world, partyA, book.balancesOf(partyA, clock.now())));
    return {
      ...refusals.DONE,
      parameters: [{ key: 'AccountBalance', value: balances }, endedAt],
      references,
    };
  },
};

/** The account that customers pay into is named even while it is empty. */
function withReceiving(
  { book }: World,
  shortCode: string,
  balances: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const isTill = book.payments().some((each) => each.shortCode === shortCode && each.kind === 'buy-goods');
  const receiving = isTill ? 'Merchant Account' : 'Utility Account';
  return new Map([[receiving, 0], ...balances]);
}

/** The sandbox gives a sentence of its own to a locked operator. */
const LOCKED_WORDS: readonly Pair[] = [
  { key: 'ActionType', value: 'AccountBalance' },
  { key: 'ErrorMsg', value: 'API Password is locked. ' },
];
