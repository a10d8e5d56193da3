/** Ctrl-C, or an ordinary kill. */
export class Stopped extends Error {
  readonly exitCode: number;
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(signal);
    this.exitCode = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal];
  }
}

/** Aborts, with a `Stopped` as its reason, when the person or the system ends the program. */
export function watchForStop(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second one means "now": the next start takes back what is half done.
      if (stop.signal.aborted) process.exit(new Stopped(signal).exitCode);
      stop.abort(new Stopped(signal));
    });
  }
  return stop.signal;
}

/** The work, or `Stopped` as soon as the signal aborts. Work that cannot be stopped is left to itself. */
export async function unlessStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let leave: () => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
