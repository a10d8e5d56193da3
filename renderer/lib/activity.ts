import { useEffect } from 'react';
import { tryAsk } from './api.ts';

/** Often enough to keep a session that is used, rarely enough not to be noticed. */
const EVERY_MS = 30_000;

/** What a hand does. Nothing that the page does by itself counts. */
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls `send` at the first input and then at most once in `everyMs`; makes no sound by itself. */
export function createActivity(send: () => void, now: () => number, everyMs = EVERY_MS): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - last < everyMs) return;
    last = now();
    send();
  };
}

/** Tells main that somebody is there, as long as somebody is. */
export function useActivity(): void {
  useEffect(() => {
    // Its answer changes nothing here: if the session is over, the page has been told or is told by it.
    const heard = createActivity(
      () => void tryAsk('access:active', {}),
      () => performance.now(),
    );
    const onInput = (event: Event) => {
      if (event.isTrusted) heard();
    };
    for (const input of INPUTS) window.addEventListener(input, onInput, { capture: true, passive: true });
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, onInput, { capture: true });
    };
  }, []);
}
