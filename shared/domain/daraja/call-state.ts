/**
 * How a request to Safaricom stands (ADR 31).
 * `intended`: written before it is sent. `accepted`: Safaricom took it and will answer by callback. `answered`: the
 * answer is known. `refused`: Safaricom said no at once. `not-sent`: certain that nothing was sent. `lost`: it may have
 * taken effect and nobody knows. `timed-out`: Safaricom's own news that it has no answer. `silent`: we no longer wait.
 */
export type CallState =
  | 'intended'
  | 'accepted'
  | 'answered'
  | 'refused'
  | 'not-sent'
  | 'lost'
  | 'timed-out'
  | 'silent';

/** Every step that a call may take. What came late still counts: an answer ends any doubt. */
const STEPS: Readonly<Record<CallState, readonly CallState[]>> = {
  intended: ['accepted', 'answered', 'refused', 'not-sent', 'lost', 'timed-out'],
  // Its answer may overtake the acknowledgement.
  accepted: ['answered', 'timed-out', 'silent'],
  lost: ['answered', 'timed-out', 'silent'],
  'timed-out': ['answered', 'silent'],
  silent: ['answered', 'timed-out'],
  answered: [],
  // Safaricom said no, and its result came all the same: that is believed.
  refused: ['answered', 'timed-out'],
  'not-sent': [],
};

/** Whether a call may go from one state to another. */
export function mayStep(from: CallState, to: CallState): boolean {
  return STEPS[from].includes(to);
}

/** States in which an answer may still come. */
export const OPEN_STATES: readonly CallState[] = ['intended', 'accepted', 'lost', 'timed-out', 'silent'];
