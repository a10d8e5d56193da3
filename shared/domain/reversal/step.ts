import {
  type ResultWord,
  type ReversalEvent,
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
      return see(now, { seen: strongerProof(now.seen, event.proof) });
    case 'marked':
      return see(now, { marked: strongerProof(now.marked, event.proof) });
    case 'by-another':
      return see(now, { byAnother: true });
    case 'to-do-by-hand':
      return move(now, ['approved'], 'by-hand');
    case 'handed-over':
      return now.state === 'by-hand' ? { ...now, state: 'done', seen: 'typed' } : null;
    case 'owner-says-not':
      return move(now, ['unknown'], 'not-reversed');
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
  // Of a call that we took for not sent, or after the owner's decision, only news of money that moved counts.
  if (!CALLED.includes(now.state) && says !== 'done' && says !== 'already') return null;
  return weigh({ ...now, told: WORDS.filter((word) => word === says || now.told.includes(word)) });
}

/** States in which nothing was asked for any more, so what is seen is somebody else's doing. */
const GIVEN_UP: readonly ReversalState[] = ['rejected', 'expired', 'cancelled'];

function see(now: Standing, news: Partial<Pick<Standing, 'seen' | 'marked' | 'byAnother'>>): Standing | null {
  const next = { ...now, ...news };
  const isNews = next.seen !== now.seen || next.marked !== now.marked || next.byAnother !== now.byAnother;
  return isNews && !GIVEN_UP.includes(now.state) ? weigh(next) : null;
}

/** With the state that all its evidence comes to together, in whatever order it came. */
function weigh(now: Standing): Standing {
  return { ...now, state: verdictOf(now) };
}

function verdictOf({ state, told, seen, marked, byAnother }: Standing): ReversalState {
  // Shown: whatever is said beside it, the money went back.
  if (seen !== null) return 'done';
  const saysBack = told.includes('done') || told.includes('already');
  // Two results that contradict each other are neither believed.
  const isDisputed = told.includes('unclear') || (saysBack && told.includes('failed'));
  if (told.includes('done') && !isDisputed) return 'done';
  if (byAnother || (saysBack && !isDisputed)) return 'already';
  if (marked !== null) return isOfOurs(state, told) ? 'done' : 'already';
  return isDisputed ? 'unknown' : 'failed';
}

/** States that say that our request did not, or did not yet, send the money. */
const WITHOUT_US: readonly ReversalState[] = ['requested', 'approved', 'failed', 'already'];

/** Whether a payment that went back may have done so by this request, as far as it was told. */
function isOfOurs(state: ReversalState, told: readonly ResultWord[]): boolean {
  return !WITHOUT_US.includes(state) && !told.includes('already') && !told.includes('failed');
}
