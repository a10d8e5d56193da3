import type { Actor, ReadDb, WriteDb } from '#main/db/ledger.ts';
import type { NewAlert } from '#main/db/queries/alerts.ts';
import { insertCall, ROTATION, stepCall } from '#main/db/queries/api-calls.ts';
import { seal } from '#main/db/queries/sealed.ts';
import { type CredentialKind, OPERATOR_OF, type Product } from '#shared/domain/daraja/product.ts';
import { withoutSecrets } from '#shared/domain/daraja/requests.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import { type CallOutcome, outcomeOf } from './call-outcome.ts';
import { sayCannotAsk } from './call-words.ts';
import { noteProof, noteRefusal } from './credential-news.ts';
import { learnClock } from './learn-clock.ts';
import { tokenNoter } from './note-token.ts';
import type { SafaricomParts } from './parts.ts';
import type { PreparedCall } from './prepare-call.ts';
import type { Asked, CannotAsk } from './question.ts';

/** A request that is ready, with what it is for. */
export type CallToPut = PreparedCall & {
  readonly product: Exclude<Product, 'token'>;
  readonly shortCode: string;
  readonly subject: string;
};

export type PutCall = {
  readonly asked: Asked;
  /** Safaricom was busy. */
  readonly isBusy: boolean;
};

/** Sealed and in base64, this much of an answer still fits its column. */
const MOST_ANSWER_BYTES = 140_000;

/**
 * Writes the intent, sends, writes the outcome. `whyNot` is asked once more where the intent is written: a credential
 * may have been refused since.
 */
export async function putCall(
  parts: SafaricomParts,
  actor: Actor,
  call: CallToPut,
  whyNot: (db: ReadDb) => CannotAsk | null,
  signal?: AbortSignal,
): Promise<PutCall> {
  const { core, line } = parts;
  const { product, keys, body } = call;
  const askedAt = core.now();
  const intent = writeIntent(parts, actor, call, whyNot, askedAt);
  if (!intent.ok) return { asked: intent.asked, isBusy: false };
  const { callId } = intent;
  const hearToken = tokenNoter(core, actor, call);
  const outcome = outcomeOf(product, await line.send({ product, keys, body, hearToken }, signal));
  writeOutcome(parts, actor, call, { callId, askedAt, outcome });
  learnClock(parts);
  core.tell('ledger:changed', { areas: ['safaricom'] });
  return { asked: sayAsked(callId, outcome), isBusy: outcome.isBusy };
}

type Intent = { readonly ok: true; readonly callId: number } | { readonly ok: false; readonly asked: Asked };

function writeIntent(
  { core }: SafaricomParts,
  actor: Actor,
  { product, shortCode, subject, token, body }: CallToPut,
  whyNot: (db: ReadDb) => CannotAsk | null,
  at: UtcMs,
): Intent {
  let stopped: CannotAsk | null = null;
  const written = core.ledger.act(actor, 'call.asked', 'call', (db) => {
    stopped = whyNot(db);
    if (stopped !== null) return fail('ledger/changed-meanwhile', sayCannotAsk(stopped, shortCode));
    const request = JSON.stringify(withoutSecrets(body));
    const { staffId } = actor;
    const id = insertCall(db, { product, shortCode, subject, staffId, token, request, at });
    const credential = OPERATOR_OF[product] ?? 'app';
    return succeed({
      value: id,
      subject: `call:${id}`,
      // The token is asked for with the app's keys, whatever else the request speaks with.
      details: { product, shortCode, credential, keys: 'app', for: subject },
    });
  });
  if (written.ok) return { ok: true, callId: written.value };
  if (stopped === null) throw new Error(`a call cannot be written: ${written.error.code}`);
  return { ok: false, asked: { type: 'cannot-ask', reason: stopped, why: written.error.message } };
}

function writeOutcome(
  { core }: SafaricomParts,
  actor: Actor,
  { product, shortCode, subject, body: request }: CallToPut,
  { callId, askedAt, outcome }: { callId: number; askedAt: UtcMs; outcome: CallOutcome },
): void {
  const at = core.now();
  let alert: number | null = null;
  const written = core.ledger.act(actor, 'call.ended', `call:${callId}`, (db) => {
    const { body, refused, isBusy: _, ...step } = outcome;
    const answer = body === undefined ? {} : { answer: sealAnswer(db, callId, body) };
    const isStep = stepCall(db, callId, { ...step, at, ...answer });
    const about = { shortCode, askedAt, at };
    const isOfKept = refused === 'app' || !subject.startsWith(ROTATION);
    if (refused !== null && outcome.why && isOfKept) {
      const operator = request.Initiator ?? null;
      const news = noteRefusal(db, { ...about, kind: refused, operator }, outcome.why);
      if (news === 'refused') alert = raiseAlert(db, alertOfRefusal(callId, refused, shortCode, at));
    }
    for (const kind of provedBy(product, outcome)) noteProof(db, { ...about, kind });
    const { state, code } = step;
    return succeed({
      value: undefined,
      // An answer that was here first stands: what came at once is then only noted.
      details: { product, shortCode, state: isStep ? state : 'overtaken', code, refused },
    });
  });
  if (!written.ok) throw new Error(`the end of a call cannot be written: ${written.error.code}`);
  tellAlerts(core, [alert]);
}

/** Nothing is asked with it from now on: the owner should know, also when nobody waited for this question. */
function alertOfRefusal(callId: number, kind: CredentialKind, number: string, at: UtcMs): NewAlert {
  const what =
    kind === 'app'
      ? say('alert.keys-refused', { number })
      : kind === 'passkey'
        ? say('alert.passkey-refused', { number })
        : say('alert.credential-refused', { number });
  return { kind: 'credential-refused', subject: `credential:${number}:${callId}`, what, at };
}

/** What an answer at once proves: the app's keys, and the passkey of a prompt that was found. Never a password. */
function provedBy(product: Product, { state }: CallOutcome): ('app' | 'passkey')[] {
  if (state !== 'accepted' && state !== 'answered') return [];
  return product === 'stk-query' ? ['app', 'passkey'] : ['app'];
}

/** Kept for evidence under a key of its own, so that erasing what it says of a person breaks nothing. */
function sealAnswer(db: WriteDb, callId: number, body: unknown): string {
  const bytes = Buffer.from(JSON.stringify(body) ?? 'null', 'utf8');
  const text = bytes.subarray(0, MOST_ANSWER_BYTES).toString('utf8');
  return JSON.stringify(seal(db, `call:${callId}`, text));
}

function sayAsked(callId: number, { state, why, code, body }: CallOutcome): Asked {
  if (state === 'accepted') return { type: 'accepted', callId };
  if (state === 'answered') return { type: 'answered', callId, body };
  if (why === undefined) throw new Error(`a call that is ${state} has no reason`);
  return state === 'refused' ? { type: 'refused', callId, code, why } : { type: state, callId, why };
}
