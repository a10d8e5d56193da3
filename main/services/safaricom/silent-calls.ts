import { PROGRAM } from '#main/db/ledger.ts';
import { type CallRow, intendedCalls, overdueCalls, stepCall } from '#main/db/queries/api-calls.ts';
import { markSilent } from '#main/db/queries/look-ups.ts';
import { readSetting } from '#main/db/queries/settings.ts';
import type { CallState } from '#shared/domain/daraja/call-state.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Core } from '../core.ts';

/** How long an answer is waited for, unless the shop has set another time. */
const USUAL_MINUTES = 10;

/** A call that was written and of which nobody knows whether it was sent: the program ended between the two. */
export function recoverCalls(core: Core): void {
  for (const call of intendedCalls(core.ledger.read))
    endCall(core, call, 'lost', say('safaricom.lost-restart'));
}

/** Calls that were asked too long ago are waited for no more; an answer that comes late still counts. */
export function endSilentCalls(core: Core): CallRow[] {
  const askedBefore = (core.now() - minutesToWait(core) * MINUTE) as UtcMs;
  const overdue = overdueCalls(core.ledger.read, askedBefore);
  for (const call of overdue) endCall(core, call, 'silent', say('safaricom.silent'));
  if (overdue.length > 0) core.tell('ledger:changed', { areas: ['look-ups', 'safaricom'] });
  return overdue;
}

function minutesToWait(core: Core): number {
  const set = readSetting(core.ledger.read, 'silent-after-minutes');
  return set !== null && /^[1-9]\d{0,3}$/.test(set) ? Number(set) : USUAL_MINUTES;
}

function endCall(core: Core, { id, product, shortCode }: CallRow, state: CallState, why: Message): void {
  const ended = core.ledger.act(PROGRAM, 'call.ended', `call:${id}`, (db) => {
    stepCall(db, id, { state, at: core.now(), why });
    if (state === 'silent') markSilent(db, id);
    return succeed({ value: undefined, details: { product, shortCode, state, code: null, refused: null } });
  });
  if (!ended.ok) throw new Error(`the end of a call cannot be written: ${ended.error.code}`);
}
