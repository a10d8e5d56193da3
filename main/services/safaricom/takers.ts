import type { WriteDb } from '#main/db/ledger.ts';
import type { Product } from '#shared/domain/daraja/product.ts';
import type { ResultEnvelope } from '#shared/domain/daraja/result.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { takeBalance } from '../balance/take-balance.ts';
import { learnNumber } from '../doctor/learn-number.ts';
import { takeStatusAnswer } from '../look-up/take-status-answer.ts';
import { takeReversalResult } from '../reversals/take-result.ts';
import { takeStatusOfReversal } from '../reversals/take-status.ts';

/** A result that is bound to a request of ours: by its token first, and contradicted by nothing in its body. */
export type BoundAnswer = {
  readonly callId: number;
  readonly callbackId: number;
  readonly shortCode: string;
  /** What the request was for: `look-up:5`. */
  readonly subject: string;
  /** JSON of the request's body, without secrets. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly result: ResultEnvelope;
  readonly at: UtcMs;
};

/** Writes what an answer means, in the transaction that binds it; returns the alerts that it raised. */
export type AnswerTaker = (db: WriteDb, answer: BoundAnswer) => readonly (number | null)[];

/** What a result of a reversal means is told on its own screen, not by an alert. */
const takeReversal: AnswerTaker = (db, answer) => {
  takeReversalResult(db, answer);
  return [];
};

/** Who takes the answers of each product that is answered later. */
export const ANSWER_TAKERS: Readonly<Partial<Record<Product, AnswerTaker>>> = {
  status: (db, answer) => {
    learnNumber(db, answer);
    // First: what we sent back ourselves is no contradiction of the books.
    takeStatusOfReversal(db, answer);
    return takeStatusAnswer(db, answer);
  },
  balance: takeBalance,
  reversal: takeReversal,
};

/**
 * Who hears of a second answer that says otherwise than the first. Neither is believed more than the other where money
 * hangs on it; elsewhere the first stands.
 */
export const CONTRADICTION_TAKERS: Readonly<Partial<Record<Product, AnswerTaker>>> = {
  reversal: takeReversal,
};
