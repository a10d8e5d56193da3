import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { Payload } from '#shared/ipc/contract.ts';

export type Ending = Payload<'session:ended'>;

/**
 * What the page knows at once when its session has ended, before main is asked how things stand: the books leave the
 * screen without waiting for an answer.
 */
export function endSession(state: AccessState, { isLocked }: Pick<Ending, 'isLocked'>): AccessState {
  const phase = isLocked && state.person !== null ? 'locked' : 'signed-out';
  return { ...state, phase, person: phase === 'locked' ? state.person : null };
}

const WORDS: Readonly<Record<Ending['reason'], string | null>> = {
  idle: 'access.ended-idle',
  'too-long': 'access.ended-too-long',
  elsewhere: 'access.ended-elsewhere',
  'by-owner': 'access.ended-by-owner',
  changed: 'access.ended-changed',
  suspended: 'access.ended-suspended',
  locked: null,
  'signed-out': null,
};

/** The sentence that says why the books are gone; null where the person did it. */
export function wordsOfEnding(ending: Ending | null): string | null {
  return ending === null ? null : WORDS[ending.reason];
}
