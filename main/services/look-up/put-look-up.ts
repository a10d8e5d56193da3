import { PULL_REACH } from '#shared/domain/daraja/pull-gaps.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { receiptDate } from '#shared/domain/receipt.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import { businessDayOf, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { selectKnownMovements } from '../../db/queries/look-up-facts.ts';
import {
  countCall,
  type LookUpRow,
  type LookUpState,
  selectHeardCodes,
  selectLookUp,
  selectOpenCall,
  selectSetUpCode,
  setLookUpState,
} from '../../db/queries/look-ups.ts';
import { selectPulledCodes } from '../../db/queries/pulls.ts';
import { mayBook } from '../booking-turn.ts';
import type { Core } from '../core.ts';
import { pullNow, safaricomNow } from '../pull/pull-now.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Asked } from '../safaricom/question.ts';
import { nextShortCode } from './choose-short-code.ts';

/** A question about the same receipt that was put so recently answers this one too. */
const SAME_QUESTION = MINUTE;

/**
 * Puts the question of a look-up that waits, and writes down how that went. Where it cannot be put for one short code it
 * is put for the next; which one an answer leads on to is asked of the books, so that a restart forgets nothing.
 */
export async function putLookUp(parts: SafaricomParts, actor: Actor, lookUpId: number): Promise<void> {
  const { read } = parts.core.ledger;
  for (;;) {
    const lookUp = selectLookUp(read, lookUpId);
    if (lookUp?.state !== 'waiting') return;
    const outcome = await putOnce(parts, actor, lookUp);
    const isPassedOn = outcome.isRefused === true && nextShortCode(read, lookUp) !== null;
    record(parts.core, actor, lookUp, isPassedOn ? { ...outcome, state: 'waiting', why: null } : outcome);
    // Its answer may have overtaken the acknowledgement, and leads on to the next.
    const isAnswered = selectLookUp(read, lookUpId)?.callState === 'answered';
    if (!isPassedOn && !isAnswered) return;
  }
}

async function putOnce(parts: SafaricomParts, actor: Actor, lookUp: LookUpRow): Promise<Outcome> {
  const { read } = parts.core.ledger;
  const { id, receipt } = lookUp;
  const isFirst = selectHeardCodes(read, lookUp).length === 0;
  // Without a Pull to wait for, that nothing can be asked is known before anybody is answered.
  if (isFirst && selectPulledCodes(read).length > 0 && (await isFoundByPull(parts, actor, lookUp)))
    return { state: 'answered', callId: null, why: null };
  const shared = selectOpenCall(read, receipt, (parts.core.now() - SAME_QUESTION) as UtcMs);
  if (shared !== null) return { state: 'waiting', callId: shared, why: null };
  const next = nextShortCode(read, lookUp);
  if (next === null && !isFirst) return { state: 'answered', callId: lookUp.callId, why: null };
  // Where none can be asked, asking says why.
  const shortCode = next ?? selectSetUpCode(read);
  if (shortCode === null) return { state: 'could-not-ask', callId: null, why: say('look-up.no-safaricom') };
  const isBackground = lookUp.cameAs === 'notice';
  const question = { product: 'status', shortCode, receipt } as const;
  return outcomeOf(await ask(parts, actor, question, { subject: `look-up:${id}`, isBackground }));
}

/** A payment is on Safaricom's list within moments; a message and a counter's clock are off by minutes. */
const AROUND = 30 * MINUTE;

/**
 * Looks into Safaricom's list of payments first, where the shop is registered for it: it answers at once, and what it
 * shows is settled. Only of the time that the message or the code names; the rest is pulled every quarter of an hour.
 */
async function isFoundByPull(parts: SafaricomParts, actor: Actor, lookUp: LookUpRow): Promise<boolean> {
  const { core } = parts;
  const stretch = stretchOf(lookUp, safaricomNow(parts));
  // While a file comes in nothing is booked, and a customer does not wait for that.
  if (stretch === null || !mayBook(core.ledger.read)) return false;
  for (const { shortCode } of selectPulledCodes(core.ledger.read)) {
    await pullNow(parts, actor, shortCode, stretch, { isBackground: lookUp.cameAs === 'notice' });
    const found = selectKnownMovements(core.ledger.read, lookUp.receipt);
    if (found.some(({ isSettled }) => isSettled)) return true;
  }
  return false;
}

/** Null when it was too long ago for Pull, or nothing says when it was. */
function stretchOf({ receipt, statedAt }: LookUpRow, now: UtcMs): Interval | null {
  const day = receiptDate(receipt);
  const isToday = day !== null && day === businessDayOf(now);
  const around = statedAt ?? (isToday ? now : null);
  if (around === null || around > now + AROUND || around < now - PULL_REACH) return null;
  return { from: (around - AROUND) as UtcMs, to: Math.min(around + AROUND, now) as UtcMs };
}

type Outcome = {
  readonly state: LookUpState;
  readonly callId: number | null;
  readonly why: Message | null;
  /** Safaricom said no at once: another short code may do better. */
  readonly isRefused?: boolean;
};

function outcomeOf(asked: Asked): Outcome {
  switch (asked.type) {
    case 'accepted':
      return { state: 'waiting', callId: asked.callId, why: null };
    // It may have arrived, and an answer may still come.
    case 'lost':
      return { state: 'waiting', callId: asked.callId, why: asked.why };
    case 'answered':
      return { state: 'waiting', callId: asked.callId, why: null };
    case 'refused':
      return { state: 'could-not-ask', callId: asked.callId, why: asked.why, isRefused: true };
    case 'not-sent':
      return { state: 'could-not-ask', callId: asked.callId, why: asked.why };
    case 'cannot-ask':
      return { state: 'could-not-ask', callId: null, why: asked.why };
  }
}

/** An answer may have overtaken the acknowledgement: then it stands. */
function record(core: Core, actor: Actor, { id, receipt }: LookUpRow, { state, callId, why }: Outcome): void {
  const written = core.ledger.act(actor, 'look-up.put', `look-up:${id}`, (db) => {
    const now = selectLookUp(db, id);
    const isAnswered = now?.state === 'answered';
    if (isAnswered)
      setLookUpState(db, id, { state: 'answered', callId, why: null, answeredAt: now.answeredAt });
    else setLookUpState(db, id, { state, callId, why, answeredAt: state === 'answered' ? core.now() : null });
    if (callId !== null) countCall(db, id, callId);
    return succeed({ value: undefined, details: { receipt, state: isAnswered ? 'answered' : state } });
  });
  if (!written.ok) throw new Error(`the look-up ${id} could not be written: ${written.error.code}`);
  core.tell('ledger:changed', { areas: ['look-ups'] });
}
