import { type Message, say } from '../message.ts';
import { readBalanceResult } from './balance-result.ts';
import { contradicts, meaningOf } from './codes.ts';
import { type Explanation, type Outcome, present } from './explanation.ts';
import { answerKindOf, isTimeout, type ResultEnvelope } from './result.ts';
import { readReversalResult } from './reversal-result.ts';
import { readStatusResult } from './status-result.ts';
import { warnOfValues } from './value-warnings.ts';

/** Explains a result of one of the three questions, or the news that there is none yet. */
export function explainResult(result: ResultEnvelope): Explanation {
  const { originatorConversationId, conversationId, code, text } = result;
  const common = present({ code, text, originatorConversationId, conversationId });
  if (isTimeout(result))
    return { kind: 'timeout', outcome: 'unknown', ...common, warnings: [say('explain.timeout')] };
  switch (answerKindOf(result)) {
    case 'status':
      return { ...common, ...explainStatus(result) };
    case 'reversal':
      return { ...common, ...explainReversal(result) };
    case 'balance':
      return { ...common, ...explainBalance(result) };
    case null:
      return { ...common, ...explainOtherResult(result) };
  }
}

/** A failure often names nothing but its code: what that says holds, whichever question it answers. */
function explainOtherResult(result: ResultEnvelope): Explanation {
  const { code, text } = result;
  const isContradictory = code !== null && contradicts(code, text);
  const meaning = code === null || isContradictory ? 'unknown' : meaningOf(code);
  const isFailed = meaning !== 'done' && meaning !== 'busy' && meaning !== 'unknown';
  return {
    kind: 'unreadable',
    outcome: isFailed ? 'failed' : 'unknown',
    reason: say('explain.other-product'),
    warnings: codeWarnings(result, isContradictory),
  };
}

function explainStatus(result: ResultEnvelope): Explanation {
  const status = readStatusResult(result);
  const { receipt, amount, parties, startedAt, completedAt } = status;
  const isUnsure = parties.some((party) => party.role === '1');
  return {
    kind: 'status-result',
    outcome: status.fate,
    ...present({ receipt, amount, startedAt, completedAt }),
    ...(parties.length > 0 ? { parties } : {}),
    warnings: [
      ...codeWarnings(result, status.isContradictory),
      ...(status.fate === 'not-found' ? [say('explain.not-found-yet')] : []),
      ...(!status.isAnswered && status.fate === 'failed' ? [say('explain.question-refused')] : []),
      ...(isUnsure ? [say('explain.parties-unsure')] : []),
      ...warnOfValues(result.parameters, {
        TransactionStatus: status.state,
        ReceiptNo: receipt,
        Amount: amount,
        InitiatedTime: startedAt,
        FinalisedTime: completedAt,
      }),
      ...(status.isAnswered && status.fate === 'unknown' && !status.isUncertain
        ? [say('explain.state-unknown', { state: status.state ?? '' })]
        : []),
    ],
  };
}

const REVERSAL_OUTCOME: Readonly<Record<ReturnType<typeof readReversalResult>['outcome'], Outcome>> = {
  done: 'completed',
  already: 'reversed',
  failed: 'failed',
  unknown: 'unknown',
};

function explainReversal(result: ResultEnvelope): Explanation {
  const reversal = readReversalResult(result);
  const { receipt, originalReceipt, amount, parties, completedAt } = reversal;
  return {
    kind: 'reversal-result',
    outcome: REVERSAL_OUTCOME[reversal.outcome],
    ...present({ receipt, originalReceipt, amount, completedAt }),
    ...(parties.length > 0 ? { parties } : {}),
    warnings: [
      ...codeWarnings(result, reversal.isContradictory),
      ...(reversal.outcome === 'already' ? [say('explain.already-reversed')] : []),
      ...warnOfValues(result.parameters, {
        OriginalTransactionID: originalReceipt,
        Amount: amount,
        TransCompletedTime: completedAt,
      }),
      ...(parties.some((party) => party.role === '1') ? [say('explain.parties-unsure')] : []),
    ],
  };
}

function explainBalance(result: ResultEnvelope): Explanation {
  const balance = readBalanceResult(result);
  return {
    kind: 'balance-result',
    outcome: balance.outcome,
    ...present({ completedAt: balance.completedAt }),
    ...(balance.accounts.length > 0 ? { accounts: balance.accounts } : {}),
    warnings: [
      ...codeWarnings(result, balance.isContradictory),
      ...warnOfValues(result.parameters, {
        AccountBalance: balance.accounts,
        BOCompletedTime: balance.completedAt,
      }),
      ...balance.unread.map((part) => say('explain.balance-unread', { part: part.slice(0, 100) })),
    ],
  };
}

/** What is always said of a code: who must act, that nobody knows it, or that it contradicts its own sentence. */
function codeWarnings({ code, text }: ResultEnvelope, isContradictory: boolean): Message[] {
  if (code === null) return [];
  if (isContradictory) return [say('explain.contradiction', { code, text: text ?? '' })];
  const meaning = meaningOf(code);
  if (meaning === 'credential-refused') return [say('explain.credential-refused')];
  return meaning === 'unknown' ? [say('explain.unknown-code', { code })] : [];
}
