import { readBalanceResult } from '#shared/domain/daraja/balance-result.ts';
import { insertBalance } from '../../db/queries/balances.ts';
import type { AnswerTaker } from '../safaricom/takers.ts';

/** Keeps what Safaricom says that the accounts hold. A refusal, or words that contradict their code, are no balance. */
export const takeBalance: AnswerTaker = (db, { callId, shortCode, result, at }) => {
  const { outcome, accounts, unread, completedAt } = readBalanceResult(result);
  if (outcome === 'completed')
    insertBalance(db, { shortCode, callId, asOf: completedAt, answeredAt: at, accounts, unread });
  return [];
};
