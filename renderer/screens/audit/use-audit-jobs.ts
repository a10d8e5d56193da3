import { useMutation } from '@tanstack/react-query';
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, listen, RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import type { Message } from '#shared/domain/message.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { Job } from '#shared/ipc/views.ts';

export type Format = Input<'audit:export'>['format'];

export type AuditJobs = {
  /** The check that runs, or how the last one ended; null = none in this visit. */
  readonly check: Job | null;
  readonly isStarting: boolean;
  readonly startCheck: (head: string) => void;
  /** What is wrong with the code that was typed; null = nothing, or nothing was typed. */
  readonly headProblem: Message | null;
  readonly stop: (job: Job) => void;
  /** Forgets how it ended. */
  readonly dismissCheck: () => void;
  /** The copy that is being written, or how the last one ended. */
  readonly copy: Job | null;
  readonly startCopy: (format: Format) => void;
  readonly dismissCopy: () => void;
};

function isMistyped(error: unknown): error is RequestFailure {
  return error instanceof RequestFailure && error.failure.code === 'ledger/bad-input';
}

/**
 * Follows a job from its start: it may have ended before its first answer was here, and its news went unheard. News and
 * answers come by different ways, so an older one may come last: what has ended stays ended.
 */
async function catchUp(started: Job, set: Dispatch<SetStateAction<Job | null>>): Promise<void> {
  set(started);
  const now = await ask('job:show', { jobId: started.id });
  set((before) => (before?.id === now.id && before.state !== 'running' ? before : now));
}

/** The long work on the log: reading all of it again, and writing a copy. Both go on while the screen is left. */
export function useAuditJobs(): AuditJobs {
  const { failed } = useToasts();
  const [check, setCheck] = useState<Job | null>(null);
  const [copy, setCopy] = useState<Job | null>(null);

  useEffect(
    () =>
      listen('job:progress', (job) => {
        // What is not under way here cannot be told apart from a dismissed job of the same kind, and is left alone.
        const follow = (before: Job | null) => (before?.id === job.id ? job : before);
        setCheck(follow);
        setCopy(follow);
      }),
    [],
  );

  useEffect(() => {
    let isGone = false;
    async function pickUp() {
      const answer = await tryAsk('job:list', {});
      if (isGone) return;
      if (!answer.ok) return failed(new RequestFailure(answer.error));
      const running = (kind: Job['kind']) =>
        answer.value.jobs.find((job) => job.kind === kind && job.state === 'running') ?? null;
      setCheck((before) => before ?? running('verify'));
      setCopy((before) => before ?? running('export'));
    }
    void pickUp();
    return () => {
      isGone = true;
    };
  }, [failed]);

  const starting = useMutation({
    mutationFn: async (head: string) => catchUp(await ask('audit:verify', { head }), setCheck),
    onError: (error) => {
      if (!isMistyped(error)) failed(error);
    },
  });
  const writing = useMutation({
    mutationFn: async (format: Format) => catchUp(await ask('audit:export', { format }), setCopy),
    onError: failed,
  });
  const stopping = useMutation({
    mutationFn: (jobId: string) => ask('audit:cancel', { jobId }),
    onError: failed,
  });

  return {
    check,
    isStarting: starting.isPending || writing.isPending,
    startCheck: (head) => starting.mutate(head),
    headProblem: isMistyped(starting.error) ? starting.error.failure.message : null,
    stop: (job) => stopping.mutate(job.id),
    dismissCheck: () => setCheck(null),
    copy,
    startCopy: (format) => writing.mutate(format),
    dismissCopy: () => setCopy(null),
  };
}
