import type { WriteDb } from '#main/db/ledger.ts';
import { type CallRow, callByToken, stepCall } from '#main/db/queries/api-calls.ts';
import { type CallbackFate, readAnsweringBody } from '#main/db/queries/callbacks.ts';
import { readPayerOf, selectNumbersBeside } from '#main/db/queries/request-facts.ts';
import { type CodeMeaning, contradicts, meaningOf } from '#shared/domain/daraja/codes.ts';
import { type AskedCall, judgeCallback } from '#shared/domain/daraja/judge-callback.ts';
import { asObject, asText } from '#shared/domain/daraja/loose.ts';
import { parseBody } from '#shared/domain/daraja/parse-body.ts';
import { type ResultEnvelope, readResult } from '#shared/domain/daraja/result.ts';
import { tidyWords } from '#shared/domain/daraja/tidy-words.ts';
import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { raiseAlert } from '../alerts.ts';
import { noteResultForCredential } from '../safaricom/credential-news.ts';
import { ANSWER_TAKERS, type BoundAnswer, CONTRADICTION_TAKERS } from '../safaricom/takers.ts';
import { parseBytes, readKeptBody } from './callback-body.ts';

export type CameToToken = {
  readonly callbackId: number;
  readonly kind: 'result' | 'timeout';
  readonly token: string;
  readonly body: Uint8Array;
  readonly at: UtcMs;
};

export type TakenCallback = { readonly fate: CallbackFate; readonly alerts: readonly (number | null)[] };

/** Binds a result or the news of a time-out to its request, inside the act that keeps it. */
export function takeResult(db: WriteDb, came: CameToToken): TakenCallback {
  const { callbackId, kind, token, body, at } = came;
  const call = callByToken(db, token);
  const parsed = parseBytes(body);
  const result = parsed.ok ? readResult(parsed.body) : null;
  const judged = judgeCallback({ kind, result }, call && describeCall(db, call));
  const about = { callId: call?.id ?? null, ...(call ? describeRequest(call) : {}) };
  const isNoJson = judged.outcome === 'unreadable' && !parsed.ok;
  const fate: CallbackFate = { ...about, outcome: judged.outcome, why: isNoJson ? parsed.why : judged.why };
  if (judged.outcome === 'suspicious') {
    const told =
      judged.isOtherAnswer && call !== null && result !== null
        ? CONTRADICTION_TAKERS[call.product]?.(db, bindTo(call, callbackId, result, at))
        : undefined;
    return { fate, alerts: [alertOf(db, came, call), ...(told ?? [])] };
  }
  if (judged.outcome === 'matched' && judged.becomes !== null && call !== null) {
    const [code, text] = [tidyWords(result?.code ?? null, 100), tidyWords(result?.text ?? null, 2_000)];
    stepCall(db, call.id, { state: judged.becomes, at, code, text });
    if (judged.becomes === 'answered' && result !== null) {
      const news = noteResultForCredential(db, call.id, meaningOfResult(result));
      const alerts = ANSWER_TAKERS[call.product]?.(db, bindTo(call, callbackId, result, at)) ?? [];
      return { fate, alerts: news === 'refused' ? [...alerts, alertOfRefusal(db, call, at)] : alerts };
    }
  }
  return { fate, alerts: [] };
}

/** A code that its own sentence contradicts says nothing of the operator either. */
function meaningOfResult({ code, text }: ResultEnvelope): CodeMeaning {
  return code === null || contradicts(code, text) ? 'unknown' : meaningOf(code);
}

function bindTo(call: CallRow, callbackId: number, result: ResultEnvelope, at: UtcMs): BoundAnswer {
  const { id: callId, shortCode, subject } = call;
  return { callId, callbackId, shortCode, subject, request: readRequest(call), result, at };
}

function describeCall(db: WriteDb, call: CallRow): AskedCall {
  const request = readRequest(call);
  const receipt = asText(request.TransactionID);
  return {
    product: call.product,
    state: call.state,
    request,
    originatorConversationId: call.originatorConversationId,
    conversationId: call.conversationId,
    ourNumbers: selectNumbersBeside(db, call.shortCode),
    payer: receipt === null ? null : readPayerOf(db, receipt),
    answer: call.state === 'answered' ? { result: readAnswer(db, call.id), code: call.code } : null,
  };
}

/** Null also when the earlier answer was erased: then only its code is left to compare with. */
function readAnswer(db: WriteDb, callId: number): ResultEnvelope | null {
  const stored = readAnsweringBody(db, callId);
  const text = stored === null ? null : readKeptBody(db, stored);
  const parsed = text === null ? null : parseBody(text);
  return parsed?.ok ? readResult(parsed.body) : null;
}

function describeRequest(call: CallRow): Pick<CallbackFate, 'shortCode' | 'receipt'> {
  const receipt = asText(readRequest(call).TransactionID);
  return { shortCode: call.shortCode, receipt: receipt === null ? null : parseReceipt(receipt) };
}

function readRequest(call: CallRow): Readonly<Record<string, unknown>> {
  return asObject(JSON.parse(call.request)) ?? {};
}

/** The first refusal of a credential stops all its calls: the owner should know at once. */
function alertOfRefusal(db: WriteDb, { id, shortCode }: CallRow, at: UtcMs): number | null {
  const what = say('alert.credential-refused', { number: shortCode });
  return raiseAlert(db, { kind: 'credential-refused', subject: `credential:${shortCode}:${id}`, what, at });
}

/** Answers nobody asked for are told once a day: whoever finds the address could fill the list with them. */
function alertOf(db: WriteDb, { callbackId, at }: CameToToken, call: CallRow | null): number | null {
  if (call === null) {
    const what = say('alert.callback-unknown-token');
    return raiseAlert(db, {
      kind: 'callback-unknown-token',
      subject: `callbacks:${businessDayOf(at)}`,
      what,
      at,
    });
  }
  const what = say('alert.callback-contradicts');
  return raiseAlert(db, { kind: 'callback-suspicious', subject: `callback:${callbackId}`, what, at });
}
