import type { Actor, ReadDb } from '#main/db/ledger.ts';
import { backoffMs, MOST_TRIES } from '#shared/domain/daraja/backoff.ts';
import { sayCannotAsk } from './call-words.ts';
import type { OperatorSecret } from './kept-secrets.ts';
import { whyNotAsk } from './may-ask.ts';
import type { SafaricomParts } from './parts.ts';
import { prepareCall } from './prepare-call.ts';
import { type PutCall, putCall } from './put-call.ts';
import type { Asked, Question } from './question.ts';

export type AskOptions = {
  /** What it is for: `look-up:5`, `pull`, `balance`, `doctor`. */
  readonly subject: string;
  /** Nobody waits for it: it stops after two silences, and a busy Safaricom is asked again later. */
  readonly isBackground?: boolean;
  readonly signal?: AbortSignal;
  /**
   * Asked with in the place of the kept look-up operator, before it is put into use. The subject is then
   * `rotation:<short code>`, and what comes of it changes nothing about the kept one.
   */
  readonly candidate?: OperatorSecret;
};

/**
 * Puts one question to Safaricom: intent, sending and outcome are each on record (ADR 31). A person's question is put
 * once; one in the background, when Safaricom is busy, up to four times, each a call of its own.
 */
export function ask(
  parts: SafaricomParts,
  actor: Actor,
  question: Question,
  options: AskOptions,
): Promise<Asked> {
  return parts.finish(askUntilHeard(parts, actor, question, options));
}

async function askUntilHeard(
  parts: SafaricomParts,
  actor: Actor,
  question: Question,
  options: AskOptions,
): Promise<Asked> {
  const { isBackground = false, signal } = options;
  for (let tries = 1; ; tries++) {
    const { asked, isBusy } = await askOnce(parts, actor, question, options);
    if (!isBackground || !isBusy || tries >= MOST_TRIES) return asked;
    const goesOn = await parts.pause(backoffMs(tries, Math.random()));
    if (!goesOn || signal?.aborted === true) return asked;
  }
}

async function askOnce(
  parts: SafaricomParts,
  actor: Actor,
  question: Question,
  { subject, isBackground = false, signal, candidate }: AskOptions,
): Promise<PutCall> {
  const { product, shortCode } = question;
  const wish = { product, shortCode, isBackground, candidate: candidate?.name ?? null };
  const whyNot = (db: ReadDb) => whyNotAsk(db, wish);
  const reason = whyNot(parts.core.ledger.read);
  if (reason !== null)
    return { asked: { type: 'cannot-ask', reason, why: sayCannotAsk(reason, shortCode) }, isBusy: false };
  const prepared = await prepareCall(parts, question, candidate);
  if (!prepared.ok)
    return { asked: { type: 'cannot-ask', reason: prepared.reason, why: prepared.why }, isBusy: false };
  const call = { product, shortCode, subject, ...prepared.value };
  return putCall(parts, actor, call, whyNot, signal);
}
