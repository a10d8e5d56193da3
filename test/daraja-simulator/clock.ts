import type { UtcMs } from '#shared/domain/time.ts';
import type { Activity } from './activity.ts';

export type SimulatorClock = {
  readonly now: () => UtcMs;
  /** True when the time has come, false when the simulator was closed before. */
  readonly wait: (ms: number) => Promise<boolean>;
  /** Moves a virtual clock on; all that falls due happens, in its order. Throws on a real clock: it goes by itself. */
  readonly advance: (ms: number) => Promise<void>;
  readonly stop: () => void;
};

type Waiter = { readonly dueAt: number; readonly wake: (isTime: boolean) => void };

/** A clock that moves only when a test moves it. */
export function openVirtualClock(startsAt: UtcMs, activity: Activity): SimulatorClock {
  let now: number = startsAt;
  let isStopped = false;
  let waiters: Waiter[] = [];

  const wait = (ms: number): Promise<boolean> => {
    if (isStopped) return Promise.resolve(false);
    activity.pause();
    return new Promise((resolve) => {
      const wake = (isTime: boolean) => {
        activity.resume();
        resolve(isTime);
      };
      waiters.push({ dueAt: now + ms, wake });
    });
  };
  const advance = async (ms: number): Promise<void> => {
    const end = now + ms;
    await activity.idle();
    for (let next = earliest(waiters, end); next !== null; next = earliest(waiters, end)) {
      const due = next;
      waiters = waiters.filter((each) => each !== due);
      now = Math.max(now, due.dueAt);
      due.wake(true);
      await activity.idle();
    }
    now = end;
  };
  const stop = () => {
    isStopped = true;
    const left = waiters;
    waiters = [];
    for (const each of left) each.wake(false);
  };
  return { now: () => now as UtcMs, wait, advance, stop };
}

function earliest(waiters: readonly Waiter[], before: number): Waiter | null {
  return waiters.reduce<Waiter | null>(
    (found, each) => (each.dueAt <= before && (found === null || each.dueAt < found.dueAt) ? each : found),
    null,
  );
}

/** The computer's clock, for the demo. */
export function openRealClock(activity: Activity): SimulatorClock {
  const timers = new Map<NodeJS.Timeout, (isTime: boolean) => void>();
  let isStopped = false;
  const wait = (ms: number): Promise<boolean> => {
    if (isStopped) return Promise.resolve(false);
    activity.pause();
    return new Promise((resolve) => {
      const wake = (isTime: boolean) => {
        timers.delete(timer);
        activity.resume();
        resolve(isTime);
      };
      const timer = setTimeout(wake, ms, true);
      timers.set(timer, wake);
    });
  };
  const stop = () => {
    isStopped = true;
    for (const [timer, wake] of [...timers]) {
      clearTimeout(timer);
      wake(false);
    }
  };
  const advance = () => Promise.reject(new Error('a real clock goes by itself'));
  return { now: () => Date.now() as UtcMs, wait, advance, stop };
}
