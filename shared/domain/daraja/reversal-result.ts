import type { Cents } from '../money.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { contradicts, meaningOf } from './codes.ts';
import { asCents, asStamp, asText } from './loose.ts';
import { isDisputed, soleValueOf } from './parameters.ts';
import { type DarajaParty, readParties } from './parties.ts';
import { isPlaceholder, type ResultEnvelope } from './result.ts';

export type ReversalResult = {
  /** `already`: somebody reversed it before, us or another. `unknown`: a code nobody knows, or one that contradicts itself. */
  readonly outcome: 'done' | 'already' | 'failed' | 'unknown';
  readonly isContradictory: boolean;
  /** The reversal's own receipt; only of one that is done. */
  readonly receipt: Receipt | null;
  readonly originalReceipt: Receipt | null;
  readonly amount: Cents | null;
  readonly parties: readonly DarajaParty[];
  readonly completedAt: UtcMs | null;
};

/** What Safaricom says became of a reversal. */
export function readReversalResult(result: ResultEnvelope): ReversalResult {
  const of = (key: string) => soleValueOf(result.parameters, key);
  const outcome = outcomeOf(result);
  const own = result.transactionId;
  const original = asText(of('OriginalTransactionID'));
  return {
    outcome,
    isContradictory: result.code !== null && contradicts(result.code, result.text),
    receipt: outcome === 'done' && own !== null && !isPlaceholder(own) ? parseReceipt(own) : null,
    originalReceipt: original === null ? null : parseReceipt(original),
    amount: asCents(of('Amount')),
    parties: readParties(result.parameters, 'DebitPartyPublicName', 'CreditPartyPublicName'),
    completedAt: asStamp(of('TransCompletedTime')),
  };
}

function outcomeOf({ code, text, parameters }: ResultEnvelope): ReversalResult['outcome'] {
  if (code === null || contradicts(code, text)) return 'unknown';
  if (['OriginalTransactionID', 'Amount'].some((key) => isDisputed(parameters, key))) return 'unknown';
  switch (meaningOf(code)) {
    case 'done':
      return 'done';
    case 'already-reversed':
      return 'already';
    case 'unknown':
      return 'unknown';
    default:
      // Also a busy system: this is the end of the request, not its acknowledgement.
      return 'failed';
  }
}
