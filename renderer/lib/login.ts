import { useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '#shared/ipc/result.ts';
import { useWait } from './wait.ts';

/** Sends a password, and a code where one was asked. `code` = the person has a second factor: ask for it. */
export type Attempt = (
  password: string,
  code: string | null,
) => Promise<Result<{ readonly next: 'open' | 'code' | 'new-password' }>>;

export type Login = {
  readonly password: string;
  readonly setPassword: (password: string) => void;
  readonly code: string;
  readonly setCode: (code: string) => void;
  /** Which fields are on the form now. */
  readonly asks: 'password' | 'code' | 'both';
  readonly failure: Failure | null;
  /** Until the next try is heard; 0 = now. */
  readonly secondsLeft: number;
  readonly isBusy: boolean;
  /** Somebody pressed the button: from now on the form says what is missing. */
  readonly wasSent: boolean;
  readonly send: () => Promise<void>;
  readonly startOver: () => void;
  /** Grows with every refusal: the form then puts the cursor where the person has to type again. */
  readonly refusals: number;
};

/** One form of password and code, however it is used: to sign in, to unlock, to confirm. */
export function useLogin(attempt: Attempt, onDone: () => void, asksAtOnce: 'password' | 'both'): Login {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asks, setAsks] = useState<Login['asks']>(asksAtOnce);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const { secondsLeft, waitAfter } = useWait();
  const isGone = useGone();
  const [wasSent, setWasSent] = useState(false);
  const isComplete = password !== '' && (asks === 'password' || code.trim() !== '');

  async function send() {
    setWasSent(true);
    if (!isComplete || isBusy || secondsLeft > 0) return;
    setBusy(true);
    setFailure(null);
    const answer = await attempt(password, asks === 'password' ? null : code.trim());
    if (isGone()) return;
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      waitAfter(answer.error);
      setCode('');
      setRefusals((count) => count + 1);
    } else if (answer.value.next === 'code') {
      setAsks('code');
      setWasSent(false);
    } else onDone();
  }

  function startOver() {
    setAsks(asksAtOnce);
    setPassword('');
    setCode('');
    setFailure(null);
    setWasSent(false);
  }

  return {
    password,
    setPassword,
    code,
    setCode,
    asks,
    failure,
    secondsLeft,
    isBusy,
    wasSent,
    send,
    startOver,
    refusals,
  };
}

/** Whether the component has left the page while an answer was on its way. */
function useGone(): () => boolean {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return () => !isHere.current;
}
