import { withoutSecrets } from '#shared/domain/daraja/requests.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { ReversalEvent } from '#shared/domain/reversal/state.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { type Actor, PROGRAM, type WriteDb } from '../../db/ledger.ts';
import { insertCall, stepCall } from '../../db/queries/api-calls.ts';
import { moveReversal, spendApproval, writeSending, writeWords } from '../../db/queries/move-reversal.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import { seal } from '../../db/queries/sealed.ts';
import type { Core } from '../core.ts';
import { type CallOutcome, outcomeOf } from '../safaricom/call-outcome.ts';
import { noteProof, noteRefusal } from '../safaricom/credential-news.ts';
import type { OperatorSecret } from '../safaricom/kept-secrets.ts';
import { tokenNoter } from '../safaricom/note-token.ts';
import { bindingHash, bindingOf, hostOfLine } from './bind-approval.ts';
import type { ReversalParts } from './parts.ts';
import { type PreparedSending, prepareSending } from './prepare-sending.ts';
import { judgeApprover } from './prove-approver.ts';
import { problemsNow } from './show-reversals.ts';
import { tellReversals } from './tell.ts';

/** An approval counts so long. */
export const APPROVAL_LIVES = 10 * MINUTE;

/**
 * Sends what has just been approved, once. Intent, the seal of the log over it, the call, its outcome: in this order,
 * each on disk before the next. Whatever goes wrong before the call leaves nothing sent; whatever goes wrong after it
 * leaves `sending`, which the next start calls unknown. Nothing here ever tries again.
 */
export function sendReversal(
  parts: ReversalParts,
  reversalId: number,
  operator: OperatorSecret,
): Promise<void> {
  // The end of the program waits for it, or what became of the call would be lost.
  return parts.finish(sendOnce(parts, reversalId, operator));
}

async function sendOnce(parts: ReversalParts, reversalId: number, operator: OperatorSecret): Promise<void> {
  const { core, line } = parts;
  const approved = readReversal(core.ledger.read, reversalId);
  if (approved === null || approved.state !== 'approved') return;
  const actor: Actor = { staffId: approved.approvedBy ?? PROGRAM.staffId, session: null };
  const prepared = await prepareSending(parts, approved, operator);
  if (!prepared.ok) return lapse(core, approved, prepared.why);
  const intent = writeIntent(parts, actor, approved, prepared.value);
  if (!intent.ok) return lapse(core, approved, intent.error.message);
  const { callId, askedAt } = intent.value;
  tellReversals(core);
  const about = { actor, reversalId, callId, askedAt, shortCode: approved.shortCode };
  if (!(await sealLog(core))) {
    writeOutcome(core, about, notSent(say('reversal.no.log')));
  } else {
    const { keys, body } = prepared.value;
    const hearToken = tokenNoter(core, actor, {
      shortCode: approved.shortCode,
      subject: `reversal:${reversalId}`,
    });
    const reply = await line.send({ product: 'reversal', keys, body, hearToken });
    writeOutcome(core, about, outcomeOf('reversal', reply));
  }
  core.tell('ledger:changed', { areas: ['safaricom'] });
  tellReversals(core);
}

/**
 * What was approved cannot be sent: nothing was, and only a new approval can. Where it was taken back, lapsed by time or
 * was approved anew meanwhile, this approval is gone already: nothing is written.
 */
function lapse(core: Core, approved: ReversalRow, why: Message): void {
  const { id } = approved;
  const lapsed = core.ledger.act(PROGRAM, 'reversal.lapsed', `reversal:${id}`, (db) => {
    const event = { type: 'lapsed' } as const;
    const moved =
      isSameApproval(readReversal(db, id), approved) &&
      moveReversal(db, { id, event, what: why, staffId: PROGRAM.staffId, at: core.now() }) !== null;
    if (!moved) return fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'));
    spendApproval(db, id);
    return succeed({ value: undefined, details: { why: why.id } });
  });
  if (lapsed.ok) tellReversals(core);
}

/** The token is made for one approval, and no other ever has it. */
function isSameApproval(now: ReversalRow | null, approved: ReversalRow): boolean {
  return now !== null && now.state === 'approved' && now.resultToken === approved.resultToken;
}

type Intent = { readonly callId: number; readonly askedAt: UtcMs };

/**
 * The books are read again and must be what was approved, by somebody who may approve it now, with nothing in the way:
 * the keychain may have taken its time. Then the call stands in them, before it is made.
 */
function writeIntent(
  parts: ReversalParts,
  actor: Actor,
  approved: ReversalRow,
  { body }: PreparedSending,
): Result<Intent> {
  const { core } = parts;
  const { id } = approved;
  return core.ledger.act(actor, 'reversal.sending', `reversal:${id}`, (db) => {
    const at = core.now();
    const reversal = readReversal(db, id);
    if (
      reversal === null ||
      !isSameApproval(reversal, approved) ||
      !isStillApproved(db, parts, reversal, body, at)
    )
      return fail('reversal/changed', say('reversal.approval-void'));
    const why = whyNotSend(db, core, reversal, at);
    if (why !== null) return fail('reversal/refused', why);
    const { shortCode, resultToken } = reversal;
    const callId = insertCall(db, {
      product: 'reversal',
      shortCode,
      subject: `reversal:${id}`,
      staffId: actor.staffId,
      token: resultToken,
      request: JSON.stringify(withoutSecrets(body)),
      at,
    });
    const what = say('reversal.step.sending');
    moveReversal(db, { id, event: { type: 'sending' }, what, staffId: actor.staffId, at });
    writeSending(db, id, callId, at);
    const { receipt, amountCents } = reversal;
    const used = { credential: 'reversal-operator', keys: 'app' };
    return succeed({
      value: { callId, askedAt: at },
      details: { call: callId, receipt, amountCents, ...used },
    });
  });
}

/** Why what was approved may not be sent any more: the approver's rights, and all that a request is held to. */
function whyNotSend(db: WriteDb, core: Core, reversal: ReversalRow, now: UtcMs): Message | null {
  const staffId = reversal.approvedBy ?? PROGRAM.staffId;
  // Their own request was approved with the second factor, or it would not be marked so.
  const judged = judgeApprover(db, reversal, { staffId, factor: reversal.isOwn ? 'totp' : 'password' }, now);
  if (!judged.ok) return say('reversal.approver-void');
  return problemsNow(core, reversal)[0] ?? null;
}

function isStillApproved(
  db: WriteDb,
  { core, line }: ReversalParts,
  reversal: ReversalRow,
  body: PreparedSending['body'],
  now: UtcMs,
): boolean {
  const { state, approvalHash, approvedBy, approvedAt, resultToken } = reversal;
  if (state !== 'approved' || approvalHash === null) return false;
  if (approvedBy === null || approvedAt === null || resultToken === null) return false;
  // A clock that was set back makes no approval young.
  if (now < approvedAt || now - approvedAt > APPROVAL_LIVES) return false;
  const binding = bindingOf(db, core.ledger.environment, reversal, { approvedBy, approvedAt, resultToken });
  if (binding === null || !bindingHash(binding).equals(approvalHash)) return false;
  // What goes out says the same, field by field, and goes where it was approved to go.
  return (
    hostOfLine(line) === binding.host &&
    body.TransactionID === binding.receipt &&
    body.ReceiverParty === binding.shortCode &&
    body.RecieverIdentifierType === binding.identifierType &&
    body.Initiator === binding.initiator &&
    body.Remarks === binding.remarks &&
    Math.round(Number(body.Amount) * 100) === binding.amountCents &&
    body.ResultURL?.endsWith(`/${binding.resultToken}`) === true
  );
}

/** The intent is sealed and anchored before any money moves. Books without a recovery code have no seal to make. */
async function sealLog(core: Core): Promise<boolean> {
  const sealed = await core.audit.closeEpoch('money');
  if (sealed.ok || sealed.problem === 'unsigned') return true;
  core.log.error('a reversal was not sent, for the log could not be sealed', { problem: sealed.problem });
  return false;
}

function notSent(why: Message): CallOutcome {
  const nothing = { code: null, text: null, originatorConversationId: null, conversationId: null };
  return { ...nothing, state: 'not-sent', why, refused: null, isBusy: false };
}

type About = {
  readonly actor: Actor;
  readonly reversalId: number;
  readonly callId: number;
  readonly askedAt: UtcMs;
  readonly shortCode: string;
};

/** What the call came to, with its ids: before anything is said to anybody. */
function writeOutcome(core: Core, about: About, outcome: CallOutcome): void {
  const { actor, reversalId: id, callId, askedAt, shortCode } = about;
  const at = core.now();
  const written = core.ledger.act(actor, 'reversal.sent', `reversal:${id}`, (db) => {
    const { body, refused, isBusy: _, ...step } = outcome;
    const answer = body === undefined ? {} : { answer: sealAnswer(db, callId, body) };
    stepCall(db, callId, { ...step, at, ...answer });
    const news = { shortCode, askedAt, at };
    if (refused !== null && outcome.why) noteRefusal(db, { ...news, kind: refused }, outcome.why);
    if (outcome.state === 'accepted') noteProof(db, { ...news, kind: 'app' });
    const { event, what } = readOutcome(outcome);
    // A result may have overtaken this: then it changes nothing.
    const moved = moveReversal(db, { id, event, what, staffId: PROGRAM.staffId, at });
    if (outcome.state === 'refused') writeWords(db, id, { code: outcome.code, text: outcome.text });
    return succeed({
      value: undefined,
      details: { outcome: outcome.state, state: moved?.state ?? null, code: outcome.code, call: callId },
    });
  });
  if (!written.ok) throw new Error(`what became of a reversal cannot be written: ${written.error.code}`);
}

function readOutcome({ state, why, code, text }: CallOutcome): { event: ReversalEvent; what: Message } {
  switch (state) {
    case 'accepted':
    case 'answered':
      return { event: { type: 'accepted' }, what: say('reversal.step.accepted') };
    case 'refused':
      return {
        event: { type: 'refused' },
        what: why ?? say('reversal.step.failed', { said: `${text ?? '–'} (${code ?? '–'})` }),
      };
    case 'not-sent':
      return { event: { type: 'not-sent' }, what: why ?? say('reversal.step.not-sent') };
    case 'lost':
      return { event: { type: 'doubt' }, what: why ?? say('reversal.step.doubt') };
  }
}

/** Sealed and in base64, this much of an answer still fits its column. */
const MOST_ANSWER_BYTES = 140_000;

function sealAnswer(db: WriteDb, callId: number, body: unknown): string {
  const bytes = Buffer.from(JSON.stringify(body) ?? 'null', 'utf8');
  return JSON.stringify(seal(db, `call:${callId}`, bytes.subarray(0, MOST_ANSWER_BYTES).toString('utf8')));
}
