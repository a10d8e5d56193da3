/** What the simulator is doing now, so that a test can wait until it is done. */
export type Activity = {
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  /** The task that calls this waits for the clock: it does nothing until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Settles when nothing is being done; what waits for the clock does not count. */
  readonly idle: () => Promise<void>;
};

export function openActivity(): Activity {
  let running = 0;
  let waiters: (() => void)[] = [];
  const begin = () => {
    running += 1;
  };
  const end = () => {
    running -= 1;
    if (running > 0) return;
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  };
  const run = async <T>(task: () => Promise<T>): Promise<T> => {
    begin();
    try {
      return await task();
    } finally {
      end();
    }
  };
  const idle = async (): Promise<void> => {
    while (running > 0) await new Promise<void>((resolve) => waiters.push(resolve));
  };
  return { run, pause: end, resume: begin, idle };
}
