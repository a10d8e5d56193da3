let count = 0;

/**
 * Remembers how many files still waited, or waited for an answer, when the window was locked or signed out. The page
 * forgets everything else of them.
 */
export function leaveBehind(files: number): void {
  count = files;
}

/** How many there were, once. */
export function takeLeftBehind(): number {
  const files = count;
  count = 0;
  return files;
}
