import type { WriteDb } from '#main/db/ledger.ts';
import type { Product } from '#shared/domain/daraja/product.ts';
import type { ResultEnvelope } from '#shared/domain/daraja/result.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { takeStatusAnswer } from '../look-up/take-status-answer.ts';

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

/** Who takes the answers of each product that is answered later. */
export const ANSWER_TAKERS: Readonly<Partial<Record<Product, AnswerTaker>>> = { status: takeStatusAnswer };
