import { setTimeout as sleep } from 'node:timers/promises';
import { OPEN_STATES } from '#shared/domain/daraja/call-state.ts';
import { nextPair, pairsFor } from '#shared/domain/doctor/till-number.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { parseReceipt, type Receipt } from '#shared/domain/receipt.ts';
import { HOUR, SECOND, type UtcMs } from '#shared/domain/time.ts';
import type { Actor } from '../../db/ledger.ts';
import { selectCall } from '../../db/queries/api-calls.ts';
import { selectCredential, selectCredentials } from '../../db/queries/credentials.ts';
import { readPastReceipt, selectIdentity, selectNumbersOfTill } from '../../db/queries/doctor.ts';
import { readRelayPairing } from '../../db/queries/relay-pairing.ts';
import { readReach } from '../inbox/reach.ts';
import { ask } from '../safaricom/ask.ts';
import { readAppKeys } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Asked, Question } from '../safaricom/question.ts';
import { checkKeys } from './check-keys.ts';
import { triesOf } from './codes.ts';
import { TILL_TRY } from './learn-number.ts';

export type OnlineWish = {
  /** One short code, or all that are set up. */
  readonly shortCode: string | null;
  /** A payment to the short code, to find out which number it answers to. */
  readonly receipt: Receipt | null;
};

export type OnlineParts = {
  readonly safaricom: SafaricomParts;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  /** How far it is: 0 to 1. */
  readonly tell: (fraction: number) => void;
  /** How long an answer is waited for before the next thing is looked at: the inbox takes it in meanwhile. */
  readonly patienceMs?: number;
};

/** What could not be asked, each with its reason. Everything else stands in the books. */
export type NotAsked = { readonly shortCode: string; readonly why: Message };

/** Answers come within seconds or minutes; one that comes later still counts. */
const PATIENCE = 90 * SECOND;
const RELAY_PATIENCE = 15 * SECOND;
const LOOK_EVERY = 500;
/** A payment of just now may not be known yet. */
const LONG_AGO = HOUR;

/**
 * Asks what only Safaricom can tell: are the keys taken, does the app have the product, is the operator accepted. Each
 * operator is tried once, but for a till whose number is not known: twice at most. A refused credential is not tried.
 */
export async function askSafaricom(parts: OnlineParts, wish: OnlineWish): Promise<NotAsked[]> {
  const { core } = parts.safaricom;
  const codes = [
    ...new Set(selectCredentials(core.ledger.read, wish.shortCode).map(({ shortCode }) => shortCode)),
  ];
  const notAsked: NotAsked[] = [];
  await hearRelay(parts);
  for (const [at, shortCode] of codes.entries()) {
    if (parts.signal.aborted) break;
    parts.tell(at / codes.length);
    await tryKeys(parts, shortCode);
    if (parts.signal.aborted) break;
    const why = await tryOperator(parts, shortCode, wish.receipt);
    if (why !== null) notAsked.push({ shortCode, why });
  }
  return notAsked;
}

async function tryKeys({ safaricom, actor }: OnlineParts, shortCode: string): Promise<void> {
  const app = selectCredential(safaricom.core.ledger.read, shortCode, 'app');
  if (app === null || app.state === 'refused') return;
  const keys = await readAppKeys(safaricom.secrets, shortCode);
  // That they are gone is a line of its own.
  if (keys.ok && keys.value !== null) await checkKeys(safaricom, actor, shortCode, keys.value);
}

/** The inbox asks the relay by itself; right after the start it may not have been answered yet. */
async function hearRelay({ safaricom, signal, patienceMs = PATIENCE }: OnlineParts): Promise<void> {
  const { core } = safaricom;
  if (readRelayPairing(core.ledger.read) === null) return;
  const until = performance.now() + Math.min(RELAY_PATIENCE, patienceMs);
  const isHeard = () => {
    const { reachedAt, problem } = readReach(core);
    return reachedAt !== null || problem !== null;
  };
  while (!isHeard() && !signal.aborted && performance.now() < until) await rest(signal);
}

/** Null when it was asked, or there is no operator to try. */
async function tryOperator(
  parts: OnlineParts,
  shortCode: string,
  receipt: Receipt | null,
): Promise<Message | null> {
  const db = parts.safaricom.core.ledger.read;
  if (selectCredential(db, shortCode, 'look-up-operator') === null) return null;
  if (receipt !== null && selectIdentity(db, shortCode) === null) return tryPairs(parts, shortCode, receipt);
  const question = questionAbout(parts, shortCode, receipt);
  return reasonOf(await askAndWait(parts, question, 'doctor'));
}

/** About the named receipt, else about a payment of before; in empty books the balance says as much. */
function questionAbout({ safaricom }: OnlineParts, shortCode: string, receipt: Receipt | null): Question {
  const { ledger, now } = safaricom.core;
  const past = readPastReceipt(ledger.read, shortCode, (now() - LONG_AGO) as UtcMs);
  const about = receipt ?? (past === null ? null : parseReceipt(past));
  return about === null
    ? { product: 'balance', shortCode }
    : { product: 'status', shortCode, receipt: about };
}

/** The ways of naming a till, one after the other, until one is answered; the second only when the first was answered. */
async function tryPairs(parts: OnlineParts, shortCode: string, receipt: Receipt): Promise<Message | null> {
  const db = parts.safaricom.core.ledger.read;
  const pairs = pairsFor(shortCode, selectNumbersOfTill(db, shortCode));
  for (let first = true; ; first = false) {
    const identity = nextPair(pairs, triesOf(db, shortCode), receipt);
    if (identity === null) return first ? say('doctor.till-number.no-more') : null;
    const question = { product: 'status', shortCode, receipt, identity } as const;
    const asked = await askAndWait(parts, question, `${TILL_TRY}${shortCode}`);
    const why = reasonOf(asked);
    if (why !== null) return why;
    const call = asked.type === 'cannot-ask' ? null : selectCall(db, asked.callId);
    const isAnswered = call?.state === 'answered';
    if (parts.signal.aborted || !isAnswered || selectIdentity(db, shortCode) !== null) return null;
  }
}

async function askAndWait(parts: OnlineParts, question: Question, subject: string): Promise<Asked> {
  const asked = await ask(parts.safaricom, parts.actor, question, { subject, signal: parts.signal });
  if (asked.type === 'accepted' || asked.type === 'lost') await waitForAnswer(parts, asked.callId);
  return asked;
}

/** Until the answer is in the books, it has been long enough, or somebody stops it. */
async function waitForAnswer(
  { safaricom, signal, patienceMs = PATIENCE }: OnlineParts,
  callId: number,
): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!signal.aborted && performance.now() < until) {
    const call = selectCall(safaricom.core.ledger.read, callId);
    if (call === null || !OPEN_STATES.includes(call.state)) return;
    await rest(signal);
  }
}

async function rest(signal: AbortSignal): Promise<void> {
  try {
    await sleep(LOOK_EVERY, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What was put is in the books, whatever came of it; only what was not has to be said here. */
function reasonOf(asked: Asked): Message | null {
  return asked.type === 'cannot-ask' ? asked.why : null;
}
