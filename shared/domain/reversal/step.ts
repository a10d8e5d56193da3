import {
  type ResultWord,
  type ReversalEvent,
  type ReversalProof,
  type ReversalState,
  type Standing,
  strongerProof,
} from './state.ts';

/**
 * What an event makes of a reversal; null when it changes nothing, because it is old news, comes too late, or is not
 * allowed. Total: every event may come in every state, for results are repeated, late and out of order.
 */
export function step(now: Standing, event: ReversalEvent): Standing | null {
  switch (event.type) {
    case 'approved':
      return move(now, ['requested'], 'approved');
    case 'lapsed':
      return move(now, ['approved'], 'requested');
    case 'sending':
      return move(now, ['approved'], 'sending');
    case 'not-sent':
      return move(now, ['sending'], 'requested');
    case 'accepted':
      // Not out of `unknown`: a time-out that overtook the acknowledgement has said more than it.
      return move(now, ['sending'], 'accepted');
    case 'refused':
      return move(now, ['sending'], 'failed');
    case 'doubt':
      return move(now, ['sending', 'accepted'], 'unknown');
    case 'result':
      return takeResult(now, event.says);
    case 'seen':
      return takeSight(now, event.proof);
    case 'to-do-by-hand':
      return move(now, ['approved'], 'by-hand');
    case 'handed-over':
      return now.state === 'by-hand' ? { ...now, state: 'done', seen: 'typed' } : null;
    case 'owner-says-not':
      return move(now, ['unknown', 'already'], 'not-reversed');
    case 'rejected':
      return move(now, ['requested'], 'rejected');
    case 'expired':
      return move(now, ['requested'], 'expired');
    case 'cancelled':
      return move(now, ['requested', 'approved', 'by-hand'], 'cancelled');
  }
}

function move(now: Standing, from: readonly ReversalState[], to: ReversalState): Standing | null {
  return from.includes(now.state) ? { ...now, state: to } : null;
}

/** As they stand in `told`. */
const WORDS: readonly ResultWord[] = ['done', 'already', 'failed', 'unclear'];

/** States in which a result is awaited, or had come. */
const CALLED: readonly ReversalState[] = ['sending', 'accepted', 'unknown', 'already', 'failed', 'done'];

function takeResult(now: Standing, says: ResultWord): Standing | null {
  if (now.told.includes(says)) return null;
  const told = WORDS.filter((word) => word === says || now.told.includes(word));
  // Shown elsewhere: whatever is said later, the money went back. It is remembered, and decides nothing.
  if (now.state === 'done' && now.seen !== null) return { ...now, told };
  if (CALLED.includes(now.state)) return { ...now, told, state: verdictOf(told) };
  // Of a call that we took for not sent, or after the owner's decision, only news of money that moved counts.
  return says === 'done' || says === 'already' ? { ...now, told, state: verdictOf(told) } : null;
}

/** What results say together, in whatever order they came: two that contradict each other are neither believed. */
function verdictOf(told: readonly ResultWord[]): ReversalState {
  const saysBack = told.includes('done') || told.includes('already');
  if (told.includes('unclear') || (saysBack && told.includes('failed'))) return 'unknown';
  if (told.includes('done')) return 'done';
  return saysBack ? 'already' : 'failed';
}

/** States in which nothing was asked for any more, so what is seen is somebody else's doing. */
const GIVEN_UP: readonly ReversalState[] = ['rejected', 'expired', 'cancelled'];

function takeSight(now: Standing, proof: Exclude<ReversalProof, 'typed'>): Standing | null {
  if (GIVEN_UP.includes(now.state)) return null;
  const seen = strongerProof(now.seen, proof);
  if (now.state === 'done' && seen === now.seen) return null;
  return { ...now, state: 'done', seen };
}
