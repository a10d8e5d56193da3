import { PULL_REACH } from '#shared/domain/daraja/pull-gaps.ts';
import { judgePayee, readPayee } from '#shared/domain/look-up/payee.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { receiptDate } from '#shared/domain/receipt.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import { businessDayOf, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor, ReadDb } from '../../db/ledger.ts';
import { selectKnownMovements } from '../../db/queries/look-up-facts.ts';
import {
  type LookUpRow,
  type LookUpState,
  selectAskableCodes,
  selectAskedCodes,
  selectLookUp,
  selectOpenCall,
  setLookUpState,
} from '../../db/queries/look-ups.ts';
import { selectPulledCodes } from '../../db/queries/pulls.ts';
import { selectTills } from '../../db/queries/tills.ts';
import { mayBook } from '../booking-turn.ts';
import type { Core } from '../core.ts';
import { pullNow, safaricomNow } from '../pull/pull-now.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Asked } from '../safaricom/question.ts';

/** A question about the same receipt that was put so recently answers this one too. */
const SAME_QUESTION = MINUTE;

/** Puts the question of a look-up that waits, and writes down how that went. */
export async function putLookUp(parts: SafaricomParts, actor: Actor, lookUpId: number): Promise<void> {
  const { core } = parts;
  const lookUp = selectLookUp(core.ledger.read, lookUpId);
  if (lookUp?.state !== 'waiting') return;
  const { receipt } = lookUp;
  // Without a Pull to wait for, that nothing can be asked is known before anybody is answered.
  if (selectPulledCodes(core.ledger.read).length > 0 && (await isFoundByPull(parts, actor, lookUp))) {
    record(core, actor, lookUp, { state: 'answered', callId: null, why: null });
    return;
  }
  const shared = selectOpenCall(core.ledger.read, receipt, (core.now() - SAME_QUESTION) as UtcMs);
  if (shared !== null) {
    record(core, actor, lookUp, { state: 'waiting', callId: shared, why: null });
    return;
  }
  const shortCode = chooseShortCode(core.ledger.read, lookUp);
  if (shortCode === null) {
    const why = say('look-up.no-safaricom');
    record(core, actor, lookUp, { state: 'could-not-ask', callId: null, why });
    return;
  }
  const isBackground = lookUp.cameAs === 'notice';
  const asked = await ask(
    parts,
    actor,
    { product: 'status', shortCode, receipt },
    { subject: `look-up:${lookUpId}`, isBackground },
  );
  record(core, actor, lookUp, outcomeOf(asked));
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

type Outcome = { readonly state: LookUpState; readonly callId: number | null; readonly why: Message | null };

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
    return succeed({ value: undefined, details: { receipt, state: isAnswered ? 'answered' : state } });
  });
  if (!written.ok) throw new Error(`the look-up ${id} could not be written: ${written.error.code}`);
  core.tell('ledger:changed', { areas: ['look-ups'] });
}

/**
 * For which short code the question is put: the till that has the payment, the one that the message names, else each in
 * turn, the one that was asked about longest ago first. Null where none is set up.
 */
function chooseShortCode(db: ReadDb, lookUp: LookUpRow): string | null {
  const askable = selectAskableCodes(db);
  if (askable.length < 2) return askable[0] ?? null;
  const [movement] = selectKnownMovements(db, lookUp.receipt);
  const tills = selectTills(db);
  const home = tills.find((till) => till.name === movement?.till);
  const payee = lookUp.statedPayee === null ? null : readPayee(lookUp.statedPayee);
  const named = tills.find(
    ({ name, numbers }) => payee !== null && judgePayee(payee, { names: [name], numbers }) === 'ours',
  );
  const likely = askable.find((code) => (home ?? named)?.numbers.includes(code));
  const asked = selectAskedCodes(db, lookUp.receipt);
  if (likely !== undefined && !asked.includes(likely)) return likely;
  const waited = (code: string) => (asked.includes(code) ? asked.indexOf(code) : Number.MAX_SAFE_INTEGER);
  return [...askable].sort((a, b) => waited(b) - waited(a))[0] ?? null;
}
