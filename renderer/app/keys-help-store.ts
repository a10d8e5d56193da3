const listeners = new Set<() => void>();

/** Opens the list of keys from anywhere. */
export function openKeysHelp(): void {
  for (const listener of listeners) listener();
}

export function onOpenKeysHelp(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
