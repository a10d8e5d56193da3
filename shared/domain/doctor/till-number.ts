import { type CallState, OPEN_STATES } from '../daraja/call-state.ts';
import { meaningOf } from '../daraja/codes.ts';
import { say } from '../message.ts';
import type { UtcMs } from '../time.ts';
import { quote } from './call-facts.ts';
import { type Check, line } from './check.ts';

/** How a short code is named in a question about a payment. */
export type Pair = { readonly party: string; readonly identifierType: '4' | '2' };

/** One question of the doctor about a receipt, with a pair. */
export type PairTry = {
  readonly pair: Pair;
  readonly receipt: string;
  readonly askedAt: UtcMs;
  readonly state: CallState;
  readonly code: string | null;
  readonly text: string | null;
};

/** Blind tries are what locks an operator: so many for one receipt that the owner names. */
export const MOST_TRIES = 2;

/**
 * Every pair in the order in which it is worth trying. Nobody has documented which one a till answers to: its own
 * number as an organisation's, as the portal says, then as a till's, then its other numbers.
 */
export function pairsFor(shortCode: string, numbers: readonly string[]): Pair[] {
  const all = [shortCode, ...numbers.filter((number) => number !== shortCode).sort()];
  return all.flatMap((party): Pair[] => [
    { party, identifierType: '4' },
    { party, identifierType: '2' },
  ]);
}

/**
 * What to try next about a receipt: the pair that was tried least so far. Null when two tries about it were made, one
 * still waits, or no pair is left that it was not tried with.
 */
export function nextPair(pairs: readonly Pair[], tries: readonly PairTry[], receipt: string): Pair | null {
  const sent = tries.filter(({ state }) => state !== 'not-sent');
  const ofReceipt = sent.filter((each) => each.receipt === receipt);
  if (ofReceipt.length >= MOST_TRIES || sent.some(isWaiting)) return null;
  const timesOf = (pair: Pair) => sent.filter((each) => isSame(each.pair, pair)).length;
  const left = pairs.filter((pair) => !ofReceipt.some((each) => isSame(each.pair, pair)));
  return [...left].sort((a, b) => timesOf(a) - timesOf(b))[0] ?? null;
}

function isWaiting({ state }: PairTry): boolean {
  return state !== 'silent' && OPEN_STATES.includes(state);
}

function isSame(a: Pair, b: Pair): boolean {
  return a.party === b.party && a.identifierType === b.identifierType;
}

/** True when the answer to a try proves that its pair is understood: Safaricom told of that payment. */
export function provesPair(code: string | null): boolean {
  return code !== null && meaningOf(code) === 'done';
}

export type TillNumberFacts = {
  readonly learnt: (Pair & { readonly at: UtcMs }) | null;
  /** Newest last. */
  readonly tries: readonly PairTry[];
  /** A question without any pair of the doctor's was answered about a payment: the number itself is right. */
  readonly isOwnNumberProven: boolean;
  /** Safaricom keeps its customers' money in the account of a PayBill: those answer to their own number. */
  readonly isPayBill: boolean;
};

/** Which number and type answers questions about this short code's payments. */
export function judgeTillNumber(
  shortCode: string,
  { learnt, tries, isOwnNumberProven, isPayBill }: TillNumberFacts,
): Check {
  const about = { about: shortCode } as const;
  if (learnt)
    return line(
      'till-number',
      'ok',
      say('doctor.till-number.learnt', {
        party: learnt.party,
        type: learnt.identifierType,
        at: { at: learnt.at },
      }),
      about,
    );
  if (isOwnNumberProven) return line('till-number', 'ok', say('doctor.till-number.own'), about);
  const last = tries.at(-1);
  if (!last && isPayBill) return line('till-number', 'ok', say('doctor.till-number.pay-bill'), about);
  if (!last)
    return line('till-number', 'not-checked', say('doctor.till-number.unknown'), {
      ...about,
      mend: say('doctor.till-number.unknown-mend'),
    });
  const values = {
    party: last.pair.party,
    type: last.pair.identifierType,
    receipt: last.receipt,
    at: { at: last.askedAt },
  };
  if (isWaiting(last))
    return line('till-number', 'not-checked', say('doctor.till-number.waiting', values), about);
  return line(
    'till-number',
    'warning',
    say('doctor.till-number.not-found', { ...values, tries: tries.length, words: quote(last) }),
    {
      ...about,
      mend: say('doctor.till-number.mend'),
    },
  );
}
