import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, RequestFailure } from '#renderer/lib/api.ts';
import type { MainChannel } from '#shared/ipc/bridge.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';

type StaffChannel = Extract<MainChannel, `staff:${string}`>;

/**
 * One act about a person, with what went wrong kept beside the form that asked for it. A password question that the
 * person closed is nothing that went wrong.
 */
export function useStaffAct<C extends StaffChannel>(channel: C, onDone: (answer: Output<C>) => void) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const { mutate, isPending } = useMutation({
    mutationFn: (input: Input<C>) => ask(channel, input),
    onMutate: () => setFailure(null),
    onSuccess: onDone,
    onError: (error) => {
      if (!(error instanceof RequestFailure)) throw error;
      if (error.failure.code !== 'access/cancelled') setFailure(error.failure);
    },
  });
  return { run: mutate, isPending, failure };
}
