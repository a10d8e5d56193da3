import { useEffect, useState } from 'react';
import type { Failure } from '#shared/ipc/result.ts';

/** Counts down what an `access/wait` asks for, so that a form can say it and stay still meanwhile. */
export function useWait() {
  const [until, setUntil] = useState(0);
  const secondsLeft = useSecondsLeft(until);
  return { secondsLeft, waitAfter: (failure: Failure) => setUntil(Date.now() + readWait(failure) * 1000) };
}

/** How many seconds an `access/wait` asks for; 0 for every other failure. */
export function readWait(failure: Failure): number {
  const seconds = failure.message.values?.seconds;
  return failure.code === 'access/wait' && typeof seconds === 'number' ? Math.max(0, Math.ceil(seconds)) : 0;
}

/** Seconds left until `until` (a moment of this computer's clock), counted down; 0 when it is over. */
export function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
