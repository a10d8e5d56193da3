import { type Message, say } from '../message.ts';
import { isPlainWords, parseReceipt, type Receipt, receiptDate } from '../receipt.ts';
import type { UtcMs } from '../time.ts';
import { type C2bConfirmation, readC2bConfirmation } from './c2b-confirmation.ts';
import { stkOutcome } from './codes.ts';
import { warnOfDates } from './date-warnings.ts';
import { explainResult } from './explain-result.ts';
import { type Explanation, present } from './explanation.ts';
import { readGatewayError } from './gateway-error.ts';
import { asObject, asText, fieldOf, type Loose } from './loose.ts';
import { asParameters, valuesOf } from './parameters.ts';
import { DEEPEST, depthOf } from './parse-body.ts';
import type { DarajaParty } from './parties.ts';
import { type PullAnswer, readPullAnswer } from './pull-answer.ts';
import { readResult } from './result.ts';
import { readConfirmedCode, readSms, type Sms } from './sms.ts';
import { readStkCallback, type StkCallback } from './stk-callback.ts';
import { warnOfValues } from './value-warnings.ts';

/** Explains what somebody pasted: a Daraja body as JSON, a confirmation message, or a receipt. */
export function explainText(pasted: string, now: UtcMs): Explanation {
  const text = pasted.replace(/^\uFEFF/, '').trim();
  if (text === '') return unreadable(say('explain.empty'));
  if (/^[[{"]/.test(text)) {
    // Nobody writes brackets so deep but to break whoever reads them.
    if (depthOf(text) > DEEPEST) return unreadable(say('explain.too-deep'));
    const body = parseJson(text);
    return body === undefined ? unreadable(say('explain.bad-json')) : explainBody(body, now);
  }
  if (/^</.test(text)) return unreadable(say('explain.html'));
  // People write receipts with blanks in between.
  const receipt = isPlainWords(text) ? null : parseReceipt(text);
  if (receipt !== null) return withDates(explainReceipt(receipt), now);
  const sms = readSms(text);
  if (sms !== null) return withDates(explainSms(sms), now);
  const code = readConfirmedCode(text);
  return code === null ? unreadable(say('explain.no-message')) : withDates(explainCode(code), now);
}

/** Explains a parsed body: a result, a time-out, a confirmation, a callback of STK push, or a Pull answer. */
export function explainBody(body: unknown, now: UtcMs): Explanation {
  const fields = asObject(body);
  if (fields === null) return unreadable(say('explain.no-object'));
  const confirmation = readC2bConfirmation(body);
  if (confirmation) return withDates(explainConfirmation(confirmation, fields), now);
  const stk = readStkCallback(body);
  if (stk) return withDates(explainPrompt(stk), now);
  const pull = readPullAnswer(body);
  if (pull) return explainPull(pull);
  const result = readResult(body);
  return result ? withDates(explainResult(result), now) : explainOther(fields);
}

function withDates(told: Explanation, now: UtcMs): Explanation {
  return { ...told, warnings: [...told.warnings, ...warnOfDates(told, now)] };
}

function explainConfirmation(confirmation: C2bConfirmation, fields: Loose): Explanation {
  const { receipt, amount, at, shortCode, reference, payerNumber, payerName, type, balance } = confirmation;
  const payer: DarajaParty = { role: 'debit', number: payerNumber, name: payerName };
  const shop: DarajaParty = { role: 'credit', number: shortCode, name: null };
  const parties = [payer, shop].filter(({ number, name }) => number !== null || name !== null);
  const said = asParameters(fields);
  const decisive = ['TransAmount', 'TransTime'] as const;
  return {
    kind: 'c2b-confirmation',
    outcome: 'completed',
    ...present({ receipt, amount, completedAt: at, reference, text: type }),
    ...(parties.length > 0 ? { parties } : {}),
    ...present({ balanceAfter: balance }),
    warnings: [
      say('explain.unsigned'),
      ...warnOfValues(said, {
        TransID: receipt,
        TransAmount: amount,
        TransTime: at,
        OrgAccountBalance: balance,
      }),
      ...decisive
        .filter((key) => valuesOf(said, key).length === 0)
        .map((key) => say('explain.value-missing', { key })),
    ],
  };
}

function explainPrompt(stk: StkCallback): Explanation {
  const { code, text, outcome, isContradictory, receipt, amount, at, payerNumber, items } = stk;
  return {
    kind: 'stk-callback',
    outcome,
    ...present({ code, text, receipt, amount, completedAt: at }),
    ...(payerNumber === null ? {} : { parties: [{ role: 'debit', number: payerNumber, name: null }] }),
    warnings: [
      say('explain.unsigned'),
      ...(isContradictory ? [say('explain.contradiction', { code: code ?? '', text: text ?? '' })] : []),
      ...(code !== null && stkOutcome(code) === 'unknown' ? [say('explain.unknown-code', { code })] : []),
      ...warnOfValues(items, {
        MpesaReceiptNumber: receipt,
        Amount: amount,
        TransactionDate: at,
        PhoneNumber: payerNumber,
      }),
    ],
  };
}

function explainPull({ code, text, outcome, rows, unread }: PullAnswer): Explanation {
  const outcomes = { rows: 'completed', none: 'not-found', unknown: 'unknown' } as const;
  const isKnown = code === '1000' || code === '1001';
  return {
    kind: 'pull-answer',
    code,
    outcome: outcomes[outcome],
    ...present({ text }),
    ...(rows.length > 0 ? { rows } : {}),
    warnings: [
      ...(isKnown ? [] : [say('explain.unknown-code', { code })]),
      ...(isKnown && outcome === 'unknown'
        ? [rows.length > 0 ? say('explain.none-yet-rows', { code }) : say('pull.no-list')]
        : []),
      ...(unread > 0 ? [say('explain.pull-unread', { rows: unread })] : []),
    ],
  };
}

/** An acknowledgement or a refusal is no answer, and what else there may be is not known to us. */
function explainOther(fields: Loose): Explanation {
  const error = readGatewayError(fields);
  if (error !== null) return { ...unreadable(say('explain.error-body')), ...present(error) };
  const accepted = asText(fieldOf(fields, 'ResponseCode'));
  if (accepted === null) return unreadable(say('explain.unknown-body'));
  const said = {
    text: asText(fieldOf(fields, 'ResponseDescription')),
    originatorConversationId: asText(fieldOf(fields, 'OriginatorConversationID')),
    conversationId: asText(fieldOf(fields, 'ConversationID')),
  };
  return { ...unreadable(say('explain.acknowledgement')), code: accepted, ...present(said) };
}

function explainReceipt(receipt: Receipt): Explanation {
  return { kind: 'receipt', receipt, ...present({ day: receiptDate(receipt) }), warnings: [] };
}

function explainSms(sms: Sms): Explanation {
  const { shape, receipt, originalReceipt, amount, at, payer, payee, reference, balance } = sms;
  const party: DarajaParty | null =
    payer === null ? null : { role: 'debit', number: payer.phone ?? payer.code, name: payer.name };
  return {
    kind: 'sms',
    shape,
    outcome: shape === 'reversal' ? 'reversed' : 'completed',
    ...present({ receipt, originalReceipt, amount, completedAt: at, reference, payee }),
    ...(party === null ? {} : { parties: [party] }),
    ...(balance === null ? {} : { accounts: [{ name: balance.account, current: balance.amount }] }),
    warnings: [say('explain.message-proves-nothing')],
  };
}

/** A confirmation in words that we do not know: another language, or about something else than a payment. */
function explainCode(receipt: Receipt): Explanation {
  const warnings = [say('explain.message-part-read'), say('explain.message-proves-nothing')];
  return { kind: 'sms', outcome: 'unknown', receipt, warnings };
}

function unreadable(reason: Message): Explanation {
  return { kind: 'unreadable', reason, warnings: [] };
}

/** Undefined for what is no JSON. A body that was pasted as a quoted text is opened once more. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' && /^\s*\{/.test(value) ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}
