import { isUnknown } from '#shared/domain/look-up/findings.ts';
import { asTyped, readPasted } from '#shared/domain/look-up/read-pasted.ts';
import { judge, type Verdict } from '#shared/domain/look-up/verdict.ts';
import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { type Actor, PROGRAM } from '../../db/ledger.ts';
import {
  beginAsking,
  insertLookUp,
  type LookUpCameAs,
  type LookUpRow,
  selectLookUp,
  selectUnput,
  setLookUpState,
} from '../../db/queries/look-ups.ts';
import type { Core } from '../core.ts';
import { onLargeConfirmation } from '../safaricom/large-payments.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { gatherFacts } from './gather-facts.ts';
import { onAnswersTaken, TOO_OLD } from './go-on.ts';
import { keepLookUp } from './kept-look-up.ts';
import { putLookUp } from './put-look-up.ts';
import { mayAsk, viewOf } from './show-look-up.ts';

export type LookUps = {
  /** Looks up whatever was typed or pasted: the books answer at once, Safaricom later. */
  readonly ask: (actor: Actor, input: Input<'look-up:ask'>) => Result<Output<'look-up:ask'>>;
  /** Asks Safaricom once more, because a person wants to know. */
  readonly again: (actor: Actor, lookUpId: number) => Result<LookUpView>;
  /** Waits until no question is being put any more. */
  readonly settle: () => Promise<void>;
};

/**
 * Look-ups of one ledger. Where nothing is set up with Safaricom they search the books and say what they cannot do. What was to be asked
 * when the program ended is taken up here: a large payment is asked about, a person is told that nothing was sent.
 */
export function openLookUps(parts: SafaricomParts): LookUps {
  const { core } = parts;
  const running = new Set<Promise<void>>();
  const beingPut = new Set<number>();

  /** One after the other: what the first asks answers the others, too. */
  async function putEach(lookUpIds: readonly number[], actor: Actor): Promise<void> {
    for (const lookUpId of lookUpIds)
      await putLookUp(parts, actor, lookUpId)
        .catch((error: unknown) => core.log.error('a look-up could not be put', { error }))
        .finally(() => beingPut.delete(lookUpId));
  }

  function putSoon(lookUpIds: readonly number[], actor: Actor): void {
    const idle = lookUpIds.filter((id) => !beingPut.has(id));
    if (idle.length === 0) return;
    for (const id of idle) beingPut.add(id);
    const put = putEach(idle, actor).finally(() => running.delete(put));
    running.add(put);
  }

  function begin(lookUp: LookUpRow, actor: Actor): Result<LookUpView> {
    const begun = core.ledger.act(actor, 'look-up.asked-again', `look-up:${lookUp.id}`, (db) => {
      beginAsking(db, lookUp.id);
      return succeed({ value: undefined, details: { receipt: lookUp.receipt } });
    });
    if (!begun.ok) return begun;
    putSoon([lookUp.id], actor);
    core.tell('ledger:changed', { areas: ['look-ups'] });
    return show(core, lookUp.id);
  }

  takeUp(core, putSoon);
  onAnswersTaken(core, () => putSoon(heardOnce(core), PROGRAM));
  onLargeConfirmation(core, (db, { receipt, at }) => {
    const { staffId } = PROGRAM;
    const lookUpId = insertLookUp(
      db,
      keepLookUp(asTyped(receipt), { at, staffId, cameAs: 'notice', state: 'waiting' }),
    );
    // After the act that books the payment; when that is taken back, there is nothing to ask.
    setImmediate(() => putSoon([lookUpId], PROGRAM));
  });

  return {
    ask: (actor, input) => {
      const asked = askOnce(core, actor, input);
      const lookUp = asked.ok ? asked.value.lookUp : null;
      if (lookUp?.asking.state !== 'waiting') return asked;
      putSoon([lookUp.id], actor);
      // That it cannot be asked at all is known by now.
      const shown = show(core, lookUp.id);
      return shown.ok ? succeed({ lookUp: shown.value, noReceipt: null }) : shown;
    },
    again: (actor, lookUpId) => {
      const lookUp = selectLookUp(core.ledger.read, lookUpId);
      if (!lookUp) return fail('ledger/not-found', say('look-up.unknown'));
      if (!mayAsk(lookUp, core.now())) return fail('ledger/bad-input', say('look-up.just-asked'));
      return begin(lookUp, actor);
    },
    settle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function show(core: Core, lookUpId: number): Result<LookUpView> {
  const lookUp = selectLookUp(core.ledger.read, lookUpId);
  return lookUp
    ? succeed(viewOf(core.ledger.read, lookUp, core.now()))
    : fail('ledger/not-found', say('look-up.unknown'));
}

/** Reads the text, looks into the books, and writes the look-up down: whether Safaricom will be asked stands in it. */
function askOnce(
  core: Core,
  actor: Actor,
  { from, text }: Input<'look-up:ask'>,
): Result<Output<'look-up:ask'>> {
  // What stands in the books is a receipt, whatever it looks like.
  const inBooks = from === 'row' ? parseReceipt(text) : null;
  const read = inBooks === null ? readPasted(text) : asTyped(inBooks);
  if (read.type === 'nothing') return fail('ledger/bad-input', say('look-up.nothing'));
  if (read.type === 'no-receipt') {
    const { code, amount, at, saysFailed } = read;
    return succeed({ lookUp: null, noReceipt: { code, amountCents: amount, at, saysFailed } });
  }
  const at = core.now();
  const cameAs: LookUpCameAs = from === 'row' ? 'row' : read.cameAs;
  const written = core.ledger.act(actor, 'look-up.asked', 'look-up', (db) => {
    const about = { at, staffId: actor.staffId, cameAs };
    const id = insertLookUp(db, keepLookUp(read, { ...about, state: 'not-asked' }));
    const lookUp = selectLookUp(db, id);
    if (lookUp === null) throw new Error(`look-up ${id} was not written`);
    const facts = gatherFacts(db, lookUp, { now: at });
    const verdict = judge(facts);
    if (needsAsking(verdict, facts))
      setLookUpState(db, id, { state: 'waiting', callId: null, why: null, answeredAt: null });
    const details = { receipt: read.receipt, cameAs, verdict: verdict.kind };
    return succeed({ value: id, subject: `look-up:${id}`, details });
  });
  if (!written.ok) return written;
  core.tell('ledger:changed', { areas: ['look-ups'] });
  const shown = show(core, written.value);
  return shown.ok ? succeed({ lookUp: shown.value, noReceipt: null }) : shown;
}

/** An answer so young is as good as a new one. */
const FRESH = 2 * MINUTE;

/** What the books have settled, or Safaricom has just answered, need not be asked; a person still may. */
function needsAsking(
  { kind, movementId }: Verdict,
  { movements, answers, now }: ReturnType<typeof gatherFacts>,
): boolean {
  const isSettled = movements.some(({ id, isSettled: is }) => id === movementId && is);
  const isFresh = answers.some(
    ({ at, fate, isAnswered }) => isAnswered && ['completed', 'reversed'].includes(fate) && now - at < FRESH,
  );
  if (isSettled || isFresh) return false;
  return isUnknown(kind) || ['reported', 'amount-differs', 'shown-before'].includes(kind);
}

/** Those that an answer leads on to another short code. */
function heardOnce(core: Core): number[] {
  const heard = selectUnput(core.ledger.read).filter(({ callId }) => callId !== null);
  return heard.map(({ id }) => id);
}

function takeUp(core: Core, putSoon: (lookUpIds: readonly number[], actor: Actor) => void): void {
  putSoon(heardOnce(core), PROGRAM);
  for (const { id, callId, cameAs, at } of selectUnput(core.ledger.read)) {
    if (callId !== null) continue;
    if (cameAs === 'notice' && core.now() - at < TOO_OLD) putSoon([id], PROGRAM);
    else noteInterrupted(core, id, core.now());
  }
}

function noteInterrupted(core: Core, lookUpId: number, at: UtcMs): void {
  const noted = core.ledger.act(PROGRAM, 'look-up.interrupted', `look-up:${lookUpId}`, (db) => {
    const why = say('look-up.interrupted', { at: { at } });
    setLookUpState(db, lookUpId, { state: 'could-not-ask', callId: null, why, answeredAt: null });
    return succeed({ value: undefined, details: {} });
  });
  if (!noted.ok) core.log.error('a look-up could not be ended', { error: noted.error.code });
}
