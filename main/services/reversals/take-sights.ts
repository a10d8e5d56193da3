import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { judgeLine, ownerOfLine, type ReversalFacts } from '#shared/domain/reversal/judge-line.ts';
import {
  OPEN_REVERSALS,
  REVERSAL_STATES,
  type ReversalEvent,
  type ReversalState,
  SENT_BACK,
} from '#shared/domain/reversal/state.ts';
import { step } from '#shared/domain/reversal/step.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { PROGRAM, type WriteDb } from '../../db/ledger.ts';
import { importsInState } from '../../db/queries/imports.ts';
import { moveReversal, writeWords } from '../../db/queries/move-reversal.ts';
import { isMarkedReversed, linesOfReversal } from '../../db/queries/reversal-evidence.ts';
import { type ReversalRow, readReversal, reversalsIn, reversalsOf } from '../../db/queries/reversals.ts';
import type { Core } from '../core.ts';
import { tellReversals } from './tell.ts';

/** What was seen of a reversal somewhere else than in a result of our call. */
export type Sight = {
  readonly event: Extract<ReversalEvent, { type: 'seen' | 'marked' | 'by-another' }>;
  readonly what: Message;
  readonly at: UtcMs;
  readonly ownReceipt?: string | null;
  readonly shownBy?: number | null;
};

/** Writes what was seen of one reversal; the entry that comes next is about it. Null where it is no news. */
function writeSight(db: WriteDb, id: number, sight: Sight): AuditDetails | null {
  const { event, what, at, ownReceipt = null, shownBy = null } = sight;
  const moved = moveReversal(db, { id, event, what, staffId: PROGRAM.staffId, at });
  if (moved === null) return null;
  writeWords(db, id, { ownReceipt, shownBy });
  const receipt = readReversal(db, id)?.receipt ?? null;
  const proof = 'proof' in event ? event.proof : 'file';
  return { seen: event.type, proof, state: moved.state, receipt, ownReceipt };
}

/** The same, in an act about something else: it gets an entry of its own. True where it is news. */
export function takeSight(db: WriteDb, id: number, sight: Sight): boolean {
  const details = writeSight(db, id, sight);
  if (details !== null) db.note('reversal.seen', `reversal:${id}`, details);
  return details !== null;
}

/** Safaricom says of a payment that it was reversed. True where a reversal of ours learns it. */
export function takeReversedPayment(
  db: WriteDb,
  payment: { readonly receipt: string; readonly tillId: number },
  sight: Sight,
): boolean {
  const reversal = bestOf(reversalsOf(db, payment.receipt, payment.tillId));
  return reversal !== null && takeSight(db, reversal.id, sight);
}

/** Of several for one payment: the one that is open, else one that counts as done, else the last that was tried. */
export function bestOf(all: readonly ReversalRow[]): ReversalRow | null {
  const newest = all.filter(isSent).reverse();
  const open = newest.filter(({ state }) => OPEN_REVERSALS.includes(state));
  return (
    // Sent before one that only waits: its line is the likelier.
    open.find(({ callId, state }) => callId !== null || state === 'by-hand') ??
    newest.find(({ state }) => SENT_BACK.includes(state)) ??
    open[0] ??
    newest.find(({ state }) => ENDED.includes(state)) ??
    null
  );
}

/** No money can have moved in these; of all others a statement may still say something. */
const NEVER_SENT: readonly ReversalState[] = ['rejected', 'expired', 'cancelled'];
const TO_PROVE = REVERSAL_STATES.filter((state) => !NEVER_SENT.includes(state));

/**
 * Looks in the statements for everything that was sent back: after each import, each matching, and at the start. Not
 * while a file is coming in: its rows are not in the books yet. Returns how many were found.
 */
export function lookInStatements(core: Core): number {
  const db = core.ledger.read;
  if (importsInState(db, 'running').length > 0 || importsInState(db, 'undoing').length > 0) return 0;
  const waiting = reversalsIn(db, TO_PROVE).filter((each) => isSent(each) && each.seen !== 'file');
  const shown = waiting.filter((reversal) => newSight(core, reversal) !== null);
  const found = shown.filter(({ id }) => settle(core, id)).length;
  if (found > 0) tellReversals(core);
  return found;
}

function isBest(core: Core, { id, receipt, tillId }: ReversalRow): boolean {
  return bestOf(reversalsOf(core.ledger.read, receipt, tillId))?.id === id;
}

function settle(core: Core, id: number): boolean {
  const settled = core.ledger.act(PROGRAM, 'reversal.seen', `reversal:${id}`, (db) => {
    const reversal = readReversal(db, id);
    const sight = reversal && newSight(core, reversal);
    const details = sight && writeSight(db, id, sight);
    // Another act was first, or the file is gone again: nothing happened.
    if (!details) return fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'));
    return succeed({ value: undefined, details });
  });
  return settled.ok;
}

/** What the statements show of it and was not known yet. */
function newSight(core: Core, reversal: ReversalRow): Sight | null {
  const sight = statementSight(core, reversal);
  return sight !== null && step(reversal, sight.event) !== null ? sight : null;
}

function statementSight(core: Core, reversal: ReversalRow): Sight | null {
  const db = core.ledger.read;
  const at = core.now();
  const lines = linesOfReversal(db, reversal);
  const all = reversalsOf(db, reversal.receipt, reversal.tillId).filter(isSent).map(withFacts);
  const own = lines.find((line) => ownerOfLine(line, all)?.id === reversal.id);
  if (own !== undefined) {
    const { receipt, id } = own;
    const what = say('reversal.step.seen-line', { receipt, at: { at: own.at } });
    return { event: { type: 'seen', proof: 'file' }, what, at, ownReceipt: receipt, shownBy: id };
  }
  const others = lines.find((line) => judgeLine(line, factsOf(reversal)) !== 'nothing');
  if (others !== undefined && !ENDED.includes(reversal.state)) {
    const what = say('reversal.step.by-another', { receipt: others.receipt, at: { at: others.at } });
    return { event: { type: 'by-another' }, what, at, shownBy: others.id };
  }
  return isMarkedReversed(db, reversal.receipt, reversal.tillId) && isBest(core, reversal)
    ? { event: { type: 'marked', proof: 'file' }, what: say('reversal.step.seen-marked'), at }
    : null;
}

/** What was given in cash or sent from a phone is another's money: no line shows it. */
const isSent = ({ method }: ReversalRow) => method === 'daraja' || method === 'by-hand';

/** Known not to have happened: that somebody else did it is no news of these. */
const ENDED: readonly ReversalState[] = ['failed', 'not-reversed'];

const withFacts = (reversal: ReversalRow) => ({ id: reversal.id, ...factsOf(reversal) });

/** What a line of a statement is held against. */
export function factsOf(reversal: ReversalRow): ReversalFacts {
  const { amountCents, ownReceipt, told, state } = reversal;
  const isEnded = ENDED.includes(state);
  return { amountCents, ownReceipt, told, isEnded, carriedOutAt: carriedOutAt(reversal) };
}

/** Null for one that waits: whatever went back already is not its doing. */
export function carriedOutAt({ state, method, sentAt, approvedAt }: ReversalRow): UtcMs | null {
  if (state === 'requested' || state === 'approved') return null;
  return method === 'by-hand' ? approvedAt : sentAt;
}
