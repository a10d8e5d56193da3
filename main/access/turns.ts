/** Runs one piece of work after the other, in the order of asking; a failure ends its own piece only. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Tries to sign in take turns: a hundred at once would neither be counted one by one nor fit in memory. */
export function openTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    // Whoever asked gets the failure; the next in the queue has nothing to do with it.
    last = turn.catch(() => undefined);
    return turn;
  };
}
