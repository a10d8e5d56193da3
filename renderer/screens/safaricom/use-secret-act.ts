import { useRef, useState } from 'react';
import { tryAsk } from '#renderer/lib/api.ts';
import type { MainChannel } from '#shared/ipc/bridge.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';

type SetUpChannel = Extract<
  MainChannel,
  `credential:${string}` | `certificate:${string}` | `registration:${string}`
>;

/**
 * One act of the set-up, with what went wrong kept beside the form that asked for it. What is typed passes through and
 * is kept nowhere: not even where other acts keep what they were asked. A password question that the person closed is
 * nothing that went wrong.
 */
export function useSecretAct<C extends SetUpChannel>(channel: C, onDone: (answer: Output<C>) => void) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  const isRunning = useRef(false);

  async function run(input: Input<C>): Promise<void> {
    if (isRunning.current) return;
    isRunning.current = true;
    setPending(true);
    setFailure(null);
    const answer = await tryAsk(channel, input).finally(() => {
      isRunning.current = false;
      setPending(false);
    });
    if (answer.ok) onDone(answer.value);
    else if (answer.error.code !== 'access/cancelled') setFailure(answer.error);
  }

  return { run: (input: Input<C>) => void run(input), isPending, failure };
}
