import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { contradicts, meaningOf } from './codes.ts';
import { asCents, asStamp, asText } from './loose.ts';
import { isDisputed, soleValueOf, valuesOf } from './parameters.ts';
import { type DarajaParty, readParties } from './parties.ts';
import type { ResultEnvelope } from './result.ts';

/** What a status answer says of the payment. `unknown` is what is said when nothing is. */
export type PaymentFate = 'completed' | 'failed' | 'reversed' | 'pending' | 'not-found' | 'unknown';

export type StatusResult = {
  /** Of the payment; `failed` also when the question itself was refused, see `isAnswered`. */
  readonly fate: PaymentFate;
  /** False when Safaricom refused the question: then nothing is said about the payment. */
  readonly isAnswered: boolean;
  readonly isContradictory: boolean;
  /** What it is about, how much it was or what became of it is said twice and differently: which is true is not known. */
  readonly isUncertain: boolean;
  readonly receipt: Receipt | null;
  readonly amount: Cents | null;
  readonly parties: readonly DarajaParty[];
  readonly startedAt: UtcMs | null;
  readonly completedAt: UtcMs | null;
  /** `Pay Bill Online`, `Pay Utility with OD Online`: how it was paid, in Safaricom's words. */
  readonly reason: string | null;
  /** Safaricom's word for the state, verbatim; each of them where there are several. */
  readonly state: string | null;
};

const FATES: Readonly<Record<string, PaymentFate>> = {
  completed: 'completed',
  cancelled: 'failed',
  declined: 'failed',
  expired: 'failed',
  failed: 'failed',
  rejected: 'failed',
  reversed: 'reversed',
  initiated: 'pending',
  authorized: 'pending',
  pending: 'pending',
  'pending authorized': 'pending',
};

/** Code 0 only says that the question worked: the payment's fate stands in `TransactionStatus`. */
export function readStatusResult(result: ResultEnvelope): StatusResult {
  const { parameters } = result;
  const of = (key: string) => soleValueOf(parameters, key);
  const receipt = asText(of('ReceiptNo'));
  const isContradictory = result.code !== null && contradicts(result.code, result.text);
  const isUncertain = ['TransactionStatus', 'ReceiptNo', 'Amount'].some((key) => isDisputed(parameters, key));
  const meaning = result.code === null ? 'unknown' : meaningOf(result.code);
  return {
    fate: isContradictory || isUncertain ? 'unknown' : fateOf(meaning, asText(of('TransactionStatus'))),
    isAnswered: !isContradictory && (meaning === 'done' || meaning === 'not-found'),
    isContradictory,
    isUncertain,
    receipt: receipt === null ? null : parseReceipt(receipt),
    amount: asCents(of('Amount')),
    parties: readParties(parameters, 'DebitPartyName', 'CreditPartyName'),
    startedAt: asStamp(of('InitiatedTime')),
    completedAt: asStamp(of('FinalisedTime')),
    reason: asText(of('ReasonType')),
    state: valuesOf(parameters, 'TransactionStatus').map(asText).join(' / ') || null,
  };
}

function fateOf(meaning: ReturnType<typeof meaningOf>, state: string | null): PaymentFate {
  if (meaning === 'done') return FATES[(state ?? '').toLowerCase().replace(/\s+/g, ' ')] ?? 'unknown';
  if (meaning === 'not-found') return 'not-found';
  return meaning === 'unknown' || meaning === 'busy' ? 'unknown' : 'failed';
}
