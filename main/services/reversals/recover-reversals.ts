import { type Message, say } from '#shared/domain/message.ts';
import type { ReversalEvent } from '#shared/domain/reversal/state.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { PROGRAM } from '../../db/ledger.ts';
import { selectCall } from '../../db/queries/api-calls.ts';
import { moveReversal, spendApproval } from '../../db/queries/move-reversal.ts';
import { type ReversalRow, reversalsIn } from '../../db/queries/reversals.ts';
import type { Core } from '../core.ts';
import { APPROVAL_LIVES } from './send-reversal.ts';
import { tellReversals } from './tell.ts';

/** So long a result is waited for before it is said that nobody knows. It still counts when it comes. */
const SILENT_AFTER = 3 * MINUTE;

/**
 * What the end of the program left: one that was being sent may have been, and nobody knows; one that was approved and
 * not sent needs to be approved again, for its operator's password is forgotten.
 */
export function recoverReversals(core: Core): void {
  const { read } = core.ledger;
  const sending = reversalsIn(read, ['sending']);
  const approved = reversalsIn(read, ['approved']);
  for (const reversal of sending)
    happen(core, 'reversal.doubted', reversal, { type: 'doubt' }, say('reversal.step.doubt-restart'));
  for (const reversal of approved)
    happen(core, 'reversal.lapsed', reversal, { type: 'lapsed' }, say('reversal.step.lapsed-restart'));
  if (sending.length + approved.length > 0) tellReversals(core);
}

/** What time alone does: requests expire, approvals lapse, and an answer that does not come leaves it unknown. */
export function passTime(core: Core): void {
  const { read } = core.ledger;
  const now = core.now();
  let count = 0;
  for (const reversal of reversalsIn(read, ['requested'])) {
    if (reversal.expiresAt > now) continue;
    if (happen(core, 'reversal.expired', reversal, { type: 'expired' }, say('reversal.step.expired')))
      count += 1;
  }
  for (const reversal of reversalsIn(read, ['approved'])) {
    if (!isOver(reversal.stateAt, now, APPROVAL_LIVES)) continue;
    if (happen(core, 'reversal.lapsed', reversal, { type: 'lapsed' }, say('reversal.step.lapsed')))
      count += 1;
  }
  for (const reversal of reversalsIn(read, ['sending', 'accepted'])) {
    const what = doubtAbout(core, reversal, now);
    if (what === null) continue;
    if (happen(core, 'reversal.doubted', reversal, { type: 'doubt' }, what)) count += 1;
  }
  if (count > 0) tellReversals(core);
}

function doubtAbout(core: Core, { callId, stateAt }: ReversalRow, now: UtcMs): Message | null {
  const call = callId === null ? null : selectCall(core.ledger.read, callId);
  if (call?.state === 'timed-out') return say('reversal.step.doubt-timed-out');
  return isOver(stateAt, now, SILENT_AFTER) ? say('reversal.step.doubt-silent') : null;
}

/** By a clock that may be set: one that stands before the beginning says nothing good about it. */
function isOver(since: UtcMs, now: UtcMs, lasts: number): boolean {
  return Math.abs(now - since) >= lasts;
}

/** One event, one act, by the program itself. False where something else was first. */
function happen(
  core: Core,
  action: 'reversal.doubted' | 'reversal.lapsed' | 'reversal.expired',
  { id, receipt }: ReversalRow,
  event: ReversalEvent,
  what: Message,
): boolean {
  const happened = core.ledger.act(PROGRAM, action, `reversal:${id}`, (db) => {
    const moved = moveReversal(db, { id, event, what, staffId: PROGRAM.staffId, at: core.now() });
    if (moved === null) return fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'));
    if (event.type === 'lapsed') spendApproval(db, id);
    return succeed({ value: undefined, details: { receipt, why: what.id } });
  });
  return happened.ok;
}
