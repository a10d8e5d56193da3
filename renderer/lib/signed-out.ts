const listeners = new Set<() => void>();

/** A call was answered as if nobody were signed in: the page has missed the end of the session. */
export function noticeSignedOut(): void {
  for (const listener of listeners) listener();
}

export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
