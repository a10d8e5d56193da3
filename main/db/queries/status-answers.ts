import type { PaymentFate } from '#shared/domain/daraja/status-result.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type NewStatusAnswer = {
  readonly receipt: string;
  readonly shortCode: string;
  readonly callId: number;
  readonly callbackId: number | null;
  readonly at: UtcMs;
  readonly fate: PaymentFate;
  readonly isAnswered: boolean;
  readonly code: string | null;
  readonly text: string | null;
  readonly state: string | null;
  readonly amountCents: Cents | null;
  readonly startedAt: UtcMs | null;
  readonly completedAt: UtcMs | null;
  readonly paidTo: string | null;
  readonly payerPhone: string | null;
  readonly payerName: string | null;
};

export type StatusAnswerRow = Omit<NewStatusAnswer, 'isAnswered'> & {
  readonly id: number;
  readonly isAnswered: 0 | 1;
};

export function insertStatusAnswer(db: WriteDb, answer: NewStatusAnswer): number {
  return db.run(
    `INSERT INTO status_answers (receipt, short_code, call_id, callback_id, at, fate, is_answered, code, text, state,
       amount_cents, started_at, completed_at, paid_to, payer_phone, payer_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    answer.receipt,
    answer.shortCode,
    answer.callId,
    answer.callbackId,
    answer.at,
    answer.fate,
    answer.isAnswered ? 1 : 0,
    cut(answer.code, 100),
    cut(answer.text, 2_000),
    cut(answer.state, 100),
    answer.amountCents,
    answer.startedAt,
    answer.completedAt,
    cut(answer.paidTo, 20),
    cut(answer.payerPhone, 40),
    cut(answer.payerName, 200),
  ).lastId;
}

function cut(text: string | null, length: number): string | null {
  return text === null ? null : text.slice(0, length);
}

const ANSWER = `
  SELECT id, receipt, short_code AS shortCode, call_id AS callId, callback_id AS callbackId, at, fate,
         is_answered AS isAnswered, code, text, state, amount_cents AS amountCents, started_at AS startedAt,
         completed_at AS completedAt, paid_to AS paidTo, payer_phone AS payerPhone, payer_name AS payerName
    FROM status_answers`;

/** Oldest first. */
export function selectStatusAnswers(db: ReadDb, receipt: string): StatusAnswerRow[] {
  return db.all<StatusAnswerRow>(`${ANSWER} WHERE receipt = ? ORDER BY id LIMIT 200`, receipt);
}

/** Receipts of which Safaricom has said that the money went back. */
export function selectSaidReversed(db: ReadDb): string[] {
  return db
    .all<{ receipt: string }>(
      `SELECT DISTINCT receipt FROM status_answers WHERE fate = 'reversed' AND is_answered = 1 ORDER BY receipt`,
    )
    .map(({ receipt }) => receipt);
}
