import { type Message, say } from '../message.ts';
import { isPlainWords, parseReceipt, type Receipt, receiptDate } from '../receipt.ts';
import { businessDayOf, type UtcMs } from '../time.ts';
import { readC2bConfirmation } from './c2b-confirmation.ts';
import { explainResult } from './explain-result.ts';
import { type Explanation, present } from './explanation.ts';
import { asObject, asText } from './loose.ts';
import { DEEPEST, depthOf } from './parse-body.ts';
import type { DarajaParty } from './parties.ts';
import { readPullAnswer } from './pull-answer.ts';
import { readResult } from './result.ts';
import { readConfirmedCode, readSms, type Sms } from './sms.ts';
import { readStkCallback } from './stk-callback.ts';

/** Explains what somebody pasted: a Daraja body as JSON, a confirmation message, or a receipt. */
export function explainText(pasted: string): Explanation {
  const text = pasted.replace(/^\uFEFF/, '').trim();
  if (text === '') return unreadable(say('explain.empty'));
  if (/^[[{"]/.test(text)) {
    // Nobody writes brackets so deep but to break whoever reads them.
    if (depthOf(text) > DEEPEST) return unreadable(say('explain.too-deep'));
    const body = parseJson(text);
    return body === undefined ? unreadable(say('explain.bad-json')) : explainBody(body);
  }
  if (/^</.test(text)) return unreadable(say('explain.html'));
  // People write receipts with blanks in between.
  const receipt = isPlainWords(text) ? null : parseReceipt(text);
  if (receipt !== null) return explainReceipt(receipt);
  const sms = readSms(text);
  if (sms !== null) return explainSms(sms);
  const code = readConfirmedCode(text);
  return code === null ? unreadable(say('explain.no-message')) : explainCode(code);
}

/** Explains a parsed body: a result, a time-out, a confirmation, a callback of STK push, or a Pull answer. */
export function explainBody(body: unknown): Explanation {
  if (asObject(body) === null) return unreadable(say('explain.no-object'));
  const confirmation = readC2bConfirmation(body);
  if (confirmation) {
    const { receipt, amount, at, shortCode, reference, payerNumber, payerName, type, balance } = confirmation;
    const payer: DarajaParty = { role: 'debit', number: payerNumber, name: payerName };
    const shop: DarajaParty = { role: 'credit', number: shortCode, name: null };
    return {
      kind: 'c2b-confirmation',
      outcome: 'completed',
      ...present({ receipt, amount, completedAt: at, reference, text: type }),
      parties: [payer, shop].filter(({ number, name }) => number !== null || name !== null),
      ...present({ balanceAfter: balance }),
      warnings: [say('explain.unsigned'), ...dateWarning(receipt, at)],
    };
  }
  const stk = readStkCallback(body);
  if (stk) {
    const { code, text, outcome, receipt, amount, at, payerNumber } = stk;
    return {
      kind: 'stk-callback',
      outcome,
      ...present({ code, text, receipt, amount, completedAt: at }),
      ...(payerNumber === null ? {} : { parties: [{ role: 'debit', number: payerNumber, name: null }] }),
      warnings: [say('explain.unsigned'), ...dateWarning(receipt, at)],
    };
  }
  const pull = readPullAnswer(body);
  if (pull) {
    const outcome = { rows: 'completed', none: 'not-found', unknown: 'unknown' } as const;
    return {
      kind: 'pull-answer',
      code: pull.code,
      outcome: outcome[pull.outcome],
      ...present({ text: pull.text }),
      rows: pull.rows,
      warnings: pull.unread > 0 ? [say('explain.pull-unread', { rows: pull.unread })] : [],
    };
  }
  const result = readResult(body);
  return result ? explainResult(result) : explainOther(body);
}

/** An acknowledgement or a refusal is no answer, and what else there may be is not known to us. */
function explainOther(body: unknown): Explanation {
  const fields = asObject(body) ?? {};
  const code = asText(fields.errorCode) ?? asText(fields.ErrorCode);
  if (code !== null) {
    const text = asText(fields.errorMessage) ?? asText(fields.ErrorMessage);
    return { ...unreadable(say('explain.error-body')), code, ...present({ text }) };
  }
  const accepted = asText(fields.ResponseCode);
  if (accepted === null) return unreadable(say('explain.unknown-body'));
  const text = asText(fields.ResponseDescription);
  const ids = {
    originatorConversationId: asText(fields.OriginatorConversationID),
    conversationId: asText(fields.ConversationID),
  };
  return { ...unreadable(say('explain.acknowledgement')), code: accepted, ...present({ text, ...ids }) };
}

function explainReceipt(receipt: Receipt): Explanation {
  const day = receiptDate(receipt);
  const warnings = day === null && receipt.length === 10 ? [say('explain.receipt-without-date')] : [];
  return { kind: 'receipt', receipt, ...present({ day }), warnings };
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
    warnings: [say('explain.message-proves-nothing'), ...dateWarning(receipt, at)],
  };
}

/** A confirmation in words that we do not know: another language, or about something else than a payment. */
function explainCode(receipt: Receipt): Explanation {
  const warnings = [say('explain.message-part-read'), say('explain.message-proves-nothing')];
  return { kind: 'sms', outcome: 'unknown', receipt, warnings };
}

/** The letters of a receipt name its day; where they name another one, it is said and decides nothing. */
function dateWarning(receipt: Receipt | null, at: UtcMs | null): Message[] {
  const said = receipt === null ? null : receiptDate(receipt);
  if (said === null || at === null) return [];
  const day = businessDayOf(at);
  return said === day ? [] : [say('explain.other-day', { letters: { day: said }, body: { day } })];
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
